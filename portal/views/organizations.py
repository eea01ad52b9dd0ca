"""An organization's page: one row under all its names, and all it did across conferences and meetups."""

from django.db.models import Prefetch
from django.shortcuts import render

from portal import linked_data
from portal.addresses import get_published
from portal.history import of_organization
from portal.languages import fallback_lang
from portal.meta import Crumb, Meta, way
from portal.models import Organization, Person
from portal.pagecache.marking import public_page


@public_page()
def organization(request, organization):
    rows = Organization.objects.select_related("made_by").prefetch_related(
        "names",
        Prefetch("projects", Organization.objects.published()),
        Prefetch("people", Person.objects.published().select_related("organization")),
    )
    row = get_published(rows, organization)
    context = {"meta": _meta(row), "organization": row, "years": of_organization(row)}
    return render(request, "portal/organization.html", context)


def _meta(row):
    return Meta(
        title=row.name,
        description=row.summary,
        crumbs=way(Crumb(row.name, lang=fallback_lang(row, "name"))),
        told={"seed": row.slug, "kicker": row.get_kind_display()},
        json_ld=[linked_data.organization(row)],
    )
