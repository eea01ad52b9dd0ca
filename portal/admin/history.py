"""The history of a row: who changed what, the former and the new value, and a way back to any version."""

from django.contrib import messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import ObjectDoesNotExist, PermissionDenied, ValidationError
from django.http import HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from portal import restoring, versions
from portal.admin_addresses import admin_url
from portal.keys import key_in


class KeepsHistory:
    """For admins of models whose history is kept; what belongs to a row is told, and brought back, on its page."""

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
        parts = self._parts(request, row)
        told = versions.versions_of_parts(row, [(inline.model, inline.model.PARENT) for inline in parts])
        context = {
            **self.admin_site.each_context(request),
            "title": _("History: %(row)s") % {"row": row},
            "versions": sorted([*versions.versions_of(row), *told], key=lambda one: one.when, reverse=True),
            "object": row,
            "opts": self.opts,
            "can_restore": can_restore,
            "restorable": {inline.model._meta.label_lower for inline in parts if inline.may_restore},
            **(extra_context or {}),
        }
        return TemplateResponse(request, "admin/curated/history.html", context)

    def _parts(self, request, row):
        """Return the inlines whose rows' history belongs to the row's; `may_restore` where the user may write them."""
        found = []
        for inline in self.get_inline_instances(request, row):
            if hasattr(inline.model, "history") and getattr(inline.model, "PARENT", None):
                may_write = inline.has_change_permission(request, row) and inline.has_add_permission(request, row)
                inline.may_restore = may_write
                found.append(inline)
        return found

    def _restore(self, request, row):
        version, of = request.POST.get("version", ""), request.POST.get("of", "")
        number = key_in(version) or 0
        try:
            if of:
                left = restoring.restore_part(self._part(request, row, of, number), number, request.user)
            else:
                left = restoring.restore(row, number, request.user)
        except ValidationError as error:
            self.message_user(request, " ".join(error.messages), messages.ERROR)
            return HttpResponseRedirect(request.path)
        except ObjectDoesNotExist:
            raise PermissionDenied from None
        self.log_change(request, row, _("Restored a former version."))
        self.message_user(request, _("The former version is back."), messages.SUCCESS)
        if left:
            words = _("Not restored, since it is not yours to choose: %(fields)s.") % {"fields": ", ".join(left)}
            self.message_user(request, words, messages.WARNING)
        return HttpResponseRedirect(admin_url(self.admin_site, self.model, "change", row.pk))

    def _part(self, request, row, label, version):
        """Return the model of a version that belongs to the row and that the user may write; else PermissionDenied."""
        for inline in self._parts(request, row):
            model = inline.model
            is_meant = model._meta.label_lower == label and inline.may_restore
            if is_meant and model.history.filter(pk=version, **{model.PARENT: row.pk}).exists():
                return model
        raise PermissionDenied
