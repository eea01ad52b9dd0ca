"""The days and times of an occasion as people say them: first day, last day, and the hours where they are known.

The row keeps moments: an occasion known to the day ends at the midnight after
its last day (`portal.models.Occasion`). Nobody should have to type that.
"""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.admin.bounds import sane_year
from portal.admin.widgets import DayInput
from portal.models import Occasion
from portal.models.places import KNOWN_TIME_ZONES

FIELDS = ("first_day", "first_time", "last_day", "last_time")
Precision = Occasion.Precision


class TimeInput(forms.TimeInput):
    input_type = "time"

    def __init__(self, attrs=None):
        super().__init__(attrs, format="%H:%M")


class WhenForm(forms.ModelForm):
    """Asks for days and hours in place of `starts_at`, `ends_at` and `precision`."""

    first_day = forms.DateField(label=gettext_lazy("First day"), widget=DayInput, validators=[sane_year])
    first_time = forms.TimeField(
        label=gettext_lazy("from"), required=False, widget=TimeInput, help_text=gettext_lazy("Empty: not known yet.")
    )
    last_day = forms.DateField(
        label=gettext_lazy("Last day"),
        required=False,
        widget=DayInput,
        validators=[sane_year],
        help_text=gettext_lazy("Empty: the same day."),
    )
    last_time = forms.TimeField(label=gettext_lazy("until"), required=False, widget=TimeInput)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "precision" in self.fields:
            self.fields["precision"].choices = [
                (Precision.DAY, _("as written above")),
                (Precision.MONTH, Precision.MONTH.label),
                (Precision.YEAR, Precision.YEAR.label),
            ]
            self.initial["precision"] = Precision.DAY
        if self.instance.pk:
            self.initial.update(as_said(self.instance))

    def clean(self):
        cleaned_data = super().clean()
        zone = cleaned_data.get("time_zone")
        if "first_day" in self.fields and cleaned_data.get("first_day") and zone in KNOWN_TIME_ZONES:
            self._set_moments(ZoneInfo(zone), *(cleaned_data.get(name) for name in FIELDS))
        return cleaned_data

    def _set_moments(self, zone, first_day, first_time, last_day, last_time):
        row, chosen = self.instance, self.cleaned_data.get("precision")
        one_day, last_day = last_day is None, last_day or first_day
        if chosen in (Precision.MONTH, Precision.YEAR):
            first, after = _span(first_day, last_day, chosen)
            row.starts_at, row.ends_at = midnight(first, zone), midnight(after, zone)
        elif first_time is None:
            chosen = Precision.DAY
            row.starts_at, row.ends_at = midnight(first_day, zone), midnight(last_day + timedelta(days=1), zone)
            if last_time is not None:
                self.add_error("first_time", _("Enter the start time, or leave both times empty."))
        else:
            chosen = Precision.MINUTE
            row.starts_at, row.ends_at = datetime.combine(first_day, first_time, zone), None
            if last_time is not None:
                row.ends_at = datetime.combine(last_day, last_time, zone)
            elif not one_day:
                row.ends_at = midnight(last_day + timedelta(days=1), zone)
        self.cleaned_data["precision"] = chosen
        if row.ends_at is not None and row.ends_at <= row.starts_at:
            self.add_error("last_day", _("It cannot end before it begins."))


def as_said(occasion):
    """Return the days and times of an occasion as the form's initial values, by the event's own clock."""
    starts = occasion.starts_at.astimezone(occasion.tzinfo)
    said = {"first_day": starts.date(), "precision": occasion.precision}
    if occasion.precision == Precision.MINUTE:
        said |= {"first_time": starts.time(), "precision": Precision.DAY}
    if occasion.ends_at is None:
        return said
    ends = occasion.ends_at.astimezone(occasion.tzinfo)
    if ends.time() == time():  # midnight: the end of the day before
        last = (ends - timedelta(days=1)).date()
        return said | ({"last_day": last} if last != starts.date() or "first_time" in said else {})
    return said | {"last_day": ends.date(), "last_time": ends.time()}


def midnight(day, zone):
    """Return the moment at which the day begins in the zone."""
    return datetime.combine(day, time(), zone)


def _span(first_day, last_day, precision):
    """Return the first day of the first month or year, and the day after the last."""
    if precision == Precision.YEAR:
        return first_day.replace(month=1, day=1), last_day.replace(year=last_day.year + 1, month=1, day=1)
    after = (last_day.replace(day=28) + timedelta(days=4)).replace(day=1)
    return first_day.replace(day=1), after
