"""Dates as people write them, in Chinese and English, by the event's own clock.

Every function takes an object with

- `starts_at`: an aware datetime,
- `ends_at`: an aware datetime, or None where the end is not known,
- `precision`: "minute", "day", "month" or "year",
- `time_zone`: an IANA name such as "Asia/Shanghai".

Beyond "minute", `starts_at` is the local midnight that begins the first day,
month or year, and `ends_at` the one that follows the last. A language is
"zh-hans" or "en".
"""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
WEEKDAYS = {
    "zh-hans": ("周一", "周二", "周三", "周四", "周五", "周六", "周日"),
    "en": ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
}
# Until then, a night belongs to the evening before it.
MORNING = time(5)
# Nobody is written to earlier in the day.
WAKING = time(8)
# What people call the clocks the community lives by; any other zone goes by its city.
CLOCKS = {
    "Asia/Shanghai": ("北京时间", "China time"),
    "Asia/Urumqi": ("乌鲁木齐时间", "Urumqi time"),
    "Asia/Hong_Kong": ("香港时间", "Hong Kong time"),
    "Asia/Macau": ("澳门时间", "Macau time"),
    "Asia/Taipei": ("台北时间", "Taipei time"),
    "Asia/Singapore": ("新加坡时间", "Singapore time"),
    "Asia/Tokyo": ("东京时间", "Tokyo time"),
    "Asia/Seoul": ("首尔时间", "Seoul time"),
    "Europe/London": ("伦敦时间", "London time"),
    "Europe/Berlin": ("柏林时间", "Berlin time"),
    "Europe/Paris": ("巴黎时间", "Paris time"),
    "America/New_York": ("纽约时间", "New York time"),
    "America/Los_Angeles": ("洛杉矶时间", "Los Angeles time"),
    "UTC": ("协调世界时", "Coordinated Universal Time"),
}


@dataclass(frozen=True)
class Span:
    """From when until when, to the minute and by which clock: for what is no row with these names."""

    starts_at: datetime
    ends_at: datetime | None
    time_zone: str
    precision: str = "minute"


def once_awake(moment, time_zone):
    """Return an aware moment; where it lies before eight by the clock of that zone, eight o'clock of the same day."""
    local = moment.astimezone(ZoneInfo(time_zone))
    return max(local, datetime.combine(local.date(), WAKING, tzinfo=local.tzinfo))


# Days


def first_day(when):
    """Return the date on which it begins, by its own clock."""
    return when.starts_at.astimezone(ZoneInfo(when.time_zone)).date()


def last_day(when):
    """Return the last date that it reaches, by its own clock; the first where the end is not known.

    An end at midnight belongs to the day before.
    """
    if when.ends_at is None:
        return first_day(when)
    end = when.ends_at.astimezone(ZoneInfo(when.time_zone))
    return max(first_day(when), (end - timedelta(microseconds=1)).date())


# For people


def written(when, language, weekdays=True):
    """Return the date and, at the precision "minute", the time.

    2023年10月28日–29日 周六、周日 · Sat–Sun 28–29 October 2023
    2023年10月21日 周六 21:30–23:00 · Sat 21 October 2023, 21:30–23:00
    2023年5月 · May 2023
    """
    first, last = first_day(when), last_day(when)
    if when.precision == "year":
        return _years(first, last, language)
    if when.precision == "month":
        return _months(first, last, language)
    if when.precision == "minute":
        return _moments(when, language, weekdays)
    return written_days(first, last, language, weekdays)


def written_with_clock(when, language):
    """Return the same, and to the minute by which clock: for who reads it anywhere, say in a mail.

    2023年10月21日 周六 21:30–23:00，北京时间 (UTC+8) · Sat 21 October 2023, 21:30–23:00, China time (UTC+8)
    """
    if when.precision != "minute":
        return written(when, language)
    return f"{written(when, language)}{_before_clock(language)}{zone_label(when.time_zone, when.starts_at, language)}"


def written_end(moment, time_zone, language):
    """Return the moment at which something ends, and by which clock; midnight is told as the end of the day before.

    2023年10月20日 周五 24:00，北京时间 (UTC+8) · Fri 20 October 2023, 24:00, China time (UTC+8)
    """
    span = Span(moment - timedelta(microseconds=1), moment, time_zone)
    day, joint = first_day(span), ", " if language == "en" else " "
    words = f"{written_days(day, day, language)}{joint}{_end_clock(span)}"
    return f"{words}{_before_clock(language)}{zone_label(time_zone, moment, language)}"


def _before_clock(language):
    return ", " if language == "en" else "，"


def written_days(first, last, language, weekdays=True):
    """Return the dates from `first` to `last` in words; both may be the same date."""
    if language == "en":
        return _days_in_english(first, last, weekdays)
    text = f"{first.year}年{first.month}月{first.day}日"
    if last != first:
        year = f"{last.year}年" if last.year != first.year else ""
        month = f"{last.month}月" if year or last.month != first.month else ""
        text = f"{text}–{year}{month}{last.day}日"
    return f"{text} {_weekdays(first, last, language)}" if weekdays else text


def day_of_year(day, language):
    """Return a date without its year, where that is plain: 10月24日, 24 October."""
    return f"{day.day} {_month(day)}" if language == "en" else f"{day.month}月{day.day}日"


def _days_in_english(first, last, weekdays):
    if (first.year, first.month) == (last.year, last.month):
        numbers = f"{first.day}" if first == last else f"{first.day}–{last.day}"
        text = f"{numbers} {_month(first)} {first.year}"
        return f"{_weekdays(first, last, 'en')} {text}" if weekdays else text
    year = f" {first.year}" if first.year != last.year else ""
    return f"{_english_day(first, weekdays)}{year} – {_english_day(last, weekdays)} {last.year}"


def _english_day(day, weekday):
    text = f"{day.day} {_month(day)}"
    return f"{WEEKDAYS['en'][day.weekday()]} {text}" if weekday else text


def _weekdays(first, last, language):
    names = WEEKDAYS[language]
    if first == last:
        return names[first.weekday()]
    chinese_joint = "、" if last - first == timedelta(days=1) else "至"
    joint = "–" if language == "en" else chinese_joint
    return f"{names[first.weekday()]}{joint}{names[last.weekday()]}"


def _moments(when, language, weekdays):
    first, last = first_day(when), last_day(when)
    joint = ", " if language == "en" else " "
    start = f"{written_days(first, first, language, weekdays)}{joint}{_clock(when.starts_at, when)}"
    if when.ends_at is None:
        return start
    if first == last:
        return f"{start}–{_end_clock(when)}"
    return f"{start} – {written_days(last, last, language, weekdays)}{joint}{_end_clock(when)}"


def _clock(moment, when):
    return moment.astimezone(ZoneInfo(when.time_zone)).strftime("%H:%M")


def _end_clock(when):
    clock = _clock(when.ends_at, when)
    return "24:00" if clock == "00:00" else clock


def _months(first, last, language):
    same_year, same_month = first.year == last.year, (first.year, first.month) == (last.year, last.month)
    if language == "en":
        end = f"{_month(last)} {last.year}"
        if same_month:
            return end
        return f"{_month(first)}–{end}" if same_year else f"{_month(first)} {first.year} – {end}"
    start = f"{first.year}年{first.month}月"
    if same_month:
        return start
    return f"{start}–{last.month}月" if same_year else f"{start}–{last.year}年{last.month}月"


def _years(first, last, language):
    text = str(first.year) if first.year == last.year else f"{first.year}–{last.year}"
    return text if language == "en" else f"{text}年"


def _month(day):
    return MONTHS[day.month - 1]


def zone_label(time_zone, at, language):
    """Return the name of the clock and its distance from UTC at a moment: "北京时间 (UTC+8)", "Urumqi time (UTC+6)"."""
    chinese, english = CLOCKS.get(time_zone) or _city_clock(time_zone)
    minutes = round(at.astimezone(ZoneInfo(time_zone)).utcoffset().total_seconds() / 60)
    hours, rest = divmod(abs(minutes), 60)
    sign = "+" if minutes >= 0 else "−"
    offset = f"UTC{sign}{hours}:{rest:02}" if rest else f"UTC{sign}{hours}" if hours else "UTC"
    return f"{english if language == 'en' else chinese} ({offset})"


def _city_clock(time_zone):
    city = time_zone.rsplit("/", 1)[-1].replace("_", " ")
    return f"{city} 时间", f"{city} time"


# For machines


def machine(when):
    """Return the start as HTML's <time datetime> and schema.org want it, to the precision that is known.

    "2023", "2023-05", "2023-10-28", "2023-10-21T21:30+08:00"
    """
    return _machine(when, first_day(when), when.starts_at)


def machine_end(when):
    """Return the end in the same form, the last day counted in; None where it is not known."""
    return when.ends_at and _machine(when, last_day(when), when.ends_at)


def _machine(when, day, moment):
    if when.precision == "minute":
        return moment.astimezone(ZoneInfo(when.time_zone)).isoformat(timespec="minutes")
    return day.isoformat()[: {"year": 4, "month": 7, "day": 10}[when.precision]]


def calendar_span(when):
    """Return (start, end) for a calendar file, or None where the day is not known.

    To the minute: datetimes in the event's zone, the end None where it is not
    known. To the day: dates, the end being the day after the last (RFC 5545, 3.6.1).
    """
    zone = ZoneInfo(when.time_zone)
    if when.precision == "minute":
        return when.starts_at.astimezone(zone), when.ends_at and when.ends_at.astimezone(zone)
    if when.precision == "day":
        return first_day(when), last_day(when) + timedelta(days=1)
    return None
