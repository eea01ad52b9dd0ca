"""Everyone who spoke at a conference."""

from django.shortcuts import render
from django.utils.translation import gettext as _

from events.heads import framed
from events.reaching import find_conference
from events.speakers import speakers_of


def speakers(request, conference):
    row = find_conference(conference)
    frame = framed(row, _("Speakers"))
    return render(request, "events/speakers.html", {**frame, "speakers": speakers_of(row)})
