"""Dates read as people write them, by the event's own clock."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.template import Context, Template
from django.utils.translation import override

from portal import dates

SHANGHAI = ZoneInfo("Asia/Shanghai")


@dataclass
class Span:
    starts_at: datetime
    ends_at: datetime | None
    precision: str = "day"
    time_zone: str = "Asia/Shanghai"


def a_span(start, end=None, precision="day", zone="Asia/Shanghai"):
    """Make a span from local times as ISO strings; for days the end is the midnight after the last."""
    start, end = (moment and datetime.fromisoformat(moment).replace(tzinfo=ZoneInfo(zone)) for moment in (start, end))
    return Span(start.astimezone(UTC), end and end.astimezone(UTC), precision, zone)


@pytest.mark.parametrize(
    ("start", "end", "chinese", "english"),
    [
        ("2023-10-28", "2023-10-30", "2023年10月28日–29日 周六、周日", "Sat–Sun 28–29 October 2023"),
        ("2023-10-28", "2023-10-29", "2023年10月28日 周六", "Sat 28 October 2023"),
        ("2023-10-27", "2023-10-30", "2023年10月27日–29日 周五至周日", "Fri–Sun 27–29 October 2023"),
        ("2023-09-30", "2023-10-02", "2023年9月30日–10月1日 周六、周日", "Sat 30 September – Sun 1 October 2023"),
        (
            "2023-12-31",
            "2024-01-02",
            "2023年12月31日–2024年1月1日 周日、周一",
            "Sun 31 December 2023 – Mon 1 January 2024",
        ),
        ("2023-05-28", "2024-05-29", "2023年5月28日–2024年5月28日 周日至周二", "Sun 28 May 2023 – Tue 28 May 2024"),
    ],
)
def test_days_are_written_as_people_write_them(start, end, chinese, english):
    span = a_span(start, end)
    assert dates.written(span, "zh-hans") == chinese
    assert dates.written(span, "en") == english


@pytest.mark.parametrize(
    ("moment", "zone", "chinese", "english"),
    [
        (
            "2027-10-01T00:00+02:00",
            "Europe/Berlin",
            "2027年9月30日 周四 24:00，柏林时间 (UTC+2)",
            "Thu 30 September 2027, 24:00, Berlin time (UTC+2)",
        ),
        (
            "2028-02-29T12:00+08:00",
            "Asia/Shanghai",
            "2028年2月29日 周二 12:00，北京时间 (UTC+8)",
            "Tue 29 February 2028, 12:00, China time (UTC+8)",
        ),
    ],
)
def test_what_ends_at_midnight_ends_on_the_day_before(moment, zone, chinese, english):
    moment = datetime.fromisoformat(moment)
    assert dates.written_end(moment, zone, "zh-hans") == chinese
    assert dates.written_end(moment, zone, "en") == english


def test_days_without_weekdays():
    span = a_span("2023-10-28", "2023-10-30")
    assert dates.written(span, "zh-hans", weekdays=False) == "2023年10月28日–29日"
    assert dates.written(span, "en", weekdays=False) == "28–29 October 2023"
    across = a_span("2023-09-30", "2023-10-02")
    assert dates.written(across, "en", weekdays=False) == "30 September – 1 October 2023"


@pytest.mark.parametrize(
    ("start", "end", "chinese", "english"),
    [
        ("2023-10-21T21:30", None, "2023年10月21日 周六 21:30", "Sat 21 October 2023, 21:30"),
        ("2023-10-21T14:00", "2023-10-21T17:30", "2023年10月21日 周六 14:00–17:30", "Sat 21 October 2023, 14:00–17:30"),
        ("2023-10-21T21:30", "2023-10-22T00:00", "2023年10月21日 周六 21:30–24:00", "Sat 21 October 2023, 21:30–24:00"),
        (
            "2023-10-21T21:30",
            "2023-10-22T02:00",
            "2023年10月21日 周六 21:30 – 2023年10月22日 周日 02:00",
            "Sat 21 October 2023, 21:30 – Sun 22 October 2023, 02:00",
        ),
    ],
)
def test_a_known_minute_brings_the_time(start, end, chinese, english):
    span = a_span(start, end, "minute")
    assert dates.written(span, "zh-hans") == chinese
    assert dates.written(span, "en") == english


@pytest.mark.parametrize(
    ("start", "end", "precision", "chinese", "english"),
    [
        ("2023-05-01", "2023-06-01", "month", "2023年5月", "May 2023"),
        ("2023-05-01", "2023-07-01", "month", "2023年5月–6月", "May–June 2023"),
        ("2023-12-01", "2024-02-01", "month", "2023年12月–2024年1月", "December 2023 – January 2024"),
        ("2023-01-01", "2024-01-01", "year", "2023年", "2023"),
        ("2023-01-01", "2025-01-01", "year", "2023–2024年", "2023–2024"),
    ],
)
def test_no_more_is_said_than_is_known(start, end, precision, chinese, english):
    span = a_span(start, end, precision)
    assert dates.written(span, "zh-hans") == chinese
    assert dates.written(span, "en") == english
    assert dates.calendar_span(span) is None


def test_the_day_is_that_of_the_events_own_clock():
    # 23:30 UTC is already the next morning in Shanghai, and still the afternoon in New York.
    moment = datetime(2023, 10, 20, 23, 30, tzinfo=UTC)
    assert dates.first_day(Span(moment, None, "minute")) == date(2023, 10, 21)
    assert dates.first_day(Span(moment, None, "minute", "America/New_York")) == date(2023, 10, 20)


# The forms of https://html.spec.whatwg.org/multipage/text-level-semantics.html#datetime-value that we use.
HTML_DATETIME = re.compile(r"\d{4}(-\d\d(-\d\d(T\d\d:\d\d[+-]\d\d:\d\d)?)?)?")


@pytest.mark.parametrize(
    ("span", "start", "end"),
    [
        (a_span("2023-01-01", "2024-01-01", "year"), "2023", "2023"),
        (a_span("2023-05-01", "2023-07-01", "month"), "2023-05", "2023-06"),
        (a_span("2023-10-28", "2023-10-30"), "2023-10-28", "2023-10-29"),
        (a_span("2023-10-21T21:30", "2023-10-21T23:00", "minute"), "2023-10-21T21:30+08:00", "2023-10-21T23:00+08:00"),
        (a_span("2023-10-21T21:30", None, "minute"), "2023-10-21T21:30+08:00", None),
        (Span(datetime(2023, 10, 21, 13, 30, 15, 999, tzinfo=UTC), None, "minute"), "2023-10-21T21:30+08:00", None),
    ],
)
def test_machines_get_the_precision_that_is_known(span, start, end):
    assert dates.machine(span) == start
    assert dates.machine_end(span) == end
    assert HTML_DATETIME.fullmatch(dates.machine(span))


def test_calendars_get_dates_for_days_and_moments_for_minutes():
    assert dates.calendar_span(a_span("2023-10-28", "2023-10-30")) == (date(2023, 10, 28), date(2023, 10, 30))
    start, end = dates.calendar_span(a_span("2023-10-21T21:30", "2023-10-21T23:00", "minute"))
    assert (start.isoformat(), end.isoformat()) == ("2023-10-21T21:30:00+08:00", "2023-10-21T23:00:00+08:00")
    assert start.tzinfo.key == "Asia/Shanghai"
    assert dates.calendar_span(a_span("2023-10-21T21:30", None, "minute"))[1] is None


@pytest.mark.parametrize(
    ("zone", "at", "chinese", "english"),
    [
        ("Asia/Shanghai", "2023-10-28", "北京时间 (UTC+8)", "China time (UTC+8)"),
        ("Asia/Urumqi", "2023-10-28", "乌鲁木齐时间 (UTC+6)", "Urumqi time (UTC+6)"),
        ("Europe/London", "2023-07-01", "伦敦时间 (UTC+1)", "London time (UTC+1)"),
        ("Europe/London", "2023-12-01", "伦敦时间 (UTC)", "London time (UTC)"),
        ("America/New_York", "2023-12-01", "纽约时间 (UTC−5)", "New York time (UTC−5)"),
        ("Asia/Kolkata", "2023-12-01", "Kolkata 时间 (UTC+5:30)", "Kolkata time (UTC+5:30)"),
        ("America/St_Johns", "2023-12-01", "St Johns 时间 (UTC−3:30)", "St Johns time (UTC−3:30)"),
    ],
)
def test_the_clock_of_the_event_is_named(zone, at, chinese, english):
    moment = datetime.fromisoformat(at).replace(tzinfo=UTC)
    assert dates.zone_label(zone, moment, "zh-hans") == chinese
    assert dates.zone_label(zone, moment, "en") == english


def test_every_length_is_written_in_both_languages_and_ends_on_its_last_day():
    for start in (date(2023, 9, 29), date(2023, 12, 30), date(2024, 2, 28)):
        for length in range(1, 40):
            end = start + timedelta(days=length)
            span = a_span(start.isoformat(), end.isoformat())
            assert dates.last_day(span) == end - timedelta(days=1)
            assert f"{dates.last_day(span).day}日" in dates.written(span, "zh-hans")
            assert dates.written(span, "en").endswith(str(dates.last_day(span).year))


def test_templates_write_dates_in_the_active_language():
    template = Template("{% load dates %}{% time span %} {{ span|when_briefly }} {{ span|zone }} {{ day|day }}")
    context = Context({"span": a_span("2023-10-28", "2023-10-30"), "day": date(2023, 10, 28)})
    with override("zh-hans"):
        assert template.render(context) == (
            '<time datetime="2023-10-28">2023年10月28日–29日 周六、周日</time> '
            "2023年10月28日–29日 北京时间 (UTC+8) 2023年10月28日"
        )
    with override("en"):
        assert "Sat–Sun 28–29 October 2023" in template.render(context)
