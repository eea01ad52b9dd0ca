"""Filters that the lists of the admin share, and what an address may ask of a list at all."""

import re

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from portal.keys import LONGEST

OVERLONG = re.compile(rf"\d{{{LONGEST + 1},}}")


class YearFilter(admin.SimpleListFilter):
    """Rows of the occasions of one year."""

    title = _("year")
    parameter_name = "year"

    def lookups(self, request, model_admin):
        years = model_admin.get_queryset(request).dates(f"{model_admin.model.PARENT}__starts_at", "year", "DESC")
        return [(str(day.year), str(day.year)) for day in years]

    def queryset(self, request, queryset):
        if not (self.value() or "").isdecimal():
            return queryset
        return queryset.filter(**{f"{queryset.model.PARENT}__starts_at__year": min(int(self.value()), 9999)})


class PlainQueries:
    """For admins: an address may ask for values, not for patterns, which can be wrong or take for ever.

    Nor for numbers longer than any database holds. Who tries is answered as for any other lookup
    that the admin does not know.
    """

    def lookup_allowed(self, lookup, value, request):
        is_pattern = lookup.endswith(("regex", "__search"))
        return not is_pattern and not OVERLONG.search(str(value)) and super().lookup_allowed(lookup, value, request)

    def get_changeform_initial_data(self, request):
        """Begin a new form with what the address says, but for such numbers."""
        initial = super().get_changeform_initial_data(request)
        return {name: value for name, value in initial.items() if not OVERLONG.search(str(value))}
