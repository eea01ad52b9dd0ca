"""Seats at a conference that gives them out itself."""

from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from events.heads import framed
from events.reaching import find_conference, read_conference
from portal.views import registering


@never_cache
def register(request, conference):
    def frame():
        return framed(find_conference(conference), _("Register"))

    # The desk makes itself known to its occasion, which must not be the row that all pages share.
    return registering.register(request, read_conference(conference), "events/register.html", frame)


@never_cache
def seats(request, conference):
    return registering.seats(read_conference(conference))
