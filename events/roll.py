"""The roll of thanks: the volunteers of a conference as they agreed to be shown."""

from typing import NamedTuple

from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html_join

from portal.texts import in_all_languages, said

COLUMNS = ("person__slug", "person__published_at", *in_all_languages("name", "role", "city__name"))


class Thanked(NamedTuple):
    """A name on the roll, as HTML; `role` tells what they did and where, `url` is the address of a public profile."""

    name: str
    role: str
    url: str


def roll_of(conference):
    """Return the list of `Thanked` in the organizers' order. One query, of values: there are hundreds."""
    rows, now = conference.credits.order_by("position", "pk").values_list(*COLUMNS), timezone.now()
    return [_thanked(dict(zip(COLUMNS, row, strict=True)), now) for row in rows]


def _thanked(values, now):
    known = [[text] for text in (said(values, "role"), said(values, "city__name")) if text]
    published_at = values["person__published_at"]
    url = reverse("person", args=[values["person__slug"]]) if published_at and published_at <= now else ""
    return Thanked(said(values, "name"), format_html_join(" · ", "{}", known), url)
