"""The stock admin, on our own site. Apart from `apps.py`, where Django wants one default config."""

from django.contrib.admin.apps import AdminConfig


class PortalAdminConfig(AdminConfig):
    default_site = "portal.organizers_site.PortalAdminSite"
