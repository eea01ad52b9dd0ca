"""Edited in the list: each row only by whom it belongs to, and nobody's change is overwritten in silence."""

import json

from django import forms
from django.core.exceptions import ValidationError
from django.forms.models import BaseModelFormSet, ModelChoiceField
from django.utils.translation import gettext as _

from portal.rights import translates
from portal.scope import edits_all


class ListForm(forms.ModelForm):
    """One row of a list. `seen` holds what its fields were when the list was opened.

    A field that was not touched keeps what others have made of it meanwhile; one that both
    have changed is refused once, with the other's value.
    """

    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, open_fields=None, **kwargs):
        super().__init__(*args, **kwargs)
        for name in self._names():
            field = self.fields[name]
            field.disabled = open_fields is not None and name not in open_fields
            field.widget.attrs["aria-label"] = field.label  # a cell has no label of its own
            if hasattr(field.widget, "can_add_related"):
                field.widget.can_add_related = False
                field.widget.widget.attrs["aria-label"] = field.label
        self.initial["seen"] = json.dumps({name: self._plain(name, self.initial.get(name)) for name in self._names()})

    def _names(self):
        return [name for name in self.fields if name in self._meta.fields]

    def _plain(self, name, value):
        value = self.fields[name].prepare_value(value)
        return "" if value is None else str(value)

    def has_changed(self):
        return any(name != "seen" for name in self.changed_data)

    def clean(self):
        cleaned = super().clean()
        seen = self._seen()
        for name in set(seen) & set(cleaned) & set(self._names()):
            typed, now = self._plain(name, cleaned[name]), self._plain(name, self.initial.get(name))
            if typed == seen[name] != now:
                cleaned[name] = self.fields[name].to_python(self.initial.get(name))
            elif now not in (seen[name], typed):
                self._say_what_changed_meanwhile(name)
        return cleaned

    def _seen(self):
        try:
            seen = json.loads(self.cleaned_data.get("seen") or "{}")
        except (ValueError, RecursionError):
            return {}
        return seen if isinstance(seen, dict) else {}

    def _say_what_changed_meanwhile(self, name):
        """Refuse once; the form that comes back has seen the other's value."""
        self.data = self.data.copy()
        self.data[self.add_prefix("seen")] = self.initial["seen"]
        value = self.initial.get(name)
        shown = dict(getattr(self.fields[name], "choices", ())).get(value, value)
        told = _("Somebody else has written “%(value)s” here in the meantime. Save again to keep yours.")
        self.add_error(name, ValidationError(told, params={"value": shown}))


class ListFormSet(BaseModelFormSet):
    """The rows of a list. `model_admin` and `request` are set on the class that the admin makes for it."""

    model_admin = request = None

    def get_queryset(self):
        is_asked_first = not hasattr(self, "_queryset")
        rows = super().get_queryset()
        if is_asked_first:
            edits_all(self.request, rows)
        return rows

    def get_form_kwargs(self, index):
        kwargs = super().get_form_kwargs(index)
        rows = self.get_queryset()
        if index is not None and index < len(rows):
            kwargs["open_fields"] = self.model_admin.open_fields(self.request, rows[index])
        return kwargs

    def add_fields(self, form, index):
        super().add_fields(form, index)
        shared = self.__dict__.setdefault("_shared_choices", {})
        for name, field in form.fields.items():
            if isinstance(field, ModelChoiceField) and not field.widget.is_hidden:
                if name not in shared:
                    shared[name] = list(field.choices)
                field.choices = shared[name]


class EditsLists:
    """For admins with `list_editable`: the list is read only for who may write nothing of a row but its texts."""

    def get_changelist_instance(self, request):
        changelist = super().get_changelist_instance(request)
        if self.column_permissions and translates(request.user):
            edits_all(request, changelist.result_list)
        if not self.writes_whole_rows(request):
            changelist.list_editable = ()
        return changelist

    def get_changelist_form(self, request, **kwargs):
        return super().get_changelist_form(request, **{"form": ListForm, **kwargs})

    def get_changelist_formset(self, request, **kwargs):
        formset = super().get_changelist_formset(request, **{"formset": ListFormSet, **kwargs})
        formset.model_admin, formset.request = self, request
        return formset
