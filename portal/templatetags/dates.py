"""Dates in templates, in the active language: `{% load dates %}{{ occasion|when }}`.

The filters take anything that `portal.dates` takes; `day` takes a plain date.
"""

import re
from datetime import timedelta

from django import template
from django.utils.html import escape, format_html
from django.utils.safestring import mark_safe
from django.utils.translation import get_language

from portal import dates

register = template.Library()


HOURS = re.compile(r"\d\d:\d\d–\d\d:\d\d")


def hours_whole(words):
    """Return a date as HTML whose hours stay in one line: a browser would break after the dash."""
    return mark_safe(HOURS.sub(r'<span class="whole">\g<0></span>', escape(words)))


@register.filter
def when(value):
    """2023年10月28日–29日 周六、周日"""
    return dates.written(value, get_language())


@register.filter
def when_by_clock(value):
    """2023年10月21日 周六 21:30–23:00，北京时间 (UTC+8)"""
    return dates.written_with_clock(value, get_language())


@register.filter
def moment(value, time_zone):
    """2023年10月21日 周六 21:30，北京时间 (UTC+8), of a moment, by that clock."""
    return when_by_clock(dates.Span(value, None, time_zone))


@register.filter
def until(value, time_zone):
    """2023年10月20日 周五 24:00，北京时间 (UTC+8), of a moment at which something ends, by that clock."""
    return dates.written_end(value, time_zone, get_language())


@register.filter
def last_day(value, time_zone):
    """2023年10月20日, the last day of what ends at a moment, by that clock."""
    return day(dates.first_day(dates.Span(value - timedelta(microseconds=1), value, time_zone)))


@register.filter
def when_briefly(value):
    """2023年10月28日–29日"""
    return dates.written(value, get_language(), weekdays=False)


@register.filter
def zone(value):
    """北京时间 (UTC+8)"""
    return dates.zone_label(value.time_zone, value.starts_at, get_language())


@register.filter
def day(value):
    """2023年10月28日, of a date."""
    return dates.written_days(value, value, get_language(), weekdays=False)


@register.filter
def weekday(value):
    """2023年10月28日 周六, of a date."""
    return dates.written_days(value, value, get_language())


@register.simple_tag
def time(value, brief=False):
    """`<time datetime="2023-10-28">…</time>` with the date in words."""
    words = dates.written(value, get_language(), weekdays=not brief)
    return format_html('<time datetime="{}">{}</time>', dates.machine(value), hours_whole(words))
