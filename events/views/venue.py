"""One site of a conference."""

from django.shortcuts import render

from events.heads import framed
from events.models import Venue
from events.programme import forums_of
from events.reaching import find_conference
from portal.addresses import get_published
from portal.languages import fallback_lang


def venue(request, conference, venue):
    row = find_conference(conference)
    venue = get_published(Venue.objects.select_related("city"), venue, conference=row)
    venue.conference = row
    frame = framed(row, venue.name, lang=fallback_lang(venue, "name"))
    return render(
        request,
        "events/venue.html",
        {
            **frame,
            "venue": venue,
            "rooms": venue.rooms.all(),
            "forums": forums_of(row).filter(venue=venue),
        },
    )
