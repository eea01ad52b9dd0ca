"""All that the page of a conference shows."""

from dataclasses import dataclass
from itertools import groupby

from django.db.models import Q
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from events.labels import editions_of
from events.models import Session
from events.plan import plan_of
from events.programme import scheduled
from events.speakers import once
from portal.dressing import dressed_albums
from portal.languages import fallback_lang
from portal.meta import Crumb
from portal.models import Album, Part
from portal.occasion_page import OccasionPage
from portal.pagecache.known import once_a_generation

# The parts in the order of the page: the attribute, which is also the anchor, and the heading.
TITLES = {
    "figures": _("In figures"),
    "keynotes": _("Keynote speakers"),
    "named_speakers": _("Speakers"),
    "forums": _("Forums"),
    "sessions": _("Sessions"),
    "venues": _("Venues"),
    "highlights": _("Highlights"),
    "awards": _("Awards"),
    "circles": _("Also taking part"),
    "partnerships": _("Partners"),
    "albums": _("Photos"),
    "articles": _("Articles"),
    "links": _("Links"),
    "editions": _("Through the years"),
}
# The pages that have a button at the head of the conference's own while they have something, and its icon.
CALLING = {"schedule": "calendar", "proposals": "document", "volunteer-calls": "people"}
IN_ORDER = {role: number for number, role in enumerate(Part.Role)}


@once_a_generation
def partnerships_of(conference):
    """Return the partners for the conference's own page and theirs: a list by the levels that were promised."""
    return conference.partnerships.published().as_a_wall()


@once_a_generation
def albums_of_conference(conference):
    """Return the public albums for the conference's own page and theirs, as a dressed list."""
    return dressed_albums(Album.objects.published().filter(occasion=conference), conference.colour)


@dataclass(frozen=True)
class Circle:
    """The people of one role: the steering committee, whoever gave a welcome speech."""

    title: str
    parts: list


class ConferencePage(OccasionPage):
    """The parts of any occasion, and a conference's own."""

    titles = TITLES

    @property
    def contents(self):
        """The parts that have something to show, as dicts of id and title."""
        return [{"id": name, "title": title} for name, title in TITLES.items() if getattr(self, name)]

    @property
    def eyebrow(self):
        """What stands above the title: the series."""
        series = self.occasion.series
        return Crumb(series.name, series.get_absolute_url(), fallback_lang(series, "name"))

    @property
    def calls(self):
        """As of any occasion; then the programme, and whatever takes sign-ups now."""
        if self.occasion.is_cancelled:
            return []
        first, *others = super().calls or [None]
        pages = [
            {"title": tab.title, "url": tab.url, "icon": CALLING[tab.name]}
            for tab in self.occasion.tabs
            if tab.name in CALLING
        ]
        return [*([first] if first else []), *pages, *others]

    @cached_property
    def plan(self):
        return plan_of(self.occasion)

    @property
    def forums(self):
        return self.plan.listed_forums

    @property
    def is_at_one_venue(self):
        return len({forum.venue_id for forum in self.forums}) == 1

    @property
    def venues(self):
        return list(self.plan.venues.values())

    @cached_property
    def told_sessions(self):
        """The keynotes, the sessions that the organizers chose for this page, and those that no forum lists."""
        told = Q(kind=Session.Kind.KEYNOTE) | Q(is_featured=True) | Q(forum=None)
        sessions = self.occasion.sessions.without_abstracts().filter(told).exclude(kind=Session.Kind.BREAK)
        return scheduled(sessions, self.plan)

    @cached_property
    def keynotes(self):
        """Whoever gave a keynote, once, as they were that day."""
        keynotes = [session for session in self.told_sessions if session.kind == Session.Kind.KEYNOTE]
        return once(who for session in keynotes for who in session.speakers)

    @cached_property
    def sessions(self):
        """What is told of besides the keynotes."""
        return [session for session in self.told_sessions if session.kind != Session.Kind.KEYNOTE]

    @cached_property
    def partnerships(self):
        return partnerships_of(self.occasion)

    @cached_property
    def _public_albums(self):
        return albums_of_conference(self.occasion)

    @property
    def albums(self):
        return self._public_albums

    @cached_property
    def named_speakers(self):
        """Speakers whose session is not known."""
        return [part for part in self.parts if part.role == Part.Role.SPEAKER]

    @cached_property
    def circles(self):
        """Those who took part besides speaking, as a list of `Circle` in the order of the roles."""
        others = [part for part in self.parts if part.role != Part.Role.SPEAKER]
        parts = sorted(others, key=lambda part: IN_ORDER[part.role])
        return [Circle(title, list(those)) for title, those in groupby(parts, key=lambda part: part.get_role_display())]

    @property
    def photos_at_hand(self):
        """The first photos whose files are there; the places of others are kept in their albums."""
        return [photo for photo in self.photos if not photo.is_missing]

    @cached_property
    def editions(self):
        """All editions of the series, this one among them; empty for the only one."""
        editions = editions_of(self.occasion.series_id)
        return editions if len(editions) > 1 else []
