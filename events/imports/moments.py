"""Times as people and tools write them. What is not understood comes back as such, never guessed."""

import re
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.utils.translation import gettext_lazy as _

DAY = re.compile(r"\d{4}-\d{1,2}-\d{1,2}")
CLOCK = re.compile(r"(\d{1,2})[:.：](\d{2})(?:[:.]\d{2})?(?:\s*([+-]\d\d:?\d\d))?")
# 28.10.2023, as German tools write it; with slashes, the order of day and month would be a guess.
GERMAN = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})")
# Half a day, before the hour or behind it: 上午9:00, 9:00 AM.
HALF = re.compile(
    r"(?P<zh>上午|早上|中午|下午|晚上)?\s*(?P<hour>\d{1,2})(?P<rest>[:：]\d{2}(?::\d{2})?)\s*(?P<en>[ap]\.?m\.?(?![a-z]))?",
    re.IGNORECASE,
)
# What a programme may be of; beyond it is a slip, or no day at all.
YEARS = range(1970, 2200)


def moment_of(said, day=""):
    """Return the datetime, aware or naive, that a text means; None where it means none.

    `day` is the day that the file says elsewhere, for a text that is only a time.
    """
    if isinstance(said, datetime):
        return said if said.year in YEARS else None
    text = _plainly(said)
    clock = CLOCK.fullmatch(said.strftime("%H:%M") if isinstance(said, time) else text)
    if clock:
        day = DAY.match(_plainly(day))
        text = f"{day[0]} {clock[1]:0>2}:{clock[2]}{clock[3] or ''}" if day else ""
    if DAY.fullmatch(text):
        return None  # a day is no time, and midnight would be a guess
    try:
        moment = datetime.fromisoformat(re.sub(r"\s*([+-]\d\d:?\d\d)$", r"\1", text))
    except ValueError:
        moment = _loosely(text)
    return moment if moment and moment.year in YEARS else None


def _plainly(said):
    """Return a day or moment with the separators of ISO 8601."""
    text = re.sub(r"年|月|(?<=\d)/(?=\d)", "-", str("" if said is None else said))
    text = GERMAN.sub(r"\3-\2-\1", text.replace("日", " ").replace("号", " "))
    return HALF.sub(_in_24_hours, text).strip().replace("Z", "+00:00")


def _in_24_hours(match):
    """Return the hour of a match of `HALF` as a day of 24 hours has it; what says no half stays as it is."""
    half, hour = (match["zh"] or match["en"] or "").lower(), int(match["hour"])
    if not half or hour > 12:
        return match[0]
    is_later = half[0] == "p" or half in ("下午", "晚上") or (half == "中午" and hour < 11)
    is_night = half[0] == "a" or half in ("上午", "早上")
    hour = (hour % 12 + 12) if is_later else hour % 12 if is_night else hour
    return f" {hour:02}{match['rest']}"


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
    """Return the timedelta of minutes, "01:30" (hours first) or "1:02:30" (days first); None for anything else.

    Some tools write "01:30:00" with seconds last; it is known by what cannot be hours of a day.
    """
    if isinstance(said, (int, float)) and not isinstance(said, bool) and 0 <= said < 100_000:
        return timedelta(minutes=said)
    text = str(said or "").strip()
    minutes = re.fullmatch(r"(\d{1,5})(?:\s*min(?:ute)?s?\.?|\s*分钟|\s*分鐘)?", text)
    if minutes:
        return timedelta(minutes=int(minutes[1]))
    match = re.fullmatch(r"(?:(\d{1,3}):)?(\d{1,3}):(\d{1,2})", text)
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
            session.keep("starts", starts, _("no time"))
        return
    if ends:
        session.ends = moment_of(ends, day or f"{session.starts:%Y-%m-%d}")
        if session.ends is None:
            session.keep("ends", ends, _("no time"))
    if length and session.ends is None:
        span = length_of(length)
        if span is None:
            session.keep("duration", length, _("no duration"))
        session.ends = session.starts + span if span else None
    if session.ends and (session.ends.tzinfo is None) != (session.starts.tzinfo is None):
        zone = session.starts.tzinfo or session.ends.tzinfo
        session.starts, session.ends = session.starts.replace(tzinfo=zone), session.ends.replace(tzinfo=zone)
    if session.ends and session.ends <= session.starts:
        if session.ends < session.starts:
            session.keep("ends", ends or length, _("before its start"))
        session.ends = None
