"""The programme for paper: A4, in one language or both, no page break inside a session."""

from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from events.heads import framed
from events.reaching import find_conference
from events.schedule import Schedule
from portal.meta import Crumb
from portal.pagecache.marking import public_page


@public_page("both")
def printed(request, conference):
    row = find_conference(conference)
    schedule = Schedule(row, row.release_pk)
    if not schedule.sessions:
        raise Http404(f"no schedule of {row.slug}")
    frame = framed(row, _("Printed programme"), Crumb(_("Schedule"), reverse("schedule", args=[row.slug])))
    frame["meta"].is_indexed = False
    context = {"schedule": schedule, "in_both": request.GET.get("both") == "1"}
    return render(request, "events/schedule_print.html", {**frame, **context})
