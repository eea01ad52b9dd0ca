"""What other sites put into their pages, below /embed/."""

from django.urls import path, re_path

from events.views import embed
from portal.languages import CODES

LANGUAGES = "|".join(CODES)

urlpatterns = [
    path("schedule.js", embed.script, name="embed-script"),
    re_path(rf"^(?P<language>{LANGUAGES})/(?P<conference>[-a-zA-Z0-9_]+)/$", embed.schedule, name="embed-schedule"),
]
