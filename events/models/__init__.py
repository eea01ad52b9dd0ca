"""Conferences: the series, their editions, and what happens at one."""

from .booths import Booth
from .conference import Conference
from .programme import Forum, Production, Session, SessionMaterial, Speaking
from .release import Release, ReleasedPlace
from .series import Organizing, Series
from .stars import StarList
from .venue import Room, Venue
from .volunteering import (
    Application,
    ApplicationConsent,
    Assignment,
    Certificate,
    Coordination,
    PublicCredit,
    RankedRole,
    Role,
    Shift,
    Team,
    VolunteerCall,
)

__all__ = [
    "Application",
    "ApplicationConsent",
    "Assignment",
    "Booth",
    "Certificate",
    "Conference",
    "Coordination",
    "Forum",
    "Organizing",
    "Production",
    "PublicCredit",
    "RankedRole",
    "Release",
    "ReleasedPlace",
    "Role",
    "Room",
    "Series",
    "Session",
    "SessionMaterial",
    "Shift",
    "Speaking",
    "StarList",
    "Team",
    "Venue",
    "VolunteerCall",
]
