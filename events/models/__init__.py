"""Conferences: the series, their editions, and what happens at one."""

from .booth_calls import BoothApplication, BoothCall, BoothConsent
from .booths import Booth
from .conference import Conference
from .forum import Forum, Production
from .presence import Presence
from .programme import Session, SessionMaterial, Speaking
from .proposals import Proposal, ProposalCall, ProposalConsent, ProposalReview, ProposalSpeaker
from .release import Release, ReleasedPlace
from .series import Organizing, Series
from .stars import StarList
from .submissions import Submission, SubmissionConsent
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
    "BoothApplication",
    "BoothCall",
    "BoothConsent",
    "Certificate",
    "Conference",
    "Coordination",
    "Forum",
    "Organizing",
    "Presence",
    "Production",
    "Proposal",
    "ProposalCall",
    "ProposalConsent",
    "ProposalReview",
    "ProposalSpeaker",
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
    "Submission",
    "SubmissionConsent",
    "Team",
    "Venue",
    "VolunteerCall",
]
