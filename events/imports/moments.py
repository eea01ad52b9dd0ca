"""Times as people and tools write them. What is not understood comes back as such, never guessed."""

import re
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.utils.translation import gettext_lazy as _

from events.imports.as_iso import as_iso, minutes_of

DAY = re.compile(r"\d{4}-\d{1,2}-\d{1,2}")
CLOCK = re.compile(r"(\d{1,2})[:.](\d{2})(?:[:.]\d{2})?(?:\s*([+-]\d\d:?\d\d))?")
# What a programme may be of; beyond it is a slip, or no day at all.
YEARS = range(1970, 2200)
# Seconds or milliseconds since 1970, as computers tell a time: of the years 2001 to 2033.
SINCE_1970 = re.compile(r"(1\d{9})(?:\.0|\d{3})?")
# What ends before it begins, by clocks alone, ends in the morning after; beyond this length it is a slip.
LONGEST_NIGHT = timedelta(hours=12)


def moment_of(said, day=""):
    """Return the datetime, aware or naive, that a text means; None where it means none.

    `day` is the day that the file says elsewhere, for a text that is only a time.
    """
    if isinstance(said, datetime):
        return said if said.year in YEARS else None
    text = _text_of(said)
    clock = CLOCK.fullmatch(text)
    if clock:
        day = DAY.match(as_iso(day))
        text = f"{day[0]} {clock[1]:0>2}:{clock[2]}{clock[3] or ''}" if day else ""
    if DAY.fullmatch(text):
        return None  # a day is no time, and midnight would be a guess
    seconds = SINCE_1970.fullmatch(text)
    if seconds:
        return datetime.fromtimestamp(int(seconds[1]), UTC)
    text, midnights = re.subn(r"(?<!\d)24:00(?::00)?(?!\d)", "00:00", text)
    try:
        moment = datetime.fromisoformat(re.sub(r"\s*([+-]\d\d:?\d\d)$", r"\1", text))
    except ValueError:
        moment = _loosely(text)
    return moment + timedelta(days=midnights) if moment and moment.year in YEARS else None


def _text_of(said):
    return said.strftime("%H:%M") if isinstance(said, time) else as_iso(said)


def _loosely(text):
    """Return the datetime of a text in which zeros before the numbers are missing, or None."""
    match = re.fullmatch(r"(\d{4})-(\d{1,2})-(\d{1,2})[ T]+(\d{1,2}):(\d{2})(?::\d{2})?([+-]\d\d:?\d\d)?", text)
    if match is None:
        return None
    year, month, day, hour, minute, zone = match.groups()
    try:
        return datetime.fromisoformat(f"{year}-{month:0>2}-{day:0>2} {hour:0>2}:{minute}{zone or ''}")
    except ValueError:
        return None


def length_of(said):
    """Return the timedelta of minutes, "1 h", "01:30" (hours first) or "1:02:30" (days first); None for anything else.

    Some tools write "01:30:00" with seconds last; it is known by what cannot be hours of a day.
    """
    if isinstance(said, time):
        return timedelta(hours=said.hour, minutes=said.minute)
    if isinstance(said, timedelta):
        return said
    if isinstance(said, (int, float)) and not isinstance(said, bool):
        return timedelta(minutes=said) if 1 <= said < 100_000 or said == 0 else None
    minutes = minutes_of(said or "")
    if minutes is not None:
        return timedelta(minutes=minutes)
    match = re.fullmatch(r"(?:(\d{1,3}):)?(\d{1,3}):(\d{1,2})", str(said or "").strip())
    if match is None:
        return None
    days, hours, minutes = (int(part or 0) for part in match.groups())
    if match[1] and hours >= 24 and minutes == 0:
        days, hours, minutes = 0, days, hours
    return timedelta(days=days, hours=hours, minutes=minutes)


def zone_of(name):
    """Return the time zone of a name such as Europe/Berlin; None for anything else."""
    try:
        return ZoneInfo(str(name or "").strip() or "-")
    except (ValueError, OSError, KeyError):
        return None


def read_times(session, starts, *, ends=None, length=None, day=""):
    """Set when a session is, by its start and its end or length; what is no time is kept, and told."""
    session.starts = moment_of(starts, day)
    if session.starts is None:
        if starts:
            session.keep("starts", starts, _("not a time"))
        return
    if ends:
        session.ends = moment_of(ends, day or f"{session.starts:%Y-%m-%d}")
        if session.ends is None:
            session.keep("ends", ends, _("not a time"))
    if length and session.ends is None:
        span = length_of(length)
        if span is None:
            session.keep("duration", length, _("not a duration"))
        session.ends = session.starts + span if span else None
    if session.ends and (session.ends.tzinfo is None) != (session.starts.tzinfo is None):
        zone = session.starts.tzinfo or session.ends.tzinfo
        session.starts, session.ends = session.starts.replace(tzinfo=zone), session.ends.replace(tzinfo=zone)
    if session.ends and session.ends < session.starts and CLOCK.fullmatch(_text_of(ends)):
        morning_after = session.ends + timedelta(days=1)
        session.ends = morning_after if morning_after - session.starts <= LONGEST_NIGHT else session.ends
    if session.ends and session.ends <= session.starts:
        if session.ends < session.starts:
            session.keep("ends", ends or length, _("before its start"))
        session.ends = None
