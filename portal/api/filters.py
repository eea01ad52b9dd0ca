"""The filters of the API: as those of the pages, but strict; what makes no sense is answered with 400."""

import django_filters
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from portal.filters import LONGEST_QUERY, WordsFilter

YEARS = range(1970, 2200)
MOST_PER_PAGE = 100


class MomentField(forms.CharField):
    """A moment as ISO 8601 says it, in the years that a community lives in."""

    def to_python(self, value):
        value = super().to_python(value)
        if not value:
            return None
        try:
            found = django_filters.fields.IsoDateTimeField().to_python(value.replace(" ", "+"))
        except (OverflowError, ValueError, ValidationError):
            found = None
        if found is None or found.year not in YEARS:
            raise ValidationError(_("Expected a moment such as 2026-10-24T09:00:00Z."))
        return found


class MomentFilter(django_filters.Filter):
    field_class = MomentField


class YearFilter(django_filters.Filter):
    field_class = forms.IntegerField


class OccasionYearFilter(YearFilter):
    def filter(self, queryset, value):
        return queryset if value is None else queryset.of_year(value)


class ApiFilters(django_filters.FilterSet):
    """The filters of one list."""

    @classmethod
    def parameters(cls):
        return tuple(cls.base_filters)


def slug_of(field_name):
    """Rows tied to another by its slug; one that is not there leaves no row."""
    return django_filters.CharFilter(field_name=f"{field_name}__slug", max_length=80)


def year_of(field_name):
    return YearFilter(field_name=f"{field_name}__year", min_value=YEARS[0], max_value=YEARS[-1])


def year_of_occasion():
    """The year in which an occasion begins, by its own clock."""
    return OccasionYearFilter(min_value=YEARS[0], max_value=YEARS[-1])


def one_of(field_name, choices):
    words = [(word, word) for word in choices.values if word]
    return django_filters.ChoiceFilter(field_name=field_name, choices=words)


def words_in(*fields):
    """Rows in which every word stands somewhere, in either language."""
    return WordsFilter(fields=fields)


def since(field_name):
    return MomentFilter(field_name=field_name, lookup_expr="gte")


def until(field_name):
    return MomentFilter(field_name=field_name, lookup_expr="lt")


class PagingForm(forms.Form):
    page = forms.IntegerField(min_value=1, max_value=100_000, required=False)
    per_page = forms.IntegerField(min_value=1, max_value=MOST_PER_PAGE, required=False)


def schema_of(one):
    """Return what JSON Schema says of the value of a filter."""
    if isinstance(one, YearFilter):
        return {"type": "integer", "minimum": YEARS[0], "maximum": YEARS[-1]}
    if isinstance(one, django_filters.ChoiceFilter):
        return {"type": "string", "enum": [value for value, _word in one.extra["choices"]]}
    if isinstance(one, MomentFilter):
        return {"type": "string", "format": "date-time"}
    return {"type": "string", "maxLength": one.extra.get("max_length", LONGEST_QUERY)}
