"""Days, hours and lengths as people write them, with the separators that a computer reads."""

import re
import unicodedata

LONGEST = 100  # characters of a day with both its hours, in words
# 28.10.2023, as German tools write it; with slashes, the order of day and month would be a guess.
GERMAN = re.compile(r"\b(\d{1,2})\.(\d{1,2})\.(\d{4})\b")
DOTTED = re.compile(r"\b(\d{4})\.(\d{1,2})\.(\d{1,2})\b")
WEEKDAY = re.compile(
    r"\(?(?:周|週|星期|礼拜|禮拜)[一二三四五六日天]\)?|\([一二三四五六日]\)|\b(?:mon|tues?|wednes|thurs?|fri|satur|sun)(?:day)?\b\.?,?"
    r"|\b(?:wed|sat)\b\.?,?",
    re.IGNORECASE,
)
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
MONTH = rf"(?P<month>{'|'.join(MONTHS)})[a-z]*\.?"
# 28 October 2023, October 28, 2023
IN_WORDS = [
    re.compile(rf"\b(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s+{MONTH},?\s+(?P<year>\d{{4}})\b", re.IGNORECASE),
    re.compile(rf"\b{MONTH}\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<year>\d{{4}})\b", re.IGNORECASE),
]
# 9点, 9点半, 9时30分
HOUR = re.compile(r"(\d{1,2})\s*[点點时時]\s*(?:(半)|(\d{1,2})\s*分?)?(?!\d)")
# Half a day, before the hour or behind it: 上午9:00, 9:00 AM.
HALF = re.compile(
    r"(?P<zh>上午|早上|中午|下午|晚上)?\s*(?P<hour>\d{1,2})(?P<rest>:\d{2}(?::\d{2})?)\s*(?P<en>[ap]\.?m\.?(?![a-z]))?",
    re.IGNORECASE,
)
# 1 hour, 1小时30分钟, 1h30, 45 min, 40'
LENGTH = re.compile(
    r"(?:(?P<hours>\d{1,3})\s*(?:h|hrs?|hours?|个?小时|個?小時)\.?)?\s*"
    r"(?:(?P<minutes>\d{1,5})\s*(?:m|min(?:ute)?s?|分钟|分鐘|分|['′])?\.?)?",
    re.IGNORECASE,
)


def as_iso(said):
    """Return a day or moment with the separators of ISO 8601; what is none stays what it is, or is empty if long."""
    text = " ".join(unicodedata.normalize("NFKC", str("" if said is None else said)).split())
    if len(text) > LONGEST:
        return ""  # the patterns below would take minutes over a whole page
    text = re.sub(r"年|月|(?<=\d)/(?=\d)", "-", WEEKDAY.sub(" ", text))
    text = re.sub("[日号號]", " ", text)
    text = DOTTED.sub(r"\1-\2-\3", GERMAN.sub(r"\3-\2-\1", text))
    for words in IN_WORDS:
        text = words.sub(_in_numbers, text)
    text = HALF.sub(_in_24_hours, HOUR.sub(_with_colon, text))
    return " ".join(text.split()).replace("Z", "+00:00")


def minutes_of(said):
    """Return the minutes of a length told in hours or minutes, None where it is told otherwise."""
    match = LENGTH.fullmatch(unicodedata.normalize("NFKC", str(said)).strip())
    if match is None or not any(match.groups()):
        return None
    return int(match["hours"] or 0) * 60 + int(match["minutes"] or 0)


def _in_numbers(match):
    return f"{match['year']}-{MONTHS.index(match['month'].lower()[:3]) + 1:02}-{int(match['day']):02}"


def _with_colon(match):
    return f"{match[1]}:{'30' if match[2] else f'{match[3] or 0:0>2}'}"


def _in_24_hours(match):
    """Return the hour of a match of `HALF` as a day of 24 hours has it; what says no half stays as it is."""
    half, hour = (match["zh"] or match["en"] or "").lower(), int(match["hour"])
    if not half or hour > 12:
        return match[0]
    if half == "晚上" and hour == 12:
        return f" 24{match['rest']}"
    is_later = half[0] == "p" or half in ("下午", "晚上") or (half == "中午" and hour < 11)
    is_night = half[0] == "a" or half in ("上午", "早上")
    hour = (hour % 12 + 12) if is_later else hour % 12 if is_night else hour
    return f" {hour:02}{match['rest']}"
