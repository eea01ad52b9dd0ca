"""What the page of a conference shows, a fixed number of queries for each part of it."""

from dataclasses import dataclass
from itertools import groupby

from django.db.models import Prefetch, Q
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from events.labels import albums_of, editions_of
from events.models import Session
from events.partners import partnerships_of
from events.programme import forums_of, scheduled, sessions_of
from events.speakers import parts_of
from portal.dressing import dressed_articles, dressed_photos
from portal.languages import fallback_lang
from portal.meta import Crumb
from portal.models import Article, AwardRecipient, OccasionLink, Organization, Part, Person, Photo

# The parts in the order of the page: the attribute, which is also the anchor, and the heading.
TITLES = {
    "figures": _("In figures"),
    "keynotes": _("Keynote speakers"),
    "forums": _("Forums"),
    "sessions": _("Sessions"),
    "venues": _("Venues"),
    "highlights": _("Highlights"),
    "awards": _("Awards"),
    "circles": _("Also taking part"),
    "partners": _("Partners"),
    "albums": _("Photos"),
    "articles": _("Articles"),
    "links": _("Links"),
    "editions": _("Through the years"),
}
MOST_PHOTOS = 12
IN_ORDER = {role: number for number, role in enumerate(Part.Role)}
# What calls for a button at the head of the page, in each phase; the first is the loudest.
CALLS = {
    "upcoming": ((OccasionLink.Kind.REGISTRATION, "seat"), (OccasionLink.Kind.LIVE, "play")),
    "on_now": ((OccasionLink.Kind.LIVE, "play"), (OccasionLink.Kind.REGISTRATION, "seat")),
    "past": ((OccasionLink.Kind.RECORDING, "play"),),
}


@dataclass(frozen=True)
class Circle:
    """The people of one role: the steering committee, whoever gave a welcome speech."""

    title: str
    parts: list


class ConferencePage:
    """The parts of the page; each is a list, empty where nothing is known."""

    titles = TITLES

    def __init__(self, conference):
        self.conference = conference

    @property
    def contents(self):
        """The parts that have something to show, as dicts of id and title."""
        return [{"id": name, "title": title} for name, title in TITLES.items() if getattr(self, name)]

    @cached_property
    def figures(self):
        return list(self.conference.figures.select_related("source"))

    @cached_property
    def forums(self):
        return list(forums_of(self.conference))

    @cached_property
    def venues(self):
        """The sites, with the cancelled ones: people look for these, too."""
        return list(self.conference.venues.select_related("city"))

    @cached_property
    def chosen(self):
        """The keynotes, and the sessions that the organizers chose for this page."""
        keynotes_and_chosen = Q(kind=Session.Kind.KEYNOTE) | Q(is_featured=True)
        return scheduled(sessions_of(self.conference).filter(keynotes_and_chosen))

    @cached_property
    def keynotes(self):
        """Whoever gave a keynote, as they were that day."""
        return [who for session in self.chosen if session.kind == Session.Kind.KEYNOTE for who in session.speakers]

    @cached_property
    def sessions(self):
        return [session for session in self.chosen if session.is_featured]

    @cached_property
    def circles(self):
        """Those who took part otherwise, as a list of `Circle` in the order of the roles."""
        parts = sorted(parts_of(self.conference), key=lambda part: IN_ORDER[part.role])
        return [Circle(first.get_role_display(), [first, *rest]) for first, *rest in _by_role(parts)]

    @cached_property
    def highlights(self):
        people, organizations = Person.objects.published(), Organization.objects.published()
        named = (Prefetch("people", people), Prefetch("organizations", organizations))
        return list(self.conference.highlights.prefetch_related(*named))

    @cached_property
    def awards(self):
        recipients = AwardRecipient.objects.published().select_related("person", "organization")
        return list(self.conference.awards.prefetch_related(Prefetch("recipients", recipients)))

    @cached_property
    def partners(self):
        return list(partnerships_of(self.conference))

    @cached_property
    def photos(self):
        """The first photos of all albums."""
        photos = Photo.objects.published().filter(album__occasion=self.conference).select_related("album")
        return dressed_photos(photos.order_by("album", "position", "pk")[:MOST_PHOTOS], self.conference.colour)

    @cached_property
    def albums(self):
        return albums_of(self.conference)

    @cached_property
    def articles(self):
        articles = Article.objects.published().filter(occasions=self.conference).with_occasions()
        return dressed_articles(articles, self.conference.colour)

    @cached_property
    def links(self):
        return list(self.conference.links.all())

    @property
    def eyebrow(self):
        """What stands above the title: the series."""
        series = self.conference.series
        return Crumb(series.name, series.get_absolute_url(), fallback_lang(series, "name"))

    @property
    def calls(self):
        """Where to register or to watch: a list of dicts of title, url and icon."""
        if self.conference.is_cancelled:
            return []
        return [
            {"title": link.title or link.get_kind_display(), "url": link.url, "icon": icon}
            for kind, icon in CALLS[self.conference.phase]
            for link in self.links
            if link.kind == kind
        ]

    @cached_property
    def editions(self):
        """All editions of the series, this one among them; empty for the only one."""
        editions = editions_of(self.conference.series)
        return editions if len(editions) > 1 else []


def _by_role(parts):
    return (list(those) for _role, those in groupby(parts, key=lambda part: part.role))
