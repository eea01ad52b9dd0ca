"""The stands of the bazaar and the exhibition."""

from django.shortcuts import render
from django.utils.translation import gettext as _

from events.heads import framed
from events.reaching import find_conference


def booths(request, conference):
    row = find_conference(conference)
    booths = row.booths.published().select_related("organization", "venue").order_by("kind", "position", "pk")
    frame = framed(row, _("Booths"))
    return render(request, "events/booths.html", {**frame, "booths": booths})
