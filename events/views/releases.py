"""The versions of a schedule, and what changed from one to the next."""

from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from events.heads import framed
from events.reaching import find_conference
from events.releasing import changes
from portal.meta import Crumb
from portal.pagecache.marking import public_page


@public_page()
def releases(request, conference):
    row = find_conference(conference)
    told = list(row.releases.prefetch_related("places__session", "places__room__venue"))
    if not told:
        raise Http404(f"no releases of {row.slug}")
    for release, earlier in zip(told, [*told[1:], None], strict=True):
        for place in release.places.all():
            if place.session:
                place.session.conference = row
        before = list(earlier.places.all()) if earlier else []
        release.changes = changes(before, release.places.all(), row.time_zone) if earlier else []
    frame = framed(row, _("Versions"), Crumb(_("Schedule"), reverse("schedule", args=[row.slug])))
    return render(request, "events/schedule_releases.html", {**frame, "releases": told})
