"""The ground."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from portal import tokens


class PortalConfig(AppConfig):
    name = "portal"
    verbose_name = _("The community")

    def ready(self):
        tokens.register("r", self.get_model("Registration"))
