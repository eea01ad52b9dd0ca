"""The wing of chapters and their meetups."""

from django.apps import AppConfig

from portal import wings


class MeetupsConfig(AppConfig):
    name = "meetups"

    def ready(self):
        from meetups.naming import name_by_the_community  # models must be loaded first
        from meetups.wing import MeetupsWing
        from portal import search

        name_by_the_community(self)

        wing = MeetupsWing()
        wings.register(wing)
        search.register(*wing.findable())
