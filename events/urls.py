"""The addresses of this wing, below the language prefix."""

from django.urls import include, path

from events.views.booths import booths
from events.views.conference import conference
from events.views.conferences import conferences
from events.views.forums import forum, forums
from events.views.partners import partners
from events.views.photos import photos
from events.views.series import series
from events.views.session import session
from events.views.speakers import speakers
from events.views.venue import venue
from events.views.volunteers import volunteers

pages_of_a_conference = [
    path("", conference, name="conference"),
    path("forums/", forums, name="forums"),
    path("forums/<slug:forum>/", forum, name="forum"),
    path("sessions/<str:code>/", session, name="session"),
    path("speakers/", speakers, name="speakers"),
    path("venues/<slug:venue>/", venue, name="venue"),
    path("partners/", partners, name="partners"),
    path("photos/", photos, name="conference-photos"),
    path("booths/", booths, name="booths"),
    path("volunteers/", volunteers, name="volunteers"),
]

urlpatterns = [
    path("conferences/", conferences, name="conferences"),
    path("conferences/series/<slug:series>/", series, name="series"),
    path("conferences/<slug:conference>/", include(pages_of_a_conference)),
]
