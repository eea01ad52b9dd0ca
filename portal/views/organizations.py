"""An organization's page: one row under all its names, and all it did across conferences and meetups."""

from django.shortcuts import render
from django.utils.text import capfirst

from portal import linked_data
from portal.addresses import get_published
from portal.languages import fallback_lang
from portal.meta import Crumb, Meta, way
from portal.models import Organization
from portal.pagecache.marking import public_page
from portal.profile_pages import OrganizationPage


@public_page()
def organization(request, organization):
    row = get_published(Organization.objects.select_related("made_by"), organization)
    page = OrganizationPage(row)
    return render(request, "portal/organization.html", {"meta": _meta(page), "organization": row, "page": page})


def _meta(page):
    row = page.organization
    return Meta(
        title=row.name,
        description=row.summary,
        crumbs=way(Crumb(row.name, lang=fallback_lang(row, "name"))),
        told={"seed": row.slug, "kicker": capfirst(row.get_kind_display())},
        json_ld=[linked_data.organization(row, page.names)],
    )
