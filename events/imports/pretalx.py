"""Submissions as pretalx's API lists them, {"results": [...]} or the list alone, and slots of its schedules."""

from django.utils.translation import gettext as _

from events.imports.moments import read_times
from events.imports.rows import UNSAID, NotReadable, ReadFile, ReadPerson, ReadSession
from events.imports.texts import line_of, text_of, texts_of
from events.imports.words import read_kind, read_language, read_link

SOURCE = "pretalx"
STANDING = {"accepted", "confirmed", "canceled"}
# fmt: off
READ = {
    "code", "title", "state", "abstract", "description", "duration", "slot", "slots", "submission_type",
    "content_locale", "track", "speakers", "resources", "submission_type_id", "track_id", "slot_count",
}
# fmt: on


def read(results):
    """Return the `ReadFile` of a parsed list of submissions. Raises NotReadable."""
    if not any(isinstance(row, dict) and row.get("title") for row in results):
        first = results[0] if results else _("nothing")
        found = ", ".join(map(str, first)) if isinstance(first, dict) else str(first)
        sentence = _("Expected a list of submissions with a “title”; found: %(found)s.")
        raise NotReadable(sentence % {"found": found[:200]})
    read_file = ReadFile(SOURCE)
    for number, row in enumerate(results, 1):
        where = _("submission %(number)d") % {"number": number}
        if isinstance(row, dict) and any(texts_of(row.get("title")).values()):
            _read_submission(read_file, row, where)
        else:
            read_file.refuse(where, _("A submission without a title."))
    return read_file


def submissions_of(slots):
    """Return the submissions of a schedule's slots, each with its slot; a break is known by its words alone."""
    found = []
    for slot in slots:
        row = slot.get("submission") if isinstance(slot, dict) else None
        if isinstance(row, dict):
            found.append({**row, "slot": slot})
        elif isinstance(slot, dict) and isinstance(slot.get("description"), (dict, str)) and not row:
            found.append({"title": slot["description"], "submission_type": "break", "slot": slot})
        else:
            found.append({"slot": slot})
    return found


def _read_submission(read_file, row, where):
    code, state = line_of(row.get("code")), line_of(row.get("state")) or "confirmed"
    where = f"{where} ({code})" if code else where
    if state not in STANDING:
        read_file.refuse(where, _("Not accepted: its state is “%(state)s”.") % {"state": state})
        return
    titles = texts_of(row["title"])
    slots = row.get("slots") if isinstance(row.get("slots"), list) else []
    slot = row.get("slot") or next(iter(slots), None) or {}
    title = next(filter(None, titles.values()))
    key = code or (f"{title} {slot.get('start')}" if isinstance(slot, dict) else title)
    session = ReadSession(key, where, titles, code=code, is_cancelled=state == "canceled")
    abstract, description = text_of(row.get("abstract")), text_of(row.get("description"))
    session.abstracts = {UNSAID: f"{abstract}\n\n{description}".strip()}
    if not isinstance(slot, dict):
        session.keep("slots", slot, _("only a number; ask the API for it with “expand”"))
        slot = {}
    session.leave(("slots", one) for one in slots[1:])
    read_times(session, slot.get("start"), ends=slot.get("end"), length=row.get("duration"))
    read_kind(session, next(filter(None, _name(session, "kind", row.get("submission_type")).values()), ""))
    read_language(session, row.get("content_locale"))
    session.room = read_file.named_in("rooms", _name(session, "room", slot.get("room")))
    session.forum = read_file.named_in("forums", _name(session, "forum", row.get("track")))
    _read_people(read_file, session, row.get("speakers"))
    _read_resources(session, row.get("resources"))
    session.leave((name, said) for name, said in row.items() if name not in READ)
    read_file.add(session)


def _name(session, field, said):
    """Return the name of a room, track or type by language; one that is a mere number is kept in words."""
    said = said.get("name") if isinstance(said, dict) and "name" in said else said
    if isinstance(said, int) and not isinstance(said, bool):
        session.keep(field, said, _("only a number; ask the API for it with “expand”"))
        return {UNSAID: ""}
    return texts_of(said)


def _read_people(read_file, session, speakers):
    session.speakers = []
    for person in speakers if isinstance(speakers, list) else []:
        name = line_of(person.get("name")) if isinstance(person, dict) else ""
        if not name:
            session.keep("speakers", person, _("no name; ask the API for it with “expand”"))
            continue
        key = line_of(person.get("code")) or name
        bio = text_of(person.get("biography"))
        read_file.people.setdefault(key, ReadPerson(key, {UNSAID: name}, {UNSAID: bio} if bio else {}))
        session.speakers += [key] if key not in session.speakers else []
        if person.get("avatar") or person.get("avatar_url"):
            read_file.remark(_("Portraits are on another host and were not fetched."))


def _read_resources(session, resources):
    session.links = []
    for resource in resources if isinstance(resources, list) else []:
        if isinstance(resource, dict):
            read_link(session, "slides", resource.get("resource") or resource.get("link"), resource.get("description"))
        else:
            session.keep("resources", resource, _("only a number; ask the API for it with “expand”"))
