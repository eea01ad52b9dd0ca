"""The organizers' side of conferences."""

from . import booths, conference, presences, programme, proposals, series, venues, volunteering

__all__ = ["booths", "conference", "presences", "programme", "proposals", "series", "venues", "volunteering"]
