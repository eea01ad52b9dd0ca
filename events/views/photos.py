"""The albums of a conference."""

from django.shortcuts import render
from django.utils.translation import gettext as _

from events.conference_page import albums_of_conference
from events.heads import framed
from events.reaching import find_conference
from portal.pagecache.marking import public_page


@public_page()
def photos(request, conference):
    row = find_conference(conference)
    frame = framed(row, _("Photos"))
    return render(request, "events/photos.html", {**frame, "albums": albums_of_conference(row)})
