"""Filters that the lists of the admin share."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _


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
