"""One series through the years."""

from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from events.labels import editions_of
from events.models import Organizing, Series
from portal.addresses import get_published
from portal.meta import Meta, way


def series(request, series):
    row = get_published(Series.objects.select_related("organization"), series)
    meta = Meta(
        title=row.name,
        description=row.summary,
        crumbs=way((_("Conferences"), reverse("conferences")), row.name),
        accent=row.slug,
        told={"seed": row.slug, "accent": row.accent, "kicker": row.full_name},
    )
    organizers = Organizing.objects.published().filter(series=row).select_related("person", "organization")
    return render(
        request,
        "events/series.html",
        {"series": row, "editions": editions_of(row), "organizers": organizers, "meta": meta},
    )
