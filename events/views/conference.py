"""The page of one conference."""

from django.shortcuts import render

from events.conference_page import ConferencePage
from events.heads import conference_meta
from events.linked_data import conference_event
from events.reaching import find_conference
from portal.context import community_of
from portal.pagecache.marking import public_page


@public_page()
def conference(request, conference):
    row = find_conference(conference)
    page = ConferencePage(row, community_of(request).accent)
    meta = conference_meta(row, json_ld=[conference_event(page)])
    return render(request, "events/conference.html", {"conference": row, "page": page, "meta": meta})
