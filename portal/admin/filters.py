"""Filters that the lists of the admin share, and what an address may ask of a list at all."""

import re

from django.contrib import admin
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.utils.translation import gettext_lazy as _

from portal.keys import LONGEST, keys_in
from portal.models.occasion import begins_in

YEAR = re.compile(r"[1-9]\d{3}(?<!9999)")  # whose first and last moment any time zone leaves within the calendar
OVERLONG = re.compile(rf"\d{{{LONGEST + 1},}}")


class YearFilter(admin.SimpleListFilter):
    """Rows of the occasions of one year."""

    title = _("year")
    parameter_name = "year"

    def lookups(self, request, model_admin):
        parent, rows = model_admin.model.PARENT, model_admin.get_queryset(request)
        # Of the parents, which are few, and not of each row.
        occasions = model_admin.opts.get_field(parent).related_model.objects.filter(pk__in=rows.values(parent))
        return [(str(year), str(year)) for year in occasions.years()]

    def queryset(self, request, queryset):
        if not YEAR.fullmatch(self.value() or ""):
            return queryset
        return queryset.filter(begins_in(int(self.value()), f"{queryset.model.PARENT}__"))


class PlainQueries:
    """For admins: an address may ask for values, not for patterns, which can be wrong or take for ever.

    Nor for numbers longer than any database holds, nor for years of no calendar. Who tries is answered as for any
    other lookup that the admin does not know.
    """

    def lookup_allowed(self, lookup, value, request):
        is_pattern = lookup.endswith(("regex", "__search"))
        is_no_year = lookup.endswith("__year") and not YEAR.fullmatch(str(value))
        if is_pattern or is_no_year or OVERLONG.search(str(value)):
            return False
        return super().lookup_allowed(lookup, value, request)

    def get_search_results(self, request, queryset, search_term):
        """Search by keys alone where a row may be found twice: else whole rows are sorted, with all their texts."""
        found, may_repeat = super().get_search_results(request, queryset, search_term)
        return (queryset.filter(pk__in=found.values("pk")), False) if may_repeat else (found, False)

    def get_object(self, request, object_id, from_field=None):
        """Find nothing by a number that is longer than any key: some databases refuse to be asked for it."""
        return None if OVERLONG.search(object_id) else super().get_object(request, object_id, from_field)

    def changelist_view(self, request, extra_context=None):
        """Choose rows for an action by keys alone; what is none chooses no row."""
        if ACTION_CHECKBOX_NAME in request.POST:
            request.POST = request.POST.copy()
            request.POST.setlist(ACTION_CHECKBOX_NAME, keys_in(request.POST.getlist(ACTION_CHECKBOX_NAME)))
        return super().changelist_view(request, extra_context)

    def get_changeform_initial_data(self, request):
        """Begin a new form with what the address says, but for such numbers, and for rows only by their keys."""
        initial = super().get_changeform_initial_data(request)
        return {name: value for name, value in initial.items() if self._may_begin_with(name, value)}

    def _may_begin_with(self, name, value):
        values = value if isinstance(value, list) else [value]
        field = next((one for one in self.opts.get_fields() if one.name == name), None)
        if field is not None and field.is_relation:
            return len(keys_in(values)) == len(values)
        return not any(OVERLONG.search(one) for one in values)
