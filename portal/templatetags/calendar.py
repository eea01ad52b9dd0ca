"""A leaf of the calendar: the day large, the month and year beneath it.

It takes whatever `portal.dates` takes.
"""

from datetime import timedelta
from zoneinfo import ZoneInfo

from django import template
from django.utils.html import format_html
from django.utils.translation import get_language

from portal import dates

register = template.Library()


@register.simple_tag
def leaf(when):
    """Return `<time class="leaf">`: 28–29 over "Oct 2023" or "2023年10月"; month or year where no more is known."""
    big, small = _chinese(when) if get_language() == "zh-hans" else _english(when)
    words = dates.written(when, get_language())
    return format_html(
        '<time class="leaf" datetime="{}" title="{}"><b>{}</b><span>{}</span></time>',
        dates.machine(when),
        words,
        big,
        small,
    )


def _last_day(when):
    """Return the last date; a night belongs to the evening before."""
    first, last = dates.first_day(when), dates.last_day(when)
    is_night = when.precision == "minute" and last - first == timedelta(days=1)
    if is_night and when.ends_at.astimezone(ZoneInfo(when.time_zone)).time() <= dates.MORNING:
        return first
    return last


def _chinese(when):
    first, last = dates.first_day(when), _last_day(when)
    month = f"{first.month}月" if first.month == last.month else f"{first.month}–{last.month}月"
    return _by_precision(when, month, f"{first.year}年{month}", f"{first.year}年")


def _english(when):
    first, last = dates.first_day(when), _last_day(when)
    month = dates.MONTHS[first.month - 1][:3]
    if first.month != last.month:
        month = f"{month}–{dates.MONTHS[last.month - 1][:3]}"
    return _by_precision(when, month, f"{month} {first.year}", str(first.year))


def _by_precision(when, month, month_and_year, year):
    first, last = dates.first_day(when), _last_day(when)
    if when.precision == "year":
        return first.year, ""
    if when.precision == "month":
        return month, year
    return first.day if first == last else f"{first.day}–{last.day}", month_and_year
