"""What visitors may find of conferences: series, editions, forums, sessions."""

from django.db.models import Min, Prefetch
from django.utils.translation import gettext_lazy as _

from events.models import Conference, Forum, Production, Series, Session, Speaking
from portal.findable import OccasionSource, in_each_language, joined, names_of, whens_of
from portal.markdown import plain
from portal.search import Findable, Source


class SeriesSource(Source):
    kind, label, model = "series", _("Series"), Series
    follows = {"conferences": "portal.Occasion"}

    def rows(self):
        return Series.objects.annotate(visible_from=Min("conferences__published_at")).exclude(visible_from=None)

    def describe(self, series):
        return Findable(
            kind=self.kind,
            pk=series.pk,
            titles=in_each_language(lambda: series.name),
            texts=in_each_language(lambda: joined(series.full_name, series.summary, plain(series.body or ""))),
            also=series.slug,
            url=series.get_absolute_url(),
            visible_from=series.visible_from,
            weight=4,
        )


class ConferenceSource(OccasionSource):
    kind, label, model = "conference", _("Conference"), Conference
    follows = {
        **OccasionSource.follows,
        "series": "events.Series",
        "venues": "events.Venue",
    }

    def rows(self):
        return super().rows().select_related("city", "series").prefetch_related("venues__city")

    def tells(self, conference):
        yield conference.full_name
        yield from super().tells(conference)
        for venue in conference.venues.all():
            yield joined(venue.name, venue.city and venue.city.name)

    def also(self, conference):
        return [conference.series.slug, str(conference.year)]


class ForumSource(Source):
    kind, label, model = "forum", _("Forum"), Forum
    follows = {
        "conference": "portal.Occasion",
        "productions": "events.Production",
        "productions__person": "portal.Person",
        "productions__organization": "portal.Organization",
    }

    def rows(self):
        producers = Production.objects.published().select_related("person", "organization")
        rows = Forum.objects.exclude(conference__published_at=None).select_related("conference")
        return rows.prefetch_related(Prefetch("productions", producers))

    def describe(self, forum):
        return Findable(
            kind=self.kind,
            pk=forum.pk,
            titles=in_each_language(lambda: forum.title),
            texts=in_each_language(lambda: joined(*self.tells(forum))),
            url=forum.get_absolute_url(),
            visible_from=forum.conference.published_at,
            dated=forum.conference.starts_on,
            whens=whens_of(forum.conference),
            weight=2,
        )

    def tells(self, forum):
        yield from (forum.conference.title, forum.summary, plain(forum.body or ""), names_of(forum.productions.all()))


class SessionSource(Source):
    kind, label, model = "session", _("Session"), Session
    follows = {
        "conference": "portal.Occasion",
        "forum": "events.Forum",
        "speakings": "events.Speaking",
        "speakings__person": "portal.Person",
        "speakings__organization": "portal.Organization",
    }

    def rows(self):
        speakers = Speaking.objects.published().select_related("person", "organization")
        rows = Session.objects.exclude(conference__published_at=None).exclude(kind=Session.Kind.BREAK)
        return rows.select_related("conference", "forum").prefetch_related(Prefetch("speakings", speakers))

    def describe(self, session):
        return Findable(
            kind=self.kind,
            pk=session.pk,
            titles=in_each_language(lambda: session.title),
            texts=in_each_language(lambda: joined(*self.tells(session))),
            also=session.code,
            url=session.get_absolute_url(),
            visible_from=session.conference.published_at,
            dated=session.conference.starts_on,
            whens=whens_of(session.conference),
            weight=1,
        )

    def tells(self, session):
        yield from (names_of(session.speakings.all()), session.conference.title)
        yield from (session.forum and session.forum.title, plain(session.abstract or ""))


SOURCES = [SeriesSource(), ConferenceSource(), ForumSource(), SessionSource()]
