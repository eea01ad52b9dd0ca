"""session.json, as COSCUP and SITCON publish it: sessions, speakers, rooms and tracks by id, in Chinese and English."""

from django.utils.translation import gettext as _

from events.imports.moments import read_times
from events.imports.rows import NotReadable, ReadFile, ReadPerson, ReadSession
from events.imports.texts import UNSAID, line_of, text_of, texts_of
from events.imports.words import LEVELS, kind_of, read_language, read_level, read_link
from events.models import Session

SOURCE = "coscup"
LANGUAGES = {"zh-hans": "zh", "en": "en"}
LINKS = {"slide": "slides", "record": "recording", "live": "other", "co_write": "transcript", "qa": "other"}
READ = ("id", "zh", "en", "start", "end", "language", "room", "type", "speakers", "speaker", "tags", *LINKS)


def is_coscup(rows):
    """Whether a list holds sessions whose texts are told by language, as both wrote when that was the whole file."""
    return any(isinstance(row, dict) and any(_texts(row, "title", line_of).values()) for row in rows)


def read(whole):
    """Return the `ReadFile` of a parsed file. Raises NotReadable."""
    rows = whole["sessions"]
    if not any(_texts(row, "title", line_of) for row in rows if isinstance(row, dict)):
        found = ", ".join(map(str, rows[0])) if rows and isinstance(rows[0], dict) else _("nothing")
        raise NotReadable(_("Expected sessions with “zh” or “en” in them; found: %(found)s.") % {"found": found[:200]})
    read_file = ReadFile(SOURCE)
    for name, of_file in (("rooms", read_file.rooms), ("session_types", read_file.forums)):
        for row in _rows(whole.get(name)):
            of_file[line_of(row.get("id"))] = _texts(row, "name", line_of)
    for row in _rows(whole.get("speakers")):
        key = line_of(row.get("id"))
        read_file.people[key] = ReadPerson(key, _texts(row, "name", line_of), _texts(row, "bio", text_of))
        if row.get("avatar"):
            read_file.remark(_("Portraits are on another host and were not fetched."))
    tags = {line_of(row["id"]): _texts(row, "name", line_of) for row in _rows(whole.get("tags"))}
    has_tracks = bool(read_file.forums)
    for number, row in enumerate(rows, 1):
        _read_session(read_file, row, _("session %(number)d") % {"number": number}, tags, has_tracks)
    return read_file


def _rows(rows):
    return [row for row in rows if isinstance(row, dict) and row.get("id")] if isinstance(rows, list) else []


def _texts(row, name, clean):
    parts = {code: row.get(theirs) for code, theirs in LANGUAGES.items()}
    return {code: clean(part.get(name)) for code, part in parts.items() if isinstance(part, dict)}


def _read_session(read_file, row, where, tags, has_tracks):
    titles = _texts(row, "title", line_of) if isinstance(row, dict) else {}
    if not any(titles.values()):
        read_file.refuse(where, _("A session without a title."))
        return
    code = line_of(row.get("id"))
    where = f"{where} ({code})"
    key = code or f"{next(filter(None, titles.values()))} {row.get('start')}"
    summaries = _texts(row, "summary", text_of)
    abstracts = {code: text or summaries[code] for code, text in _texts(row, "description", text_of).items()}
    session = ReadSession(key, where, titles, abstracts, uuid=code, code=code)
    read_times(session, row.get("start"), ends=row.get("end"))
    read_language(session, row.get("language"))
    _read_tags(session, row.get("tags"), tags)
    session.room = _known(read_file, session, "rooms", row.get("room"))
    # Where a file lists no tracks, a type is one only if it is no kind of session: 演講, Workshop.
    kind = None if has_tracks else kind_of(row.get("type"))
    session.kind = kind or Session.Kind.TALK
    session.forum = "" if kind else _known(read_file, session, "forums", row.get("type"))
    _read_people(read_file, session, row)
    session.links = []
    for name, kind in LINKS.items():
        read_link(session, kind, row.get(name))
    session.leave((name, said) for name, said in row.items() if name not in READ)
    read_file.add(session)


def _read_people(read_file, session, row):
    """Set the speakers: keys of those that the file lists, or, in older files, whole people."""
    session.speakers, told = [], row.get("speakers", row.get("speaker"))
    for speaker in told if isinstance(told, list) else [told] if told else []:
        key = line_of(speaker)
        if isinstance(speaker, dict):
            names = _texts(speaker, "name", line_of) or {UNSAID: line_of(speaker.get("name"))}
            key = line_of(speaker.get("id")) or next(filter(None, names.values()), "")
            bios = _texts(speaker, "bio", text_of) or {UNSAID: text_of(speaker.get("bio"))}
            read_file.people.setdefault(key, ReadPerson(key, names, bios))
        if key in read_file.people and any(read_file.people[key].names.values()):
            session.speakers += [key] if key not in session.speakers else []
        else:
            session.keep("speakers", speaker, _("not among the speakers of the file"))


def _read_tags(session, said, tags):
    """Set the level, which COSCUP tells by a tag; the other tags are kept in words."""
    said = list(map(line_of, said)) if isinstance(said, list) else []
    level = next((tag for tag in said if tag.lower() in LEVELS), "")
    read_level(session, level)
    session.leave(("tags", " / ".join(filter(None, tags.get(tag, {}).values())) or tag) for tag in said if tag != level)


def _known(read_file, session, kind, key):
    """Return the key of a room or track; one that the file does not list, or lists without a name, is its own name."""
    if isinstance(key, dict):
        return read_file.named_in(kind, texts_of(key))
    key = line_of(key)
    known = getattr(read_file, kind)
    if key and key in known and not any(known[key].values()):
        del known[key]
    return key if not key or key in known else read_file.named(kind, key)
