"""The partners of a conference, by role and level."""

from django.shortcuts import render
from django.utils.translation import gettext as _

from events.heads import framed
from events.partners import partnerships_of
from events.reaching import find_conference


def partners(request, conference):
    row = find_conference(conference)
    frame = framed(row, _("Partners"))
    return render(request, "events/partners.html", {**frame, "partnerships": partnerships_of(row)})
