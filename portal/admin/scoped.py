"""One scope closes every door: list, change, delete, choices, autocomplete, inlines and actions.

Permissions say which kinds of rows a user may touch; `editable_by`, `fillable_by`
and `choosable_by` say which of them. A translator reaches every row, and may
write nothing but its texts.
"""

from django.contrib import admin
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.utils import flatten_fieldsets
from django.core.exceptions import FieldDoesNotExist, PermissionDenied
from django.forms import CheckboxSelectMultiple
from django.http import Http404
from django.utils.html import strip_tags

from portal.admin.bounds import bounded
from portal.admin.chosen import OneRow, SomeRows
from portal.admin.filters import PlainQueries
from portal.admin.taken import LooksAgain
from portal.admin.widgets import NATIVE_INPUTS, Typeahead, TypeaheadMultiple
from portal.rights import translates
from portal.scope import choices_for, edits, only_translates, texts_of


class OutOfScope(PermissionDenied):
    """A row was saved in such a way that its editor could no longer edit it."""


class Scoped:
    """For admins and inlines: rows and choices within the user's scope, and only the fields that are open to them."""

    formfield_overrides = NATIVE_INPUTS
    # Fields that give rights, and so are there only for who may make accounts.
    account_fields = ()

    def get_queryset(self, request):
        return super().get_queryset(request).reachable_by(request.user)

    def row_of(self, obj):
        """Return the row whose scope decides over the form: the object itself, for an inline its parent."""
        return obj

    def open_fields(self, request, obj=None):
        """Return the names of the fields the user may write (without a language), or None for all of them."""
        if obj is None or edits(request, self.row_of(obj)):
            return None
        return texts_of(self.model)

    def get_readonly_fields(self, request, obj=None):
        closed = list(super().get_readonly_fields(request, obj))
        open_fields = self.open_fields(request, obj)
        if open_fields is not None:
            shown = flatten_fieldsets(self.get_fieldsets(request, obj))
            closed += [name for name in shown if self._without_language(name) not in open_fields]
            closed += [name for name in self.form.declared_fields if name != "seen"]
        return list(dict.fromkeys(closed))

    def get_fieldsets(self, request, obj=None):
        """Leave out what gives rights, to everybody but who may make accounts: its link would lead nowhere."""
        fieldsets = super().get_fieldsets(request, obj)
        if not self.account_fields or request.user.has_perm("auth.change_user"):
            return fieldsets
        return [
            (name, {**options, "fields": [field for field in options["fields"] if field not in self.account_fields]})
            for name, options in fieldsets
        ]

    def get_prepopulated_fields(self, request, obj=None):
        return super().get_prepopulated_fields(request, obj) if obj is None else {}

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        kwargs = {"queryset": choices_for(db_field, request.user), "form_class": OneRow, **kwargs}
        if db_field.name in self.get_autocomplete_fields(request):
            kwargs["widget"] = Typeahead(db_field, self.admin_site)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def formfield_for_manytomany(self, db_field, request, **kwargs):
        kwargs = {"queryset": choices_for(db_field, request.user), "form_class": SomeRows, **kwargs}
        if db_field.name in self.get_autocomplete_fields(request):
            kwargs["widget"] = TypeaheadMultiple(db_field, self.admin_site)
        else:
            kwargs.setdefault("widget", CheckboxSelectMultiple)  # a thumb has no Control key
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field is None:
            return None
        bounded(db_field, field)
        if hasattr(field, "widget") and hasattr(field.widget, "can_change_related"):
            # What may be chosen is not always what may be changed; a plus is enough.
            field.widget.can_change_related = field.widget.can_delete_related = field.widget.can_view_related = False
        return field

    def _without_language(self, name):
        try:
            field = self.model._meta.get_field(name)
        except FieldDoesNotExist:
            return name
        return getattr(field, "translated_field", field).name


class ScopedAdmin(LooksAgain, PlainQueries, Scoped):
    """For admins: what permissions allow in general, the scope must allow for the row."""

    # Columns that are links: their name, and the permission without which the page behind them does not open.
    column_permissions = {}

    def has_view_permission(self, request, obj=None):
        return super().has_view_permission(request, obj) and self._reaches(request, obj)

    def has_change_permission(self, request, obj=None):
        return super().has_change_permission(request, obj) and self._reaches(request, obj)

    def has_delete_permission(self, request, obj=None):
        return super().has_delete_permission(request, obj) and (obj is None or edits(request, obj))

    def writes_whole_rows(self, request):
        """Return whether the user may write more of some row than its texts; else nothing is offered but its form."""
        return not only_translates(request, self.model)

    def get_actions(self, request):
        """None for who may do them to no row: a translator."""
        return super().get_actions(request) if self.writes_whole_rows(request) else {}

    def get_list_display(self, request):
        """Leave out the columns that lead where the user may not go."""
        may = request.user.has_perm
        shown = super().get_list_display(request)
        shown = [name for name in shown if name not in self.column_permissions or may(self.column_permissions[name])]
        if not translates(request.user):
            return shown
        return [self._as_far_as_it_opens(request, name) if name in self.column_permissions else name for name in shown]

    def _as_far_as_it_opens(self, request, name):
        """Return a column of links as a function, for who also translates: words in the rows that are another's."""
        leading = getattr(self, name)

        @admin.display(description=leading.short_description)
        def column(row):
            return leading(row) if edits(request, row) else strip_tags(leading(row))

        column.__name__ = name  # which the cells have as a class
        return column

    def _reaches(self, request, obj):
        if obj is None or edits(request, obj):
            return True
        return self.model.objects.reachable_by(request.user).filter(pk=obj.pk).exists()

    def _get_obj_does_not_exist_redirect(self, request, opts, object_id):
        """Answer for a row that is not theirs as for one that is not there."""
        raise Http404(f"no {opts.verbose_name} {object_id} of theirs")

    def response_action(self, request, queryset):
        """Do an action to those of the chosen rows that are the user's own; to nobody else's alone."""
        chosen = request.POST.getlist(ACTION_CHECKBOX_NAME)
        if chosen and not queryset.filter(pk__in=chosen).exists():
            raise Http404("none of these rows is theirs")
        return super().response_action(request, queryset)

    def get_form(self, request, obj=None, **kwargs):
        form = super().get_form(request, obj, **kwargs)
        form.request = request
        return form

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        row = form.instance
        whole = not change or self.open_fields(request, row) is None
        if whole and not self.model.objects.editable_by(request.user).filter(pk=row.pk).exists():
            raise OutOfScope(row)

    def changeform_view(self, request, *args, **kwargs):
        try:
            return super().changeform_view(request, *args, **kwargs)
        except OutOfScope:
            # Rolled back. The same form again, which now says what is wrong and keeps what was typed.
            request.out_of_scope = True
            return super().changeform_view(request, *args, **kwargs)


class ScopedInline(Scoped):
    """For inlines: the row on whose page they stand decides."""

    def has_add_permission(self, request, obj=None):
        return super().has_add_permission(request, obj) and (obj is None or edits(request, obj))

    def has_delete_permission(self, request, obj=None):
        return super().has_delete_permission(request, obj) and (obj is None or edits(request, obj))
