"""Moments that are told from the day of loading: `{week: 6, weekday: 6, at: "09:30"}`.

That is half past nine on the Saturday of the sixth week after this one; without
`at` it is the day. Weekdays are counted from Monday, 1, as ISO 8601 does; the
clock is China's.
"""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

CLOCK = ZoneInfo("Asia/Shanghai")


def is_relative(value):
    return isinstance(value, dict) and "week" in value


def moment(value, today):
    """Return the datetime, or without `at` the date, that a relative moment means on a day."""
    monday = today - timedelta(days=today.isoweekday() - 1)
    day = monday + timedelta(weeks=value["week"], days=value["weekday"] - 1)
    return datetime.combine(day, time.fromisoformat(value["at"]), CLOCK) if "at" in value else day
