"""Filters of public lists, with the words the portal says about them.

Each filter offers what the list holds and nothing else. A value that makes no
sense is left out and told beside its field; it never empties the list nor fails.
"""

from functools import reduce
from operator import and_, or_

import django_filters
from django import forms
from django.db.models import Exists, OuterRef, Q, TextField
from django.db.models.functions import Cast, Substr
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django_filters.fields import ModelChoiceField, ModelChoiceIterator
from modeltranslation.utils import build_localized_fieldname

from portal.languages import CODES
from portal.pagecache.known import once_a_generation

LONGEST_QUERY = 80
LEFT_OUT = {"invalid_choice": _("“%(value)s” is not one of the choices, and was ignored.")}


class NamesIterator(ModelChoiceIterator):
    """The choices as slugs and names, which were read before; rows are for what was asked for."""

    def __iter__(self):
        if self.field.empty_label is not None:
            yield "", self.field.empty_label
        yield from self.field.names


class RowField(ModelChoiceField):
    iterator = NamesIterator

    def __init__(self, *args, names=(), **kwargs):
        self.names = names
        super().__init__(*args, **kwargs)


class WordsFilter(django_filters.CharFilter):
    """Rows in which every word stands somewhere, in either language. `fields` are translated ones."""

    def __init__(self, *, fields, plain_fields=()):
        super().__init__(
            label=pgettext_lazy("searched for", "Words"),
            max_length=LONGEST_QUERY,
            widget=forms.TextInput(attrs={"type": "search", "placeholder": _("Name, theme, place …")}),
        )
        columns = [build_localized_fieldname(field, code) for field in fields for code in CODES]
        self.columns = [*columns, *plain_fields]

    def filter(self, queryset, value):
        if not value:
            return queryset
        return queryset.filter(reduce(and_, (self._somewhere(word) for word in value.split())))

    def _somewhere(self, word):
        return reduce(or_, (Q(**{f"{column}__icontains": word}) for column in self.columns))


class RowFilter(django_filters.ModelChoiceFilter):
    """Rows tied to a certain city, chapter or person, named by its slug and shown by its `name`."""

    field_class = RowField

    def __init__(self, model, field_name, *, label, empty_label):
        self.model_offered = model
        super().__init__(
            field_name=field_name,
            queryset=model.objects.none(),
            to_field_name="slug",
            label=label,
            empty_label=empty_label,
            error_messages=LEFT_OUT,
        )

    def tied_to(self, rows):
        """Return the rows of which those of the list have at least one."""
        tied = rows.order_by().filter(**{self.field_name: OuterRef("pk")})
        return self.model_offered.objects.published().filter(Exists(tied))

    def choices_among(self, rows):
        return list(self.tied_to(rows).values_list("slug", "name"))

    def offer(self, choices, rows):
        self.extra["names"] = choices
        self.queryset = self.tied_to(rows) if self.asked else self.model_offered.objects.none()


class YearFilter(django_filters.ChoiceFilter):
    """Rows of one year; `field_name` is a date."""

    def __init__(self, field_name):
        super().__init__(
            field_name=field_name,
            lookup_expr="year",
            label=_("Year"),
            empty_label=_("All years"),
            error_messages=LEFT_OUT,
        )

    def choices_among(self, rows):
        return [(str(year), str(year)) for year in self._years(rows)]

    def offer(self, choices, rows):
        self.extra["choices"] = choices

    def _years(self, rows):
        """Return the years that there are rows of, the latest first; databases look at no row one by one for it."""
        written = Substr(Cast(self.field_name, TextField()), 1, 4)
        known = rows.exclude(**{self.field_name: None}).order_by()
        return sorted(map(int, known.values_list(written, flat=True).distinct()), reverse=True)


class OccasionYearFilter(YearFilter):
    """Occasions that begin in one year, each by its own clock."""

    def __init__(self):
        super().__init__("starts_at")

    def filter(self, queryset, value):
        return queryset.of_year(int(value)) if value else queryset

    def _years(self, rows):
        return rows.years()


@once_a_generation
def choices_of(filters, name):
    """Return what a filter offers, a list of pairs of value and words: of all public rows, whatever is asked for."""
    return filters.base_filters[name].choices_among(filters._meta.model.objects.published())


class PublicFilterSet(django_filters.FilterSet):
    """The filters of one list of all public rows of a model; each offers what stands in it.

    A filter that offers something says what, in `choices_among(rows)`, and takes it in `offer(choices, rows)`, where
    it knows what was `asked` for.
    """

    def __init__(self, data=None, queryset=None, **kwargs):
        super().__init__(data, queryset, **kwargs)
        for name, one in self.filters.items():
            if hasattr(one, "offer"):
                one.asked = (data or {}).get(name, "")
                one.offer(choices_of(type(self), name), self.queryset)

    @property
    def is_filtering(self):
        """Whether anything was asked for that made sense."""
        self.form.is_valid()  # once: each choice of a row is looked up
        return self.is_bound and any(self.form.cleaned_data.values())
