"""Every edition of every series, through the years."""

from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from events.filters import ConferenceFilters
from events.labels import dressed
from events.models import Conference
from portal.listing import Listing
from portal.meta import Crumb, Meta, way
from portal.pagecache.marking import public_page


@public_page(*ConferenceFilters.base_filters, "page")
def conferences(request):
    listing = Listing(request, ConferenceFilters, Conference.objects.published().select_related("series", "city"))
    meta = Meta(
        title=_("Conferences"),
        description=_("Every edition through the years, with its programme, its people and its figures."),
        crumbs=way(Crumb(_("Conferences"))),
        query=listing.query,
        is_indexed=not listing.is_filtered,
    )
    context = {
        "meta": meta,
        "listing": listing,
        "conferences": dressed(listing.page),
        "count_text": ngettext("%(n)d conference", "%(n)d conferences", listing.count) % {"n": listing.count},
    }
    return render(request, "events/conferences.html", context)
