"""Volunteers: the call, the roles and shifts, who applies, who does what, and the thanks."""

from .application import Application, ApplicationConsent, RankedRole
from .assignment import Assignment
from .call import Coordination, Team, VolunteerCall
from .credits import Certificate, PublicCredit
from .roles import Role, Shift

__all__ = [
    "Application",
    "ApplicationConsent",
    "Assignment",
    "Certificate",
    "Coordination",
    "PublicCredit",
    "RankedRole",
    "Role",
    "Shift",
    "Team",
    "VolunteerCall",
]
