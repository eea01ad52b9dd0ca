"""Rows on a form that somebody else deletes or adds while it is open."""

from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from portal.keys import key_in


class SurvivingRows:
    """For formsets: what was sent meets the rows that are still there, each its own, whatever was added or deleted."""

    def __init__(self, data=None, *args, **kwargs):
        super().__init__(data, *args, **kwargs)
        if self.is_bound and self._gone:
            self._leave_out_gone()

    @cached_property
    def _sent_keys(self):
        """Return the primary keys of the rows that the form was opened with, as it sends them."""
        name = self.model._meta.pk.name
        return [self.data.get(f"{self.prefix}-{number}-{name}") for number in self._numbers("INITIAL_FORMS")]

    def _numbers(self, count):
        """Return the numbers of the forms that one of the counts tells of: no more than Django reads of any form."""
        return range(min(key_in(self.data.get(f"{self.prefix}-{count}")) or 0, self.absolute_max))

    @cached_property
    def _gone(self):
        there = {str(row.pk) for row in super().get_queryset()}
        return [number for number, key in enumerate(self._sent_keys) if key and key not in there]

    def get_queryset(self):
        """The rows in the order in which the form has them, so that each is shown beside what was typed for it."""
        rows = super().get_queryset()
        if not self.is_bound or not self._sent_keys:
            return rows
        by_key = {str(row.pk): row for row in rows}
        return [by_key[key] for key in self._sent_keys if key in by_key]

    def _leave_out_gone(self):
        """Close the gaps that deleted rows leave in the data; the first time, `clean` says which they were."""
        self.lost = [self._title(self._sent_keys[number]) for number in self._gone]
        staying = [number for number in self._numbers("TOTAL_FORMS") if number not in self._gone]
        data = QueryDict(mutable=True)
        for name, values in self.data.lists():
            number, _dash, field = name.removeprefix(f"{self.prefix}-").partition("-")
            if not name.startswith(f"{self.prefix}-") or not number.isdecimal():
                data.setlist(name, values)
            elif int(number) in staying:
                data.setlist(f"{self.prefix}-{staying.index(int(number))}-{field}", values)
        data[f"{self.prefix}-TOTAL_FORMS"] = str(len(staying))
        data[f"{self.prefix}-INITIAL_FORMS"] = str(len(self._sent_keys) - len(self._gone))
        self.data = data
        del self._sent_keys

    def _title(self, key):
        history = getattr(self.model, "history", None)
        record = history and history.filter(**{self.model._meta.pk.name: key_in(key)}).first()
        return str(record.instance) if record else f"#{key}"

    def clean(self):
        super().clean()
        if lost := getattr(self, "lost", None):
            told = _(
                "Somebody deleted here in the meantime: %(rows)s. They are left out now. Look at it, then save again."
            )
            raise ValidationError(told % {"rows": ", ".join(lost)})
