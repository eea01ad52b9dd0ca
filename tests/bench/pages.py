"""One page of every type, as an address of the archive behind /en/: what the bench asks for."""

from urllib.parse import quote

PAGES = {
    "home": "",
    "conferences": "conferences/",
    "conferences of a series": "conferences/?series=opencon",
    "series": "conferences/series/opencon/",
    "conference": "conferences/conference-1/",
    "conference ahead": "conferences/conference-0/",
    "forums": "conferences/conference-1/forums/",
    "forum": "conferences/conference-1/forums/forum-3/",
    "session": "conferences/conference-1/sessions/S00042/",
    "speakers": "conferences/conference-1/speakers/",
    "venue": "conferences/conference-1/venues/main/",
    "partners": "conferences/conference-1/partners/",
    "volunteers": "conferences/conference-1/volunteers/",
    "schedule, 300 sessions": "conferences/conference-1/schedule/",
    "schedule in print": "conferences/conference-1/schedule/print/",
    "now and next": "conferences/conference-1/schedule/now/",
    "schedule.json": "conferences/conference-1/schedule.json",
    "photos of a conference": "conferences/conference-1/photos/",
    "calls for volunteers": "conferences/conference-0/volunteer/",
    "call for volunteers": "conferences/conference-0/volunteer/all-hands/",
    "meetups": "meetups/",
    "meetups of a chapter": "meetups/?chapter=chapter-1",
    "meetups, last page": "meetups/?page=9999",
    "meetup": "meetups/meetup-100/",
    "meetup ahead": "meetups/meetup-0/",
    "chapters": "chapters/",
    "chapter": "chapters/chapter-1/",
    "calendar of a chapter": "chapters/chapter-1/calendar.ics",
    "feed of a chapter": "chapters/chapter-1/feed.xml",
    "person": "people/person-7/",
    "organization": "organizations/organization-7/",
    "photos": "photos/",
    "album": "photos/album-47/",
    "photo": "photos/album-47/48/",
    "news": "news/",
    "article": "news/article-7/",
    "page": "pages/about/",
    "search": "search/",
    "search, many results": "search/?q=compiler",
    "search, in Chinese": "search/?q=编译器",
    "form of a seat": "meetups/meetup-0/register/",
    "free seats": "meetups/meetup-0/register/seats.json",
    "form of a volunteer": "conferences/conference-0/volunteer/all-hands/apply/",
    "calendar": "calendar.ics",
    "feed": "feed.xml",
}
# Without a language in front.
AT_ROOT = {"theme": "/theme.css", "sitemap": "/sitemap.xml", "sitemap of meetups": "/sitemap-meetups.xml"}
# What an organizer waits for.
ADMIN = {
    "meetups": "/admin/meetups/meetup/",
    "sessions": "/admin/events/session/",
    "people": "/admin/portal/person/",
    "albums": "/admin/portal/album/",
    "registrations": "/admin/portal/registration/",
    "conferences": "/admin/events/conference/",
    "people, searched": "/admin/portal/person/?q=person-39",
    "sessions, searched": "/admin/events/session/?q=compiler",
    "start": "/admin/",
}
# These are made anew for everybody who asks: search, forms, and what one guest's own link leads to.
NEVER_KEPT = {
    "search",
    "search, many results",
    "search, in Chinese",
    "form of a seat",
    "free seats",
    "form of a volunteer",
    "status of a guest",
}


def paths():
    """Return name -> path with its query, of every public page; `inside.own_paths()` has those of one guest."""
    return {name: f"/en/{quote(path, safe='/?=&')}" for name, path in PAGES.items()} | AT_ROOT
