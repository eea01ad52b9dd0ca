"""The schedule of a conference: a grid of rooms by time, a list on a phone."""

from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from events.heads import framed
from events.models import Release
from events.reaching import find_conference
from events.schedule import Schedule, laid_out
from events.schedule_filters import NAMES, ScheduleFilters
from portal.meta import Crumb
from portal.pagecache.marking import public_page


@public_page(*NAMES)
def schedule(request, conference):
    row = find_conference(conference)
    latest = Release.objects.get(pk=row.release_pk) if row.release_pk else None
    return _schedule(request, row, latest, framed(row, _("Schedule")))


@public_page()
def released(request, conference, number):
    """The schedule as an earlier release had it."""
    row = find_conference(conference)
    release = row.releases.filter(number=number).first()
    if release is None:
        raise Http404(f"no release {number}")
    steps = [
        Crumb(_("Schedule"), reverse("schedule", args=[row.slug])),
        Crumb(_("Versions"), reverse("schedule-releases", args=[row.slug])),
    ]
    return _schedule(request, row, release, framed(row, _("Version %(name)s") % {"name": release.version}, *steps))


def _schedule(request, conference, release, frame):
    schedule = Schedule(conference, release and release.pk)
    if not schedule.sessions:
        raise Http404(f"no schedule of {conference.slug}")
    filters = ScheduleFilters(schedule, request.GET, get_language())
    frame["meta"].query, frame["meta"].is_indexed = filters.query, not filters.is_used
    context = {
        "release": release,
        "is_latest": release is None or release.pk == conference.release_pk,
        "schedule": schedule,
        "filters": filters,
        "days": laid_out(filters.days()),
    }
    return render(request, "events/schedule.html", {**frame, **context})
