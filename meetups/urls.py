"""The addresses of this wing, below the language prefix."""

from django.urls import path

from meetups import subscribing, views

urlpatterns = [
    path("meetups/", views.meetups, name="meetups"),
    path("meetups/calendar.ics", subscribing.meetups_calendar, name="meetups-calendar"),
    path("meetups/feed.xml", subscribing.meetups_feed, name="meetups-feed"),
    path("meetups/<slug:meetup>/", views.meetup, name="meetup"),
    path("meetups/<slug:meetup>/calendar.ics", subscribing.meetup_calendar, name="meetup-calendar"),
    path("meetups/<slug:meetup>/poster/", views.poster, name="meetup-poster"),
    path("meetups/<slug:meetup>/recordings/<key:material>/", views.recording, name="meetup-recording"),
    path("meetups/<slug:meetup>/register/", views.register, name="meetup-register"),
    path("meetups/<slug:meetup>/register/seats.json", views.seats, name="meetup-seats"),
    path("chapters/", views.chapters, name="chapters"),
    path("chapters/<slug:chapter>/", views.chapter, name="chapter"),
    path("chapters/<slug:chapter>/calendar.ics", subscribing.chapter_calendar, name="chapter-calendar"),
    path("chapters/<slug:chapter>/feed.xml", subscribing.chapter_feed, name="chapter-feed"),
]
