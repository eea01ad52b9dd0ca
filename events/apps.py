"""The wing of conferences."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from portal import wings


class EventsConfig(AppConfig):
    name = "events"
    verbose_name = _("Conferences")

    def ready(self):
        from events.volunteer_kind import Volunteering  # models must be loaded first
        from events.wing import EventsWing
        from portal import search, signups

        wing = EventsWing()
        wings.register(wing)
        search.register(*wing.findable())
        signups.register(self.get_model("Application"), Volunteering())
