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
from django.db.models import Exists, Q, Subquery
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modeltranslation.utils import build_localized_fieldname

LONGEST_QUERY = 80
LEFT_OUT = {"invalid_choice": _("“%(value)s” is none of the choices, and was left out.")}


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
    """Rows tied to a certain city, chapter or person, named by its slug."""

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
        tied = rows.order_by().values(self.field_name)
        self.queryset = self.model_offered.objects.published().filter(pk__in=tied)


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
        """Return the years that there are rows of, the latest first; each is looked up, no row is read for it."""
        known = rows.exclude(**{self.field_name: None})
        ends = [known.order_by(order).values(self.field_name)[:1] for order in (f"-{self.field_name}", self.field_name)]
        found = list(known.order_by()[:1].values_list(*map(Subquery, ends)))
        if not found:
            return []
        newest, oldest = (timezone.localtime(end).year if isinstance(end, datetime) else end.year for end in found[0])
        years = range(newest, oldest - 1, -1)
        of_year = [Exists(known.filter(**{f"{self.field_name}__year": year})) for year in years]
        [there] = known.order_by()[:1].values_list(*of_year)
        return [year for year, is_there in zip(years, there, strict=True) if is_there]


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
        if not self.is_bound:
            return False
        self.form.full_clean()
        return any(self.form.cleaned_data.values())
