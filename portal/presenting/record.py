"""Highlights, awards and links of an occasion, as `_highlights.html`, `_awards.html` and `_links.html` show them."""

from dataclasses import dataclass

from portal.languages import fallback_lang
from portal.models import OccasionLink

from .people import Who, whos

Kind = OccasionLink.Kind
# Names of icons in img/icons.svg; any other kind has the arrow that leads out.
ICONS = {
    Kind.WEBSITE: "link",
    Kind.REGISTRATION: "seat",
    Kind.LIVE: "play",
    Kind.RECORDING: "play",
    Kind.SLIDES: "document",
    Kind.COVERAGE: "document",
    Kind.SONG: "music",
    Kind.SOURCE: "document",
}


@dataclass(frozen=True)
class Named:
    """A person or an organization that a highlight names."""

    name: str
    name_lang: str
    get_absolute_url: str


@dataclass(frozen=True)
class HighlightShown:
    title: str
    title_lang: str
    html: str
    html_lang: str
    image_url: str
    url: str
    named: list[Named]


@dataclass(frozen=True)
class AwardShown:
    title: str
    title_lang: str
    text: str
    text_lang: str
    recipients: list[Who]


@dataclass(frozen=True)
class LinkShown:
    """Where a link leads, under its own title or that of its kind; `host` is the other site's name."""

    url: str
    title: str
    title_lang: str
    host: str
    icon: str


def highlights(rows):
    """Return a list of `HighlightShown`. Needs `people` and `organizations`, the public ones only."""
    return [
        HighlightShown(
            title=row.title,
            title_lang=fallback_lang(row, "title"),
            html=row.body_html,
            html_lang=fallback_lang(row, "body_html"),
            image_url=row.image.url if row.image else "",
            url=row.url,
            named=[
                Named(one.name, fallback_lang(one, "name"), one.get_absolute_url())
                for one in (*row.people.all(), *row.organizations.all())
            ],
        )
        for row in rows
    ]


def awards(rows):
    """Return a list of `AwardShown`. Needs `recipients`, each with `person` and `organization`."""
    return [
        AwardShown(
            title=row.name,
            title_lang=fallback_lang(row, "name"),
            text=row.summary,
            text_lang=fallback_lang(row, "summary"),
            recipients=whos(row.recipients.all()),
        )
        for row in rows
    ]


def links(rows):
    """Return a list of `LinkShown` of rows of any `TypedLink`."""
    return [
        LinkShown(
            url=row.url,
            title=row.title or row.get_kind_display(),
            title_lang=fallback_lang(row, "title"),
            host=row.host,
            icon=ICONS.get(row.kind, "out"),
        )
        for row in rows
    ]
