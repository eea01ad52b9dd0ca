"""The addresses of this wing, below the language prefix."""

from django.urls import path

from meetups import views

urlpatterns = [
    path("meetups/", views.meetups, name="meetups"),
    path("meetups/<slug:meetup>/", views.meetup, name="meetup"),
    path("meetups/<slug:meetup>/recordings/<int:material>/", views.recording, name="meetup-recording"),
    path("meetups/<slug:meetup>/register/", views.register, name="meetup-register"),
    path("meetups/<slug:meetup>/register/seats.json", views.seats, name="meetup-seats"),
    path("chapters/", views.chapters, name="chapters"),
    path("chapters/<slug:chapter>/", views.chapter, name="chapter"),
    path("chapters/<slug:chapter>/calendar.ics", views.chapter_calendar, name="chapter-calendar"),
    path("chapters/<slug:chapter>/feed.xml", views.chapter_feed, name="chapter-feed"),
]
