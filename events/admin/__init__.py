"""The organizers' side of conferences."""

from . import booths, conference, programme, series, venues, volunteering

__all__ = ["booths", "conference", "programme", "series", "venues", "volunteering"]
