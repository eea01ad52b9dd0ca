"""The addresses of this wing, below the language prefix."""

from django.urls import include, path

from events.views import booths, certificates, proposals, register, stars, volunteer
from events.views.conference import conference
from events.views.conferences import conferences
from events.views.forums import forum, forums
from events.views.forums import poster as forum_poster
from events.views.now import now, sign
from events.views.partners import partners
from events.views.photos import photos
from events.views.printed import printed
from events.views.recording import recording
from events.views.releases import releases, releases_feed
from events.views.schedule import released, schedule
from events.views.schedule_files import schedule_file
from events.views.series import series
from events.views.session import poster as session_poster
from events.views.session import session
from events.views.speakers import speakers
from events.views.venue import venue
from events.views.volunteers import volunteers
from events.views.worker import worker

pages_of_a_conference = [
    path("", conference, name="conference"),
    path("schedule/", schedule, name="schedule"),
    path("schedule.<str:suffix>", schedule_file, name="schedule-file"),
    path("schedule/mine/", stars.mine, name="schedule-mine"),
    path("schedule/mine/keep/", stars.keep, name="stars-keep"),
    path("schedule/mine/<str:token>.ics", stars.calendar, name="stars-calendar"),
    path("schedule/mine/<str:token>/", stars.shared, name="stars-shared"),
    path("schedule/now/", now, name="schedule-now"),
    path("schedule/sign/<slug:venue>/<slug:room>/", sign, name="schedule-sign"),
    path("schedule/print/", printed, name="schedule-print"),
    path("schedule/releases/", releases, name="schedule-releases"),
    path("schedule/releases/feed.xml", releases_feed, name="schedule-feed"),
    path("schedule/releases/<int:number>/", released, name="schedule-release"),
    path("forums/", forums, name="forums"),
    path("forums/<slug:forum>/", forum, name="forum"),
    path("forums/<slug:forum>/poster/", forum_poster, name="forum-poster"),
    path("sessions/<str:code>/", session, name="session"),
    path("sessions/<str:code>/poster/", session_poster, name="session-poster"),
    path("sessions/<str:code>/recordings/<key:material>/", recording, name="session-recording"),
    path("speakers/", speakers, name="speakers"),
    path("venues/<slug:venue>/", venue, name="venue"),
    path("partners/", partners, name="partners"),
    path("photos/", photos, name="conference-photos"),
    path("booths/", booths.booths, name="booths"),
    path("booths/apply/<slug:kind>/", booths.apply, name="booth-apply"),
    path("proposals/", proposals.proposals, name="proposals"),
    path("proposals/new/", proposals.propose, name="propose"),
    path("proposals/<slug:forum>/", proposals.propose_to_forum, name="propose-to-forum"),
    path("register/", register.register, name="conference-register"),
    path("register/seats.json", register.seats, name="conference-seats"),
    path("volunteers/", volunteers, name="volunteers"),
    path("volunteer/", volunteer.calls, name="volunteer-calls"),
    path("volunteer/<slug:call>/", volunteer.call, name="volunteer-call"),
    path("volunteer/<slug:call>/apply/", volunteer.apply, name="volunteer-apply"),
    path("volunteer/<slug:call>/filled.json", volunteer.filled, name="volunteer-filled"),
    path("volunteer/<slug:call>/<slug:role>/", volunteer.role, name="volunteer-role"),
    path("volunteer/<slug:call>/<slug:role>/qr.png", volunteer.role_code, name="volunteer-role-code"),
]

urlpatterns = [
    path("schedule-worker.js", worker, name="schedule-worker"),
    path("conferences/", conferences, name="conferences"),
    path("conferences/series/<slug:series>/", series, name="series"),
    path("conferences/<slug:conference>/", include(pages_of_a_conference)),
    path("certificates/<str:number>/", certificates.verify, name="certificate"),
    path("my/<str:token>/files/", proposals.bring, name="my-files"),
    path("my/<str:token>/certificate.pdf", certificates.certificate, name="my-certificate"),
]
