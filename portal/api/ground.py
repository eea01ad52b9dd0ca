"""The lists of the ground: people, organizations, articles, photos."""

from django.db.models import Prefetch
from django.utils.translation import gettext_lazy

from portal import wings
from portal.api.fields import (
    MAYBE_URI,
    MOMENT,
    REFERENCE,
    STRING,
    TEXT,
    URI,
    Field,
    choice,
    first_in_both,
    in_both,
    link,
    pages,
    plain,
    reference,
    several,
    text,
    written,
)
from portal.api.filters import ApiFilters, one_of, since, slug_of, words_in, year_of
from portal.api.resources import Resource
from portal.linked_data import absolute
from portal.models import Article, Organization, Person, PersonLink, Photo
from portal.publishing import if_public

LARGE = 1600  # pixels, the width of a photo that fills a screen


class PeopleFilters(ApiFilters):
    q = words_in("name", "title", "bio")
    organization = slug_of("organization")
    changed_since = since("updated_at")


def _people():
    links = Prefetch("links", PersonLink.objects.order_by("position", "pk"))
    return Person.objects.published().select_related("organization").prefetch_related(links).order_by("slug")


PEOPLE = Resource(
    name="people",
    one="Person",
    told=gettext_lazy("Speakers, producers, leads and whoever else has a public profile."),
    rows=_people,
    fields=(
        plain("slug"),
        text("name"),
        text("title", "What they do today."),
        text("bio", "Markdown."),
        Field(
            "organization",
            {"anyOf": [REFERENCE, {"type": "null"}]},
            lambda row: reference(if_public(row.organization)),
        ),
        link("portrait", "portrait"),
        plain("portrait_credit"),
        several(
            "links",
            {"kind": STRING, "url": URI},
            lambda row: [{"kind": one.kind, "url": one.url} for one in row.links.all()],
        ),
        pages(),
    ),
    filters=PeopleFilters,
)


class OrganizationFilters(ApiFilters):
    q = words_in("name", "summary")
    kind = one_of("kind", Organization.Kind)
    changed_since = since("updated_at")


ORGANIZATIONS = Resource(
    name="organizations",
    one="Organization",
    told=gettext_lazy("Companies, foundations, communities and projects."),
    rows=lambda: Organization.objects.published().order_by("slug"),
    fields=(plain("slug"), text("name"), choice("kind", Organization.Kind), text("summary"), pages()),
    filters=OrganizationFilters,
)


class ArticleFilters(ApiFilters):
    q = words_in("title", "summary")
    kind = one_of("kind", Article.Kind)
    year = year_of("dated")
    changed_since = since("updated_at")


ARTICLES = Resource(
    name="articles",
    one="Article",
    told=gettext_lazy("News, announcements, recaps and interviews; the latest first."),
    rows=lambda: Article.objects.published().with_occasions().order_by("-dated", "-pk"),
    fields=(
        plain("slug"),
        choice("kind", Article.Kind),
        text("title"),
        text("summary"),
        text("body", "Markdown."),
        Field("dated", {"type": "string", "format": "date"}, lambda row: row.dated.isoformat()),
        text("byline"),
        several(
            "occasions",
            {"kind": STRING, "slug": STRING, "title": TEXT},
            lambda row: [occasion_of(one) for one in row.occasions.all()],
            "What it tells of; `kind` is the name of the list that has it.",
        ),
        Field("source_url", MAYBE_URI, lambda row: row.source_url or None),
        pages(),
    ),
    filters=ArticleFilters,
)


def occasion_of(row):
    """Return how an answer names an occasion of either wing."""
    return {"kind": wings.get(row.wing).occasions, "slug": row.slug, "title": in_both(row, "title")}


class PhotoFilters(ApiFilters):
    album = slug_of("album")
    occasion = slug_of("album__occasion")
    photographer = slug_of("photographer")


def _photos():
    rows = Photo.objects.published().exclude(key="")
    related = ("album__occasion", "album__photographer", "photographer")
    return rows.select_related(*related).order_by("-album_id", "position", "pk")


def _photographer(row):
    return if_public(row.photographer or row.album.photographer)


def _picture(row):
    """Return the addresses of a photo's files."""
    return {"thumbnail": absolute(row.thumbnail_url), "large": absolute(row.rendition_url(LARGE))}


PHOTOS = Resource(
    name="photos",
    one="Photo",
    told=gettext_lazy("Photos shown here, with credit and licence."),
    rows=_photos,
    fields=(
        Field("id", {"type": "integer"}, lambda row: row.pk),
        Field("album", REFERENCE, lambda row: reference(row.album, "title")),
        Field(
            "occasion",
            {"anyOf": [{"$ref": "#/components/schemas/Occasion"}, {"type": "null"}]},
            lambda row: row.album.occasion and if_public(row.album.occasion) and occasion_of(row.album.occasion),
        ),
        text("caption"),
        text("alt", "What the picture shows, for who cannot see it."),
        Field("photographer", {"anyOf": [REFERENCE, {"type": "null"}]}, lambda row: reference(_photographer(row))),
        Field("credit", TEXT, lambda row: first_in_both((row, "credit"), (row.album, "credit"))),
        Field("licence", {"type": ["string", "null"]}, lambda row: row.licence or row.album.licence or None),
        plain("width", {"type": ["integer", "null"]}),
        plain("height", {"type": ["integer", "null"]}),
        Field("taken_at", MOMENT, lambda row: written(row.taken_at)),
        Field(
            "files",
            {"type": "object", "properties": {"thumbnail": URI, "large": URI}, "required": ["thumbnail", "large"]},
            _picture,
        ),
        pages(),
    ),
    filters=PhotoFilters,
    key="pk",
    kind="int",
)

RESOURCES = (PEOPLE, ORGANIZATIONS, ARTICLES, PHOTOS)
