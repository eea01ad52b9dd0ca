"""One site of a conference."""

from django.shortcuts import render

from events.heads import framed
from events.labels import albums_of
from events.programme import forums_of
from events.reaching import find_conference
from portal.addresses import get_published
from portal.languages import fallback_lang
from portal.pagecache.marking import public_page


@public_page()
def venue(request, conference, venue):
    row = find_conference(conference)
    venue = get_published(row.venues.select_related("city"), venue, conference=row)
    frame = framed(row, venue.name, lang=fallback_lang(venue, "name"))
    context = {
        "venue": venue,
        "rooms": venue.rooms.all(),
        "forums": forums_of(row).filter(venue=venue),
        "albums": albums_of(venue, row),
    }
    return render(request, "events/venue.html", {**frame, **context})
