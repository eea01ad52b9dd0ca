"""The stands of the bazaar and the exhibition."""

from django.shortcuts import render
from django.utils.translation import gettext as _

from events.heads import framed
from events.models import Booth
from events.reaching import find_conference
from portal.pagecache.marking import public_page

KINDS = list(Booth.Kind)


@public_page()
def booths(request, conference):
    row = find_conference(conference)
    booths = row.booths.published().select_related("organization", "venue")
    by_kind = sorted(booths, key=lambda booth: KINDS.index(booth.kind))
    frame = framed(row, _("Booths"))
    return render(request, "events/booths.html", {**frame, "booths": by_kind})
