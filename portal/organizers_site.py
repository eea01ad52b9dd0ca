"""The admin site of the portal."""

from django.contrib.admin import AdminSite
from django.utils.translation import gettext_lazy as _


class PortalAdminSite(AdminSite):
    """The stock admin under the community's own name."""

    site_header = _("Organizers")
    site_title = _("Organizers")
