"""The partners of a conference, by role and level."""

from django.shortcuts import render
from django.utils.translation import gettext as _

from events.conference_page import partnerships_of
from events.heads import framed
from events.reaching import find_conference
from portal.pagecache.marking import public_page


@public_page()
def partners(request, conference):
    row = find_conference(conference)
    frame = framed(row, _("Partners"))
    return render(request, "events/partners.html", {**frame, "partnerships": partnerships_of(row)})
