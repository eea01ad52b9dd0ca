"""What the page of any occasion may show, be it a conference or a meetup."""

from copy import copy
from functools import cached_property

from django.db.models import Prefetch, prefetch_related_objects
from django.utils.translation import gettext as _

from portal.as_of_then import read_as_of_then
from portal.dressing import dressed_albums, dressed_articles, dressed_photos, first_photos
from portal.models import (
    Album,
    Article,
    Award,
    AwardRecipient,
    Desk,
    Figure,
    Highlight,
    OccasionLink,
    Organization,
    Part,
    Partnership,
    Person,
)
from portal.referring import may_refer

MOST_PHOTOS = 12
Kind = OccasionLink.Kind
# What calls for a button at the head of the page, in each phase; the first is the loudest.
CALLS = {
    "upcoming": (Kind.REGISTRATION, Kind.LIVE),
    "on_now": (Kind.LIVE, Kind.REGISTRATION),
    "past": (Kind.RECORDING,),
}
ICONS = {Kind.REGISTRATION: "seat", Kind.LIVE: "play", Kind.RECORDING: "play"}


class OccasionPage:
    """The parts of the page: each a list, empty where nothing is known, read when the page asks for it.

    `occasion` is dressed, `accent` the community's colour. Each part takes a fixed number of queries, and none where
    the occasion is known to have nothing of its kind.
    """

    def __init__(self, occasion, accent):
        self.occasion, self.accent = occasion, accent

    def _may_have(self, model):
        return may_refer(model, occasion=self.occasion)

    @cached_property
    def figures(self):
        return list(self.occasion.figures.select_related("source")) if self._may_have(Figure) else []

    @cached_property
    def parts(self):
        """Those who took part besides speaking at a session, in the organizers' order."""
        if not self._may_have(Part):
            return []
        parts = Part.objects.published().filter(occasion=self.occasion)
        return read_as_of_then(parts, "role", texts=["note"])

    @cached_property
    def highlights(self):
        """The moments, each with the public people and organizations that it names, as a list `named`."""
        if not self._may_have(Highlight):
            return []
        highlights = list(self.occasion.highlights.defer("body"))
        for one in highlights:
            one.named = []
        for field, model in (("people", Person), ("organizations", Organization)):
            tie = getattr(Highlight, field).through
            tied = [one for one in highlights if may_refer(tie, highlight=one)]
            prefetch_related_objects(tied, Prefetch(field, model.objects.published().only("slug", "name")))
            for one in tied:
                one.named += getattr(one, field).all()
        return highlights

    @cached_property
    def awards(self):
        if not self._may_have(Award):
            return []
        recipients = AwardRecipient.objects.published().select_related("person", "organization")
        return list(self.occasion.awards.prefetch_related(Prefetch("recipients", recipients)))

    @cached_property
    def partnerships(self):
        """Partners in the order and by the levels that the organizers promised."""
        return self.occasion.partnerships.published().as_a_wall() if self._may_have(Partnership) else []

    @cached_property
    def _public_albums(self):
        return list(Album.objects.published().filter(occasion=self.occasion)) if self._may_have(Album) else []

    @cached_property
    def albums(self):
        return dressed_albums(self._public_albums, self.accent)

    @property
    def album_url(self):
        """Where the first photos are."""
        return self._public_albums[0].get_absolute_url()

    @cached_property
    def photos(self):
        """The first photos of all its albums."""
        return dressed_photos(first_photos(self._public_albums, MOST_PHOTOS), self.occasion.colour)

    @cached_property
    def articles(self):
        """News of it and its recap, the recap first."""
        if not may_refer(Article, occasions=self.occasion):
            return []
        articles = Article.objects.published().filter(occasions=self.occasion)
        return sorted(dressed_articles(articles, self.accent), key=lambda one: one.kind != Article.Kind.RECAP)

    @cached_property
    def links(self):
        return list(self.occasion.links.all()) if self._may_have(OccasionLink) else []

    @cached_property
    def _desk(self):
        """The desk of an occasion that lies ahead and gives seats out itself, else None."""
        if self.occasion.phase != "upcoming" or self.occasion.is_cancelled:
            return None
        desk = Desk.objects.filter(occasion=self.occasion.pk).only("opens_at", "closes_at").first()
        if desk:
            desk.occasion = copy(self.occasion)  # a desk makes itself known to its occasion, which other pages share
        return desk

    @cached_property
    def why_closed(self):
        """Why nobody may register now, although seats are given out here; "" where one may, and where none are."""
        return self._desk.why_closed() if self._desk else ""

    @cached_property
    def register_url(self):
        """The address of the form for a seat, while it takes any; else ""."""
        return f"{self.occasion.get_absolute_url()}register/" if self._desk and not self.why_closed else ""

    @property
    def calls(self):
        """What one can do, the most urgent first: dicts of title, url and icon. Nothing once it is called off."""
        if self.occasion.is_cancelled:
            return []
        phase = self.occasion.phase
        links = [link for kind in CALLS[phase] for link in self.links if link.kind == kind]
        calls = [
            {"title": link.title or link.get_kind_display(), "url": link.url, "icon": ICONS[link.kind]}
            for link in links
        ]
        if self.register_url:
            calls.insert(0, {"title": _("Register"), "url": self.register_url, "icon": "seat"})
        recaps = [article for article in self.articles if article.kind == Article.Kind.RECAP] if phase == "past" else []
        for recap in recaps[:1]:
            calls.append({"title": _("Read the recap"), "url": recap.get_absolute_url(), "icon": "document"})
        return calls
