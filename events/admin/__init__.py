"""The organizers' side of conferences."""

from . import booths, conference, programme, proposals, series, venues, volunteering

__all__ = ["booths", "conference", "programme", "proposals", "series", "venues", "volunteering"]
