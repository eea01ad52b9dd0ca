"""Sessions as Eventyay (Open Event) exports them: a list with microlocations, or {"data": [...]} (JSON:API)."""

from django.utils.translation import gettext as _

from events.imports.moments import read_times
from events.imports.rows import UNSAID, ReadFile, ReadPerson, ReadSession
from events.imports.texts import line_of, text_of
from events.imports.words import read_kind, read_language, read_level, read_link

SOURCE = "eventyay"
SIGNS = {"start_time", "starts_at", "microlocation", "short_abstract", "long_abstract"}
STANDING = {"", "accepted", "confirmed"}
LINKS = {"slides": "slides", "slides_url": "slides", "video": "recording", "video_url": "recording", "audio": "other"}
# fmt: off
READ = {
    "id", "title", "subtitle", "short_abstract", "long_abstract", "start_time", "starts_at", "end_time", "ends_at",
    "state", "session_type", "track", "microlocation", "speakers", "language", "level", "type",
}
# fmt: on


def is_eventyay(rows):
    """Return whether a parsed list is of this format."""
    row = rows[0] if rows and isinstance(rows[0], dict) else {}
    return row.get("type") == "session" or (bool(SIGNS & set(row)) and "code" not in row)


def flat(whole):
    """Return the rows of a JSON:API document as the plain lists have them, with what they refer to put in."""
    included = whole.get("included") if isinstance(whole.get("included"), list) else []
    known = {_reference(one): _attributes(one) for one in included if isinstance(one, dict)}
    rows = []
    for one in whole["data"]:
        row = _attributes(one) if isinstance(one, dict) else one
        relations = one.get("relationships") if isinstance(one, dict) else None
        for name, relation in (relations if isinstance(relations, dict) else {}).items():
            data = relation.get("data") if isinstance(relation, dict) else None
            many = data if isinstance(data, list) else [data]
            found = [known[_reference(to)] for to in many if isinstance(to, dict) and _reference(to) in known]
            row[name.replace("-", "_")] = found if isinstance(data, list) else next(iter(found), None)
        rows.append(row)
    return rows


def _reference(one):
    return line_of(one.get("type")), line_of(one.get("id"))


def _attributes(one):
    attributes = one.get("attributes") if isinstance(one.get("attributes"), dict) else {}
    return {"id": one.get("id"), **{name.replace("-", "_"): said for name, said in attributes.items()}}


def read(rows):
    """Return the `ReadFile` of a parsed list of sessions."""
    read_file = ReadFile(SOURCE)
    for number, row in enumerate(rows, 1):
        where = _("session %(number)d") % {"number": number}
        if isinstance(row, dict) and line_of(row.get("title")):
            _read_session(read_file, row, where)
        else:
            read_file.refuse(where, _("A session without a title."))
    return read_file


def _read_session(read_file, row, where):
    state = line_of(row.get("state")).lower()
    if state not in STANDING:
        read_file.refuse(where, _("Not accepted: its state is “%(state)s”.") % {"state": state})
        return
    title, number = line_of(row["title"]), line_of(row.get("id"))
    session = ReadSession(f"id {number}" if number else title, where, {UNSAID: title})
    short, long = text_of(row.get("short_abstract")), text_of(row.get("long_abstract"))
    abstract = short if long in short else f"{short}\n\n{long}".strip()
    subtitle = line_of(row.get("subtitle"))
    session.abstracts = {UNSAID: f"**{subtitle}**\n\n{abstract}".strip() if subtitle else abstract}
    starts, ends = row.get("start_time") or row.get("starts_at"), row.get("end_time") or row.get("ends_at")
    read_times(session, starts, ends=ends)
    read_kind(session, _kind(row.get("session_type")))
    read_language(session, row.get("language"))
    read_level(session, row.get("level"))
    session.room = read_file.named("rooms", _name(row.get("microlocation")))
    session.forum = read_file.named("forums", _name(row.get("track")))
    _read_people(read_file, session, row.get("speakers"))
    session.links = []
    for name, kind in LINKS.items():
        read_link(session, kind, row.get(name))
    session.leave((name, said) for name, said in row.items() if name not in READ and name not in LINKS)
    read_file.add(session)


def _kind(said):
    """Return the word for the kind of session; "1 hour session" only tells its length."""
    name = _name(said)
    return "" if any(char.isdigit() for char in name) else name


def _name(said):
    return line_of(said.get("name") if isinstance(said, dict) else said)


def _read_people(read_file, session, speakers):
    session.speakers = []
    for person in speakers if isinstance(speakers, list) else []:
        name = _name(person)
        if not name:
            session.keep("speakers", person, _("no name"))
            continue
        key = line_of(person.get("id")) if isinstance(person, dict) else ""
        bio = text_of(person.get("long_biography") or person.get("short_biography")) if isinstance(person, dict) else ""
        key = f"id {key}" if key else name
        read_file.people.setdefault(key, ReadPerson(key, {UNSAID: name}, {UNSAID: bio} if bio else {}))
        session.speakers += [key] if key not in session.speakers else []
