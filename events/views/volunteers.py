"""The public roll of thanks."""

from django.shortcuts import render
from django.utils.translation import gettext as _

from events.heads import framed
from events.reaching import VOLUNTEER_MEASURES, find_conference
from events.roll import roll_of
from portal.pagecache.marking import public_page


@public_page()
def volunteers(request, conference):
    row = find_conference(conference)
    frame = framed(row, _("Volunteers"))
    figures = row.figures.filter(measure__in=VOLUNTEER_MEASURES).select_related("source")
    return render(request, "events/volunteers.html", {**frame, "figures": figures, "roll": roll_of(row)})
