"""One site of a conference."""

from django.shortcuts import render

from events.heads import framed
from events.labels import albums_of
from events.plan import plan_of
from events.reaching import find_conference
from portal.addresses import get_published
from portal.languages import fallback_lang
from portal.pagecache.marking import public_page


@public_page()
def venue(request, conference, venue):
    row = find_conference(conference)
    venue = get_published(row.venues.select_related("city").defer("body"), venue, conference=row)
    plan = plan_of(row)
    frame = framed(row, venue.name, lang=fallback_lang(venue, "name"))
    context = {
        "venue": venue,
        "rooms": [room for room in plan.rooms.values() if room.venue_id == venue.pk],
        "forums": [forum for forum in plan.listed_forums if forum.venue_id == venue.pk],
        "albums": albums_of(venue, row),
    }
    return render(request, "events/venue.html", {**frame, **context})
