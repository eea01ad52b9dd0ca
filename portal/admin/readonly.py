"""What a form shows and does not let change: the name of another row is a link only where that row opens."""

from django.contrib.admin import helpers
from django.utils.html import format_html

from portal.admin_addresses import change_url, edited_as


class ReadonlyField(helpers.AdminReadonlyField):
    """Django's own links to every row that some admin edits, whoever looks at it."""

    def get_admin_url(self, remote_field, remote_obj):
        site, request = self.model_admin.admin_site, getattr(self.form, "request", None)
        there = site._registry.get(edited_as(site, remote_obj))
        if request is None or there is None or not there.has_view_permission(request, remote_obj):
            return str(remote_obj)
        return format_html('<a href="{}">{}</a>', change_url(site, remote_obj), remote_obj)


def use():
    """Put it in the place of Django's, which `Fieldline` names and lets nobody choose."""
    helpers.AdminReadonlyField = ReadonlyField
