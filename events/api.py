"""Conferences, forums and sessions for programs."""

import django_filters
from django.db.models import Exists, OuterRef, Prefetch, Subquery
from django.utils.translation import gettext_lazy

from events.models import Conference, Forum, Production, Release, ReleasedPlace, Session, Speaking
from portal.api.fields import (
    MOMENT,
    REFERENCE,
    STRING,
    TEXT,
    URI,
    Field,
    choice,
    first_in_both,
    of_an_occasion,
    pages,
    plain,
    reference,
    several,
    text,
    tied,
    written,
)
from portal.api.filters import ApiFilters, one_of, since, slug_of, until, words_in, year_of_occasion
from portal.api.resources import Resource
from portal.linked_data import absolute
from portal.publishing import if_public

MAYBE_SLUG = {"type": ["string", "null"]}
SOMEBODY = {"person": MAYBE_SLUG, "name": TEXT, "title": TEXT, "organization": TEXT}


def somebody(who):
    """Return an appearance with name, title and organization of that day; `person` is the slug of the profile."""
    return {
        "person": who.person and who.person.slug,
        "name": first_in_both((who, "name_then"), (who.person, "name"), (if_public(who.organization), "name")),
        "title": first_in_both((who, "title_then")),
        "organization": first_in_both((who, "organization_then"), (if_public(who.organization), "name")),
    }


def _latest(conference):
    """Return the latest release of the conference that a query names."""
    return Release.objects.filter(conference=OuterRef(conference)).order_by("-number")


class ConferenceFilters(ApiFilters):
    q = words_in("title", "full_name", "theme", "summary")
    series = slug_of("series")
    city = slug_of("city")
    year = year_of_occasion()
    mode = one_of("mode", Conference.Mode)
    standing = one_of("standing", Conference.Standing)
    starts_from = since("starts_at")
    starts_before = until("starts_at")
    changed_since = since("updated_at")


CONFERENCES = Resource(
    name="conferences",
    one="Conference",
    told=gettext_lazy("Every edition of every series; the latest first."),
    rows=lambda: (
        Conference.objects.published()
        .select_related("series", "city")
        .annotate(version=Subquery(_latest("pk").values("version")[:1]))
        .order_by("-starts_at", "-pk")
    ),
    fields=(
        *of_an_occasion(Conference),
        Field("series", REFERENCE, lambda row: reference(row.series)),
        plain("edition", {"type": ["integer", "null"]}),
        text("full_name"),
        plain("version", {"type": ["string", "null"]}, "Of the released schedule; null before the first release."),
        pages(),
    ),
    filters=ConferenceFilters,
)


class ForumFilters(ApiFilters):
    q = words_in("title", "summary")
    conference = slug_of("conference")
    kind = one_of("kind", Forum.Kind)
    changed_since = since("updated_at")


def _forums():
    producers = Production.objects.published().select_related("person", "organization")
    return (
        Forum.objects.published()
        .select_related("conference", "venue")
        .prefetch_related(Prefetch("productions", producers, to_attr="producers"))
        .order_by("-conference_id", "position", "pk")
    )


FORUMS = Resource(
    name="forums",
    one="Forum",
    told=gettext_lazy("The themed blocks of conferences, and who produces them."),
    rows=_forums,
    fields=(
        Field("id", {"type": "integer"}, lambda row: row.pk),
        plain("slug", STRING, "Unique in its conference."),
        Field("conference", REFERENCE, lambda row: reference(row.conference, "title")),
        choice("kind", Forum.Kind),
        text("title"),
        text("summary"),
        text("body", "Markdown."),
        tied("venue"),
        several("producers", SOMEBODY, lambda row: [somebody(who) for who in row.producers]),
        pages(),
    ),
    filters=ForumFilters,
    key="pk",
    kind="int",
)


class SessionFilters(ApiFilters):
    q = words_in("title", "abstract")
    conference = slug_of("conference")
    forum = slug_of("forum")
    kind = one_of("kind", Session.Kind)
    person = django_filters.CharFilter(method="of_person", max_length=80)
    changed_since = since("updated_at")

    def of_person(self, queryset, name, slug):
        """Their part in the session has to be public, too."""
        return queryset.filter(Exists(Speaking.objects.published().filter(session=OuterRef("pk"), person__slug=slug)))


def _sessions():
    speakers = Speaking.objects.published().select_related("person", "organization")
    latest = Subquery(_latest("release__conference").values("pk")[:1])
    places = ReleasedPlace.objects.filter(release=latest).select_related("room__venue")
    return (
        Session.objects.published()
        .select_related("conference", "forum", "room__venue")
        .annotate(is_released=Exists(_latest("conference")))
        .prefetch_related(
            Prefetch("speakings", speakers, to_attr="speakers"),
            Prefetch("released_places", places, to_attr="released"),
            "materials",
        )
        .order_by("-conference_id", "code")
    )


def _place(session):
    """Put a session where the latest release of its conference says, as its page does; it is never saved."""
    if session.is_released:
        [place] = session.released[:1] or [ReleasedPlace()]
        session.room, session.starts_at, session.ends_at = place.room, place.starts_at, place.ends_at
        session.is_cancelled = place.is_cancelled


SESSIONS = Resource(
    name="sessions",
    one="Session",
    told=gettext_lazy("Talks, panels and breaks: places and times by the latest release, texts as they are now."),
    rows=_sessions,
    fields=(
        Field("uuid", {"type": "string", "format": "uuid"}, lambda row: str(row.uuid), "The same in every file."),
        plain("code", STRING, "Unique in its conference."),
        Field("conference", REFERENCE, lambda row: reference(row.conference, "title")),
        tied("forum", "", "title"),
        choice("kind", Session.Kind),
        text("title"),
        text("abstract", "Markdown."),
        Field(
            "languages",
            {"type": "array", "items": STRING},
            lambda row: [tag for tag in row.language.replace(" ", "").split(",") if tag],
            "That it is held in, as language tags.",
        ),
        choice("level", Session.Level),
        Field("starts_at", MOMENT, lambda row: written(row.starts_at)),
        Field("ends_at", MOMENT, lambda row: written(row.ends_at)),
        plain("is_cancelled", {"type": "boolean"}),
        plain("is_released", {"type": "boolean"}, "Whether place and time are released; else they are provisional."),
        tied("room"),
        Field(
            "venue",
            {"anyOf": [REFERENCE, {"type": "null"}]},
            lambda row: reference(row.room and row.room.venue),
        ),
        several("speakers", SOMEBODY, lambda row: [somebody(who) for who in row.speakers]),
        several(
            "materials",
            {"kind": STRING, "url": URI, "title": TEXT},
            lambda row: [
                {"kind": one.kind, "url": absolute(one.address), "title": first_in_both((one, "title"))}
                for one in row.materials.all()
            ],
        ),
        pages(),
    ),
    filters=SessionFilters,
    key="uuid",
    kind="uuid",
    prepare=_place,
)

RESOURCES = [CONFERENCES, FORUMS, SESSIONS]
