"""schedule.json, as frab, pretalx and the C3VOC write it."""

from django.utils.translation import gettext as _

from events.exports.schedule_json import LINK_TYPES
from events.imports.rows import UNSAID, NotReadable, ReadFile, ReadPerson, ReadSession
from events.imports.words import line_of, read_kind, read_language, read_link, read_times, text_of

SOURCE = "schedule.json"
KIND_OF_LINK = {word: kind for kind, word in LINK_TYPES.items()}


def read(whole):
    """Return the `ReadFile` of a parsed file. Raises NotReadable."""
    schedule = whole.get("schedule")
    conference = schedule.get("conference") if isinstance(schedule, dict) else None
    days = conference.get("days") if isinstance(conference, dict) else None
    if not isinstance(days, list):
        raise NotReadable(_("Expected schedule.conference.days; found none."))
    generator = whole.get("generator")
    is_ours = isinstance(generator, dict) and generator.get("name") == "portal"
    read_file = ReadFile(SOURCE, language=_language(conference) if is_ours else "")
    for day in days:
        rooms = day.get("rooms") if isinstance(day, dict) else None
        for name, events in (rooms if isinstance(rooms, dict) else {}).items():
            for number, event in enumerate(events if isinstance(events, list) else [], 1):
                _read_event(read_file, event, name, f"{day.get('date')} · {name} · {number}", is_ours)
    return read_file


def _language(conference):
    address = str(conference.get("url") or "")
    return next((code for code in ("zh-hans", "en") if f"/{code}/conferences/" in address), "")


def _read_event(read_file, event, room, where, is_ours):
    if not isinstance(event, dict) or not line_of(event.get("title")):
        read_file.refused.append((where, _("An event without a title.")))
        return
    title, guid, code = line_of(event["title"]), line_of(event.get("guid")), line_of(event.get("code"))
    key = guid or (f"id {event['id']}" if event.get("id") else "") or code or f"{title} {event.get('date')}"
    session = ReadSession(key[:200], where, {UNSAID: title}, uuid=guid, code=code)
    abstract, description = text_of(event.get("abstract"), is_ours), text_of(event.get("description"))
    if description and description not in abstract:
        abstract = f"{abstract}\n\n{description}".strip()
    subtitle = line_of(event.get("subtitle"))
    session.abstracts = {UNSAID: f"**{subtitle}**\n\n{abstract}".strip() if subtitle else abstract}
    read_times(session, event.get("date"), ends=event.get("end"), length=event.get("duration"))
    read_kind(session, event.get("type"))
    read_language(session, event.get("language"))
    session.room = read_file.named("rooms", event.get("room") or room)
    session.forum = read_file.named("forums", event.get("track"))
    _read_people(read_file, session, event.get("persons"))
    _read_links(session, event, is_ours)
    read_file.add(session)


def _read_people(read_file, session, persons):
    session.speakers = []
    for person in persons if isinstance(persons, list) else []:
        person = person if isinstance(person, dict) else {"name": person}
        name = line_of(person.get("name") or person.get("public_name") or person.get("full_public_name"))
        if not name:
            continue
        key = line_of(person.get("guid") or person.get("code") or person.get("id")) or name
        bio = text_of(person.get("biography") or person.get("description"))
        read_file.people.setdefault(key, ReadPerson(key, {UNSAID: name}, {UNSAID: bio} if bio else {}))
        if key not in session.speakers:
            session.speakers.append(key)


def _read_links(session, event, is_ours):
    session.links = []
    for group, known in (("links", None), ("attachments", "slides")):
        links = event.get(group)
        for link in links if isinstance(links, list) else []:
            link = link if isinstance(link, dict) else {"url": link}
            kind = KIND_OF_LINK.get(link.get("type")) if is_ours else known
            read_link(session, kind, link.get("url"), link.get("title"))
