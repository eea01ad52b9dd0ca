"""One series through the years."""

from django.shortcuts import render

from events.heads import to_conferences
from events.labels import editions_of
from events.models import Organizing, Series
from portal.addresses import get_published
from portal.as_of_then import read_as_of_then
from portal.languages import fallback_lang
from portal.meta import Crumb, Meta, way
from portal.pagecache.marking import public_page


@public_page()
def series(request, series):
    row = get_published(Series.objects.select_related("organization").defer("body"), series)
    meta = Meta(
        title=row.name,
        description=row.summary,
        crumbs=way(to_conferences(), Crumb(row.name, lang=fallback_lang(row, "name"))),
        accent=row.slug,
        told={"seed": row.slug, "accent": row.accent, "kicker": row.full_name},
    )
    organizers = read_as_of_then(Organizing.objects.published().filter(series=row))
    return render(
        request,
        "events/series.html",
        {"series": row, "editions": editions_of(row.pk), "organizers": organizers, "meta": meta},
    )
