"""The wing of chapters and their meetups."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from portal import wings


class MeetupsConfig(AppConfig):
    name = "meetups"
    verbose_name = _("Chapters")

    def ready(self):
        from meetups.wing import MeetupsWing  # models must be loaded first
        from portal import search

        wing = MeetupsWing()
        wings.register(wing)
        search.register(*wing.findable())
