"""The wing of conferences."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from portal import wings


class EventsConfig(AppConfig):
    name = "events"
    verbose_name = _("Conferences")

    def ready(self):
        from events.submission_kinds import Exhibiting, Proposing  # models must be loaded first
        from events.volunteer_kind import Volunteering
        from events.wing import EventsWing
        from portal import search, signups

        wing = EventsWing()
        wings.register(wing)
        search.register(*wing.findable())
        signups.register(self.get_model("Application"), Volunteering())
        signups.register(self.get_model("Proposal"), Proposing())
        signups.register(self.get_model("BoothApplication"), Exhibiting())
