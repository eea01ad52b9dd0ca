"""City chapters and their meetups."""

from .agenda import AgendaItem, AgendaMaterial
from .chapter import Chapter, ChapterLink, Leadership
from .meetup import Meetup

__all__ = ["AgendaItem", "AgendaMaterial", "Chapter", "ChapterLink", "Leadership", "Meetup"]
