"""A person's page: who they are, and all they did across conferences and meetups."""

from django.shortcuts import render

from portal import linked_data
from portal.addresses import get_published
from portal.context import community_of
from portal.dressing import dressed_albums, dressed_articles, dressed_photos
from portal.history import of_person
from portal.languages import fallback_lang
from portal.markdown import plain
from portal.meta import Crumb, Meta, way
from portal.models import Album, Article, Person, Photo
from portal.pagecache.marking import public_page

MOST_PHOTOS = 12


@public_page()
def person(request, person):
    rows = Person.objects.select_related("organization").prefetch_related("names", "links")
    row = get_published(rows, person)
    accent = community_of(request).accent
    articles = Article.objects.published().filter(authors=row)
    albums = Album.objects.published().filter(photographer=row)
    photos = Photo.objects.published().filter(people=row).select_related("album")[:MOST_PHOTOS]
    context = {
        "meta": _meta(row),
        "person": row,
        "years": of_person(row),
        "articles": dressed_articles(articles, accent),
        "albums": dressed_albums(albums, accent),
        "photos": dressed_photos(photos, accent),
    }
    return render(request, "portal/person.html", context)


def _meta(row):
    return Meta(
        title=row.name,
        description=plain(row.bio, 160) if row.bio else row.title,
        crumbs=way(Crumb(row.name, lang=fallback_lang(row, "name"))),
        image=row.portrait.url if row.portrait else "",
        told={"seed": row.slug, "kicker": row.title},
        kind="profile",
        json_ld=[linked_data.person(row)],
    )
