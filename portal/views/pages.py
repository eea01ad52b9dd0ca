"""Standing pages: About, Code of Conduct, Privacy."""

from django.shortcuts import render

from portal.addresses import get_published
from portal.languages import fallback_lang
from portal.meta import Crumb, Meta, way
from portal.models import Page
from portal.pagecache.marking import public_page


@public_page()
def page(request, page):
    row = get_published(Page.objects.all(), page)
    meta = Meta(
        title=row.title,
        description=row.summary,
        crumbs=way(Crumb(row.title, lang=fallback_lang(row, "title"))),
        told={"seed": row.slug},
    )
    return render(request, "portal/page.html", {"meta": meta, "page": row})
