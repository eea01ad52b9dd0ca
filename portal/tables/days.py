"""Days and hours as cells say them, in the notations that people and spreadsheets have for them."""

import re
from datetime import date, datetime, time, timedelta

from django.utils.formats import date_format
from django.utils.timezone import is_aware
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.tables.columns import Column, NotUnderstood, text_of

DAY = re.compile(
    r"(?P<year>\d{4})(?:-(?P<month>\d{1,2})-|/(?P<month2>\d{1,2})/|年(?P<month3>\d{1,2})月)(?P<day>\d{1,2})日?"
    r"|(?P<day2>\d{1,2})\.(?P<month4>\d{1,2})\.(?P<year2>\d{4})"
)
HOUR = re.compile(r"[T\s]*(\d{1,2})[:：](\d{2})(?::\d{2})?")
FIRST_SERIAL, LAST_SERIAL = 20_000, 80_000  # 1954 to 2119, as Excel counts days
EPOCH = datetime(1899, 12, 30)


def day_and_rest(cell):
    """Return (date, what follows it as text or a time) of a cell in one of the notations; None where it is no day.

    2026-10-28, 2026/10/28, 28.10.2026, 2026年10月28日, and the number that Excel stores for it.
    """
    if isinstance(cell, datetime):  # spreadsheets know no days, but midnights
        return cell.date(), cell.time() if cell.time() != time() else ""
    if isinstance(cell, date):
        return cell, ""
    text = text_of(cell)
    if re.fullmatch(r"\d{5}(\.\d+)?", text) and FIRST_SERIAL < float(text) < LAST_SERIAL:
        moment = EPOCH + timedelta(minutes=round(float(text) * 24 * 60))
        return moment.date(), moment.time() if "." in text else ""
    match = DAY.match(text)
    if match is None:
        return None
    found = {name.rstrip("234"): int(value) for name, value in match.groupdict().items() if value}
    try:
        return date(**found), text[match.end() :].strip()
    except ValueError:
        return None


class Day(Column):
    example = "2026-10-28"
    kind_told = gettext_lazy("A day.")

    def shown(self, value):
        return value.isoformat() if value else ""

    def value(self, cell, context):
        if text_of(cell) == "":
            return None
        found = day_and_rest(cell)
        if found is None or found[1] != "":
            raise NotUnderstood(_("Expected a day, written as 2026-10-28."))
        return found[0]


class Moment(Column):
    """A day and an hour by the clock of `context.zone`; only an hour takes the day of the column `day_of`."""

    example = "2026-10-28 09:30"
    kind_told = gettext_lazy("A day and an hour by the clock of the event.")

    def __init__(self, field, model, *, day_of="", **options):
        super().__init__(field, model, **options)
        self.day_of = day_of

    def cell(self, row):
        moment = getattr(row, self.field)
        return moment.astimezone(getattr(row, row.PARENT).tzinfo).strftime("%Y-%m-%d %H:%M") if moment else ""

    def shown(self, value):
        return date_format(value, "Y-m-d H:i") if value else ""

    def value(self, cell, context):
        if text_of(cell) == "":
            return None
        found = (None, cell) if isinstance(cell, time) else day_and_rest(cell)
        if found is None and self.day_of and HOUR.fullmatch(text_of(cell)):
            found = None, text_of(cell)
        if found is not None:
            day, hour = found[0] or self._other_day(context), _hour(found[1])
            if day is not None and hour is not None:
                return datetime.combine(day, hour, context.zone)
        raise NotUnderstood(_("Expected a day and an hour, written as 2026-10-28 09:30."))

    def _other_day(self, context):
        other = context.values.get(self.day_of)
        return other.date() if isinstance(other, datetime) else None

    def settle(self, row, value, context):
        current = getattr(row, self.field)
        if current is not None and is_aware(current):
            current = current.astimezone(context.zone)
            if value is not None and current.replace(second=0, microsecond=0) == value:
                return None
            setattr(row, self.field, current)
        return super().settle(row, value, context)


def _hour(said):
    if isinstance(said, time):
        return said.replace(second=0, microsecond=0)
    match = HOUR.fullmatch(said)
    try:
        return time(int(match[1]), int(match[2])) if match else None
    except ValueError:
        return None
