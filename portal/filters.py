"""Filters of public lists, with the words the portal says about them.

Each filter offers what the list holds and nothing else. A value that makes no
sense is left out and told beside its field; it never empties the list nor fails.
"""

from datetime import datetime
from functools import reduce
from operator import and_, or_

import django_filters
from django import forms
from django.conf import settings
from django.db.models import Exists, Max, Min, OuterRef, Q, TextField
from django.db.models.functions import Cast, Substr
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_filters.fields import ModelChoiceField, ModelChoiceIterator
from modeltranslation.utils import build_localized_fieldname

LONGEST_QUERY = 80
LEFT_OUT = {"invalid_choice": _("“%(value)s” is none of the choices, and was left out.")}


class NamesIterator(ModelChoiceIterator):
    """The choices as slugs and names, for which no row needs to be made."""

    def __iter__(self):
        if self.field.empty_label is not None:
            yield "", self.field.empty_label
        yield from self.queryset.values_list(self.field.to_field_name, "name")


class RowField(ModelChoiceField):
    iterator = NamesIterator


class WordsFilter(django_filters.CharFilter):
    """Rows in which every word stands somewhere, in either language. `fields` are translated ones."""

    def __init__(self, *, fields, plain_fields=()):
        super().__init__(
            label=_("Words"),
            max_length=LONGEST_QUERY,
            widget=forms.TextInput(attrs={"type": "search", "placeholder": _("Name, theme, place …")}),
        )
        columns = [build_localized_fieldname(field, code) for field in fields for code, _label in settings.LANGUAGES]
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

    def offer(self, rows):
        tied = rows.order_by().filter(**{self.field_name: OuterRef("pk")})
        self.queryset = self.model_offered.objects.published().filter(Exists(tied))


class YearFilter(django_filters.ChoiceFilter):
    """Rows of one year; `field_name` is a date or a moment."""

    def __init__(self, field_name):
        super().__init__(
            field_name=field_name,
            lookup_expr="year",
            label=_("Year"),
            empty_label=_("All years"),
            error_messages=LEFT_OUT,
        )

    def offer(self, rows):
        self.extra["choices"] = [(str(year), str(year)) for year in self._years(rows)]

    def _years(self, rows):
        """Return the years that there are rows of, the latest first, in one query that looks at no row one by one.

        Databases group by the year as it is written, in UTC. The first and the last row of such a group tell both
        of the years that its moments may fall into on the clock here.
        """
        written = Substr(Cast(self.field_name, TextField()), 1, 4)
        known = rows.exclude(**{self.field_name: None}).order_by()
        groups = known.annotate(written=written).values("written")
        groups = groups.annotate(first=Min(self.field_name), last=Max(self.field_name))
        ends = [end for group in groups.values_list("first", "last") for end in group]
        return sorted({_year_of(end) for end in ends}, reverse=True)


def _year_of(day_or_moment):
    return (timezone.localtime(day_or_moment) if isinstance(day_or_moment, datetime) else day_or_moment).year


class PublicFilterSet(django_filters.FilterSet):
    """The filters of one list; each offers what stands in the rows it is given, and knows what was `asked` for."""

    def __init__(self, data=None, queryset=None, **kwargs):
        super().__init__(data, queryset, **kwargs)
        for name, one in self.filters.items():
            if hasattr(one, "offer"):
                one.asked = (data or {}).get(name, "")
                one.offer(self.queryset)

    @property
    def is_filtering(self):
        """Whether anything was asked for that made sense."""
        self.form.is_valid()  # once: each choice of a row is looked up
        return self.is_bound and any(self.form.cleaned_data.values())
