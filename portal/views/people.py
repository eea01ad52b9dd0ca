"""A person's page: who they are, and all they did across conferences and meetups."""

from django.shortcuts import render

from portal import linked_data
from portal.addresses import get_published
from portal.context import community_of
from portal.languages import fallback_lang
from portal.markdown import plain
from portal.meta import Crumb, Meta, way
from portal.models import Person
from portal.pagecache.marking import public_page
from portal.profile_pages import PersonPage


@public_page()
def person(request, person):
    row = get_published(Person.objects.select_related("organization"), person)
    page = PersonPage(row, community_of(request).accent)
    return render(request, "portal/person.html", {"meta": _meta(page), "person": row, "page": page})


def _meta(page):
    row = page.person
    return Meta(
        title=row.name,
        description=plain(row.bio, 160) if row.bio else row.title,
        crumbs=way(Crumb(row.name, lang=fallback_lang(row, "name"))),
        image=row.portrait.url if row.portrait else "",
        told={"seed": row.slug, "kicker": row.title},
        kind="profile",
        json_ld=[linked_data.person(row, page.names, page.links)],
    )
