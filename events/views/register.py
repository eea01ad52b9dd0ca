"""Seats at a conference that gives them out itself."""

from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from events.heads import framed
from events.reaching import find_conference
from portal.views import registering


@never_cache
def register(request, conference):
    row = find_conference(conference)
    return registering.register(request, row, "events/register.html", lambda: framed(row, _("Register")))


@never_cache
def seats(request, conference):
    return registering.seats(find_conference(conference))
