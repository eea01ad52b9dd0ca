"""The history of a row: who changed what, the former and the new value, and a way back to any version."""

from django.contrib import messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from portal import versions
from portal.admin_addresses import admin_url


class KeepsHistory:
    """For admins of models whose history is kept."""

    def history_view(self, request, object_id, extra_context=None):
        row = self.get_object(request, unquote(object_id))
        if row is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        if not self.has_view_or_change_permission(request, row):
            raise PermissionDenied
        can_restore = self.has_change_permission(request, row) and self.open_fields(request, row) is None
        if request.method == "POST":
            if not can_restore:
                raise PermissionDenied
            return self._restore(request, row)
        context = {
            **self.admin_site.each_context(request),
            "title": _("History: %(row)s") % {"row": row},
            "versions": versions.versions_of(row),
            "object": row,
            "opts": self.opts,
            "can_restore": can_restore,
            **(extra_context or {}),
        }
        return TemplateResponse(request, "admin/curated/history.html", context)

    def _restore(self, request, row):
        version = request.POST.get("version", "")
        try:
            versions.restore(row, int(version) if version.isdecimal() else 0)
        except ValidationError as error:
            self.message_user(request, " ".join(error.messages), messages.ERROR)
            return HttpResponseRedirect(request.path)
        except row.history.model.DoesNotExist:
            raise PermissionDenied from None
        self.log_change(request, row, _("Restored a former version."))
        self.message_user(request, _("The former version is back."), messages.SUCCESS)
        return HttpResponseRedirect(admin_url(self.admin_site, self.model, "change", row.pk))
