"""The wing of conferences."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from portal import tokens, wings


class EventsConfig(AppConfig):
    name = "events"
    verbose_name = _("Conferences")

    def ready(self):
        from events.wing import EventsWing  # models must be loaded first
        from portal import search

        wing = EventsWing()
        wings.register(wing)
        search.register(*wing.findable())
        tokens.register("v", self.get_model("Application"))
