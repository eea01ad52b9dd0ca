"""Many rows at once into another forum, venue, room or level."""

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.core.exceptions import ValidationError
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from portal.admin.scoped import OutOfScope
from portal.locking import locked_all


class Moves:
    """For admins whose rows are moved by `moved`, fields of their form; what each may be, the form says."""

    moved = ()

    def get_actions(self, request):
        actions = super().get_actions(request)
        if self.has_change_permission(request) and self.writes_whole_rows(request):
            actions["move"] = self.get_action(Moves.move)
        return actions

    def get_action(self, action):
        return (action, "move", action.short_description) if action is Moves.move else super().get_action(action)

    @admin.action(description=gettext_lazy("Move the selected"), permissions=["change"])
    def move(self, request, queryset):
        """Ask where to, then move all of them or none."""
        rows = self._whole_rows(request, queryset)
        if not rows or len({getattr(row, f"{self.model.PARENT}_id") for row in rows}) > 1:
            told = _("Choose items that are yours and that belong to the same place.")
            self.message_user(request, told, messages.WARNING)
            return None
        form = self._form_of(request, rows)
        if form.is_bound and form.is_valid() and self._moved(request, rows, form):
            return None
        context = {
            **self.admin_site.each_context(request),
            "title": _("Move the selected"),
            "opts": self.opts,
            "rows": rows,
            "form": form,
            "chosen": ACTION_CHECKBOX_NAME,
        }
        return TemplateResponse(request, "admin/curated/move.html", context)

    def _form_of(self, request, rows):
        """Return a form of the fields to move by, with the choices that a row's own form offers the user."""
        fields = self.get_form(request, rows[0])(instance=rows[0]).fields
        form = forms.Form(request.POST if "apply" in request.POST else None)
        for name in self.moved:
            if name in fields:
                queryset, label_of = fields[name].queryset, fields[name].label_from_instance
                empty = _("leave as it is")
                field = forms.ModelChoiceField(queryset, label=fields[name].label, required=False, empty_label=empty)
                field.label_from_instance = label_of
                form.fields[name] = field
        return form

    def _moved(self, request, rows, form):
        targets = {name: target for name, target in form.cleaned_data.items() if target is not None}
        try:
            with locked_all(self.model._base_manager.filter(pk__in=[row.pk for row in rows])) as rows:
                for row in rows:
                    self._move_one(request, row, targets)
        except ValidationError as error:
            form.add_error(None, error.messages)
            return False
        except OutOfScope:
            told = _("Saved like this, it would no longer be yours to edit. Keep it tied to what is yours.")
            form.add_error(None, told)
            return False
        words = ngettext("%(count)d item is moved.", "%(count)d items are moved.", len(rows))
        self.message_user(request, words % {"count": len(rows)}, messages.SUCCESS)
        return True

    def _move_one(self, request, row, targets):
        for name, target in targets.items():
            setattr(row, name, target)
        try:
            row.clean()
            row.validate_constraints()
        except ValidationError as error:
            raise ValidationError([f"{row}: {message}" for message in error.messages]) from error
        row.save()
        self.log_change(request, row, [{"changed": {"fields": list(targets)}}])
        if not self.model.objects.editable_by(request.user).filter(pk=row.pk).exists():
            raise OutOfScope(row)
