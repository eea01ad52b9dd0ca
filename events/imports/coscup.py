"""session.json, as COSCUP publishes it: sessions, speakers, rooms and tracks by id, in Chinese and English."""

from django.utils.translation import gettext as _

from events.imports.rows import ReadFile, ReadPerson, ReadSession
from events.imports.words import LEVELS, line_of, read_language, read_level, read_link, read_times, text_of
from events.models import Session

SOURCE = "coscup"
LANGUAGES = {"zh-hans": "zh", "en": "en"}
LINKS = {"slide": "slides", "record": "recording", "co_write": "transcript", "qa": "other"}


def read(whole):
    """Return the `ReadFile` of a parsed file."""
    read_file = ReadFile(SOURCE)
    for name, of_file in (("rooms", read_file.rooms), ("session_types", read_file.forums)):
        for row in _rows(whole.get(name)):
            of_file[line_of(row.get("id"))] = _texts(row, "name", line_of)
    for row in _rows(whole.get("speakers")):
        key = line_of(row.get("id"))
        read_file.people[key] = ReadPerson(key, _texts(row, "name", line_of), _texts(row, "bio", text_of))
    for number, row in enumerate(whole["sessions"], 1):
        _read_session(read_file, row, _("session %(number)d") % {"number": number})
    if any(row.get("avatar") for row in _rows(whole.get("speakers"))):
        read_file.remarks.append(_("Portraits are on another host and were not fetched."))
    return read_file


def _rows(rows):
    return [row for row in rows if isinstance(row, dict) and row.get("id")] if isinstance(rows, list) else []


def _texts(row, name, clean):
    parts = {code: row.get(theirs) for code, theirs in LANGUAGES.items()}
    return {code: clean(part.get(name)) for code, part in parts.items() if isinstance(part, dict)}


def _read_session(read_file, row, where):
    titles = _texts(row, "title", line_of) if isinstance(row, dict) else {}
    if not any(titles.values()):
        read_file.refused.append((where, _("A session without a title.")))
        return
    code = line_of(row.get("id"))
    where = f"{where} ({code})"
    key = code or f"{next(filter(None, titles.values()))} {row.get('start')}"
    session = ReadSession(key[:200], where, titles, _texts(row, "description", text_of), code=code)
    session.kind = Session.Kind.TALK
    read_times(session, row.get("start"), ends=row.get("end"))
    read_language(session, row.get("language"))
    tags = row.get("tags") if isinstance(row.get("tags"), list) else []
    read_level(session, next((tag for tag in tags if str(tag).lower() in LEVELS), ""))
    session.room = _known(read_file, session, "rooms", row.get("room"))
    session.forum = _known(read_file, session, "forums", row.get("type"))
    session.speakers = []
    for speaker in row.get("speakers") if isinstance(row.get("speakers"), list) else []:
        if speaker in read_file.people:
            session.speakers.append(speaker)
        else:
            session.keep("speakers", speaker, _("not among the speakers of the file"))
    session.links = []
    for name, kind in LINKS.items():
        read_link(session, kind, row.get(name))
    read_file.add(session)


def _known(read_file, session, kind, key):
    """Return the key of a room or track; one that the file does not list is known by its key."""
    key = line_of(key)
    return key if not key or key in getattr(read_file, kind) else read_file.named(kind, key)
