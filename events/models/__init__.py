"""Conferences: the series, their editions, and what happens at one."""

from .booths import Booth
from .conference import Conference
from .credits import PublicCredit
from .programme import Forum, Production, Session, SessionMaterial, Speaking
from .series import Organizing, Series
from .venue import Room, Venue

__all__ = [
    "Booth",
    "Conference",
    "Forum",
    "Organizing",
    "Production",
    "PublicCredit",
    "Room",
    "Series",
    "Session",
    "SessionMaterial",
    "Speaking",
    "Venue",
]
