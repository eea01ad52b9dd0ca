"""Submissions as pretalx's API lists them: {"results": [...]}, or the list alone."""

from django.utils.translation import gettext as _

from events.imports.rows import UNSAID, ReadFile, ReadPerson, ReadSession
from events.imports.words import line_of, read_kind, read_language, read_link, read_times, text_of

SOURCE = "pretalx"
LANGUAGES = {"zh-hans": ("zh-hans", "zh-Hans", "zh-cn", "zh", "zh-hant", "zh-tw"), "en": ("en",)}
STANDING = {"accepted", "confirmed", "canceled"}


def read(results):
    """Return the `ReadFile` of a parsed list of submissions."""
    read_file = ReadFile(SOURCE)
    for number, row in enumerate(results, 1):
        where = _("submission %(number)d") % {"number": number}
        if isinstance(row, dict) and line_of(row.get("title")):
            _read_submission(read_file, row, where)
        else:
            read_file.refused.append((where, _("A submission without a title.")))
    return read_file


def _read_submission(read_file, row, where):
    code, state = line_of(row.get("code")), line_of(row.get("state")) or "confirmed"
    where = f"{where} ({code})"
    if state not in STANDING:
        read_file.refused.append((where, _("Not accepted: its state is “%(state)s”.") % {"state": state}))
        return
    title = line_of(row["title"])
    session = ReadSession(code or title[:200], where, {UNSAID: title}, code=code, is_cancelled=state == "canceled")
    abstract, description = text_of(row.get("abstract")), text_of(row.get("description"))
    session.abstracts = {UNSAID: f"{abstract}\n\n{description}".strip()}
    slot = row.get("slot") or next(iter(row.get("slots") or []), {})
    slot = slot if isinstance(slot, dict) else {}
    read_times(session, slot.get("start"), ends=slot.get("end"), length=row.get("duration"))
    read_kind(session, _first(_texts(row.get("submission_type"))))
    read_language(session, row.get("content_locale"))
    session.room = _named(read_file, "rooms", slot.get("room"))
    session.forum = _named(read_file, "forums", row.get("track"))
    session.speakers = []
    for person in row.get("speakers") or []:
        if isinstance(person, dict) and line_of(person.get("name")):
            key = line_of(person.get("code")) or line_of(person["name"])
            bio = text_of(person.get("biography"))
            read_file.people[key] = ReadPerson(key, {UNSAID: line_of(person["name"])}, {UNSAID: bio} if bio else {})
            session.speakers.append(key)
    session.links = []
    for resource in row.get("resources") or []:
        if isinstance(resource, dict):
            read_link(session, "slides", resource.get("resource"), resource.get("description"))
    read_file.add(session)


def _named(read_file, kind, said):
    said = said.get("name") if isinstance(said, dict) and "name" in said else said
    texts = _texts(said)
    key = _first(texts)
    if key:
        getattr(read_file, kind).setdefault(key, texts)
    return key


def _texts(said):
    """Return a text that may be told by language, as ours: {"en": "Talk", "de": "Vortrag"} or "Talk"."""
    if not isinstance(said, dict):
        return {UNSAID: line_of(said)}
    texts = {
        ours: next((line_of(said[one]) for one in theirs if said.get(one)), "") for ours, theirs in LANGUAGES.items()
    }
    return {code: text for code, text in texts.items() if text} or {UNSAID: line_of(_first(said))}


def _first(texts):
    return next((text for text in texts.values() if text), "")
