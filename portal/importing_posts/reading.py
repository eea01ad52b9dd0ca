"""A folder to its posts. Nothing outside the folder is read, whatever a file or a link in it says."""

import contextlib
import re
from dataclasses import dataclass, field
from datetime import date, datetime
from email.utils import parsedate_to_datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from portal.folders import files_within
from portal.importing_posts.frontmatter import NotAPost, decoded, read

SUFFIXES = {".md", ".markdown", ".mdown", ".mkd", ".html", ".htm"}
LARGEST = 2 * 2**20  # bytes
DATED_NAME = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})[-_]?(.*)")
DATE = re.compile(
    r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?"
    r"(?:[T\s]+(\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?\s*([AaPp][Mm])?\s*(Z|UTC|[+-]\d{2}:?\d{2})?)?\s*"
)
NOT_POSTS = re.compile(r"(?:readme|license|changelog|contributing|code_of_conduct|summary|_index)\.", re.IGNORECASE)


@dataclass
class Post:
    """One file: `path` within the folder with plain slashes, what it says, its text from `first_line` on.

    `notes` are pairs of (line, words) on what could not be read as it was meant.
    """

    path: str
    file: Path
    said: dict
    body: str
    first_line: int
    notes: list = field(default_factory=list)
    lines: dict = field(default_factory=dict)  # name in the front matter -> its line
    is_naive: bool = False

    def note(self, name, words):
        """Note what could not be taken over of a value of the front matter."""
        self.notes.append((self.lines.get(name, 1), f"{name}: {words}" if name else words))

    def text(self, *names):
        """Return the first of these values that says something, as one line of text."""
        for name in names:
            value = self.said.get(name, "")
            if isinstance(value, (list, dict)):
                value = ", ".join(map(_words, value)) if isinstance(value, list) else _words(value)
            if isinstance(value, str) and value.strip() and value.strip() not in ("null", "~"):
                return " ".join(value.split())
        return ""

    def list(self, *names):
        """Return the first of these values that says something, as a list of texts: of a list, or of "one, another"."""
        for name in names:
            value = self.said.get(name)
            if isinstance(value, str):
                value = re.split(r"\s*[,，、;；]\s*", value.strip("[] "))
            found = [one for item in value or [] for one in [_words(item)] if one and one not in ("null", "~")]
            if found:
                return found
        return []


@dataclass(frozen=True)
class Refusal:
    path: str
    line: int
    why: str


def posts_in(folder):
    """Return (the list of `Post`, the list of `Refusal`) of a folder, in order of their paths.

    Raises NotADirectoryError where it is none, another OSError where it may not be read.
    """
    root = Path(folder).resolve()
    if not root.is_dir():
        raise NotADirectoryError(folder)
    posts, refused = [], []
    for file in files_within(root):
        path = file.relative_to(root).as_posix()
        if file.suffix.lower() not in SUFFIXES or _is_hidden(path) or NOT_POSTS.match(file.name):
            continue
        try:
            posts.append(_post(root, file, path))
        except NotAPost as reason:
            refused.append(Refusal(path, reason.line, str(reason)))
        except OSError as problem:
            refused.append(Refusal(path, 1, f"it cannot be read: {problem.strerror}"))
    return posts, refused


def is_within(root, file):
    """Whether a path, with every link in it followed, stays in the folder."""
    return file.resolve().is_relative_to(root)


def moment(text):
    """Return (datetime or None, whether the time of day is told) of a date as people write it; naive without a zone.

    >>> moment("2023年10月21日")
    (datetime.datetime(2023, 10, 21, 0, 0), False)
    """
    text, zone_name = _without_zone_name(text.strip())
    found = DATE.fullmatch(text)
    if found is None:
        return _in_english(text)
    year, month, day, hour, minute, second, half, zone = found.groups()
    if half and hour and int(hour) <= 12:
        hour = int(hour) % 12 + (12 if half[0] in "pP" else 0)
    written = f"{year}-{int(month):02}-{int(day):02}T{int(hour or 0):02}:{minute or '00'}:{second or '00'}"
    try:
        read_moment = datetime.fromisoformat(written + (zone or "").replace("UTC", "Z"))
    except ValueError:
        return None, False
    return read_moment if zone_name is None else read_moment.replace(tzinfo=zone_name), hour is not None


def _without_zone_name(text):
    """Return a date without the zone that is called by its name, and that zone or None: … 09:00 Asia/Shanghai."""
    before, _space, name = text.rpartition(" ")
    if re.fullmatch(r"[A-Z]\w+/\w+", name):
        with contextlib.suppress(KeyError, ValueError, OSError):
            return before.strip(), ZoneInfo(name)
    return text, None


def _in_english(text):
    """Return the same as `moment` of a date in English words: of a mail, or with the name of its month."""
    if re.match(r"[A-Z][a-z]{2}, \d", text):
        with contextlib.suppress(ValueError):
            return parsedate_to_datetime(text), True
    words = re.sub(r"(?<=\d)(?:st|nd|rd|th)\b|,", " ", text).split()
    for order in ("%B %d %Y", "%b %d %Y", "%d %B %Y", "%d %b %Y"):
        with contextlib.suppress(ValueError):
            return datetime.strptime(" ".join(words), order), False
    return None, False


def day_of_name(path):
    """Return (the day that a file's name begins with or None, the rest of the name)."""
    stem = Path(path).stem
    found = DATED_NAME.fullmatch(stem)
    if found is None:
        return None, stem
    try:
        return date(int(found[1]), int(found[2]), int(found[3])), found[4]
    except ValueError:
        return None, stem


def _post(root, file, path):
    if not is_within(root, file):
        raise NotAPost("it is a link that leads out of the folder")
    if not file.is_file():
        raise NotAPost("it is no file")
    if file.stat().st_size > LARGEST:
        raise NotAPost(f"it is larger than {LARGEST // 2**20} MB")
    found = read(decoded(file.read_bytes()))
    if not found.said and not found.body.strip():
        raise NotAPost("it is empty")
    return Post(path, file, found.said, found.body, found.first_line, list(found.remarks), found.lines)


def _is_hidden(path):
    return any(part.startswith(".") or part == "node_modules" for part in path.split("/"))


def _words(item):
    """Return an item of a list as text; of {name: …} the name, of nested lists all of it."""
    if isinstance(item, dict):
        named = item.get("name") or item.get("title") or item.get("url") or item.get("src") or item.get("path")
        return _words(named) if named else ", ".join(f"{key}: {_words(value)}" for key, value in item.items())
    if isinstance(item, list):
        return "/".join(map(_words, item))
    return " ".join(str(item).split())
