"""Chapters and meetups for programs."""

from django.db.models import Prefetch
from django.utils.translation import gettext_lazy

from meetups.models import AgendaItem, Chapter, Meetup
from portal.api.fields import (
    MOMENT,
    REFERENCE,
    TEXT,
    URI,
    Field,
    first_in_both,
    of_an_occasion,
    pages,
    pages_of,
    plain,
    reference,
    several,
    text,
    tied,
    written,
)
from portal.api.filters import ApiFilters, one_of, since, slug_of, until, words_in, year_of_occasion
from portal.api.resources import Resource


class MeetupFilters(ApiFilters):
    q = words_in("title", "theme", "summary")
    chapter = slug_of("chapters")
    city = slug_of("city")
    year = year_of_occasion()
    mode = one_of("mode", Meetup.Mode)
    standing = one_of("standing", Meetup.Standing)
    starts_from = since("starts_at")
    starts_before = until("starts_at")
    changed_since = since("updated_at")


def _meetups():
    agenda = Prefetch("agenda", AgendaItem.objects.order_by("position", "pk"))
    return Meetup.objects.published().with_chapters().prefetch_related(agenda).order_by("-starts_at", "-pk")


def _agenda(meetup):
    return [
        {
            "title": first_in_both((item, "title")),
            "summary": first_in_both((item, "summary")),
            "starts_at": written(item.starts_at),
            "ends_at": written(item.ends_at),
        }
        for item in meetup.agenda.all()
    ]


MEETUPS = Resource(
    name="meetups",
    one="Meetup",
    told=gettext_lazy("Meetups in the cities; the latest first."),
    rows=_meetups,
    fields=(
        *of_an_occasion(Meetup),
        Field(
            "chapters",
            {"type": "array", "items": REFERENCE},
            lambda row: [reference(chapter) for chapter in row.chapters.all()],
        ),
        several("agenda", {"title": TEXT, "summary": TEXT, "starts_at": MOMENT, "ends_at": MOMENT}, _agenda),
        pages(),
    ),
    filters=MeetupFilters,
)


class ChapterFilters(ApiFilters):
    q = words_in("name", "summary")
    city = slug_of("city")
    changed_since = since("updated_at")


CHAPTERS = Resource(
    name="chapters",
    one="Chapter",
    told=gettext_lazy("The communities of cities."),
    rows=lambda: Chapter.objects.published().select_related("city").order_by("slug"),
    fields=(
        plain("slug"),
        text("name"),
        tied("city"),
        text("summary"),
        text("body", "Markdown."),
        Field(
            "founded_on",
            {"type": ["string", "null"], "format": "date"},
            lambda row: row.founded_on and row.founded_on.isoformat(),
        ),
        Field(
            "calendar", URI, lambda row: f"{pages_of(row)['en']}calendar.ics", "To subscribe to; also under /zh-hans/."
        ),
        pages(),
    ),
    filters=ChapterFilters,
)

RESOURCES = [MEETUPS, CHAPTERS]
