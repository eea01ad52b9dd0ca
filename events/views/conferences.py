"""Every edition of every series, through the years."""

from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from events.filters import ConferenceFilters
from events.labels import dressed
from events.models import Conference
from portal.listing import Listing
from portal.meta import Crumb, Meta, way


def conferences(request):
    rows = Conference.objects.published().select_related("series", "city")
    listing = Listing(request, ConferenceFilters, rows)
    meta = Meta(
        title=_("Conferences"),
        description=_("Every edition through the years, with its programme, its people and its figures."),
        crumbs=way(Crumb(_("Conferences"))),
        query=listing.query,
        is_indexed=not listing.is_filtered,
    )
    return render(
        request,
        "events/conferences.html",
        {"listing": listing, "conferences": dressed(listing.page), "meta": meta, "reset_url": reverse("conferences")},
    )
