"""What other sites put into their pages, below /embed/."""

from django.conf import settings
from django.urls import path, re_path

from events.views import embed

LANGUAGES = "|".join(code for code, _label in settings.LANGUAGES)

urlpatterns = [
    path("schedule.js", embed.script, name="embed-script"),
    re_path(rf"^(?P<language>{LANGUAGES})/(?P<conference>[-a-zA-Z0-9_]+)/$", embed.schedule, name="embed-schedule"),
]
