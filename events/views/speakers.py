"""Everyone who spoke at a conference."""

from django.shortcuts import render
from django.utils.translation import gettext as _

from events.heads import framed
from events.reaching import find_conference
from events.speakers import speakers_of
from portal.pagecache.marking import public_page


@public_page()
def speakers(request, conference):
    row = find_conference(conference)
    speakers = speakers_of(row)
    keynotes = [speaker for speaker in speakers if speaker.is_keynote]
    others = [speaker for speaker in speakers if not speaker.is_keynote]
    frame = framed(row, _("Speakers"))
    return render(request, "events/speakers.html", {**frame, "keynotes": keynotes, "others": others})
