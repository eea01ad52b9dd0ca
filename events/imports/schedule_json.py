"""schedule.json, as frab, pretalx, Eventyay and the C3VOC write it."""

from django.utils.translation import gettext as _

from events.exports.schedule_json import LINK_TYPES
from events.imports.moments import moment_of, read_times, zone_of
from events.imports.rows import NotReadable, ReadFile, ReadPerson, ReadSession
from events.imports.texts import UNSAID, line_of, text_of, texts_of, title_of
from events.imports.words import read_kind, read_language, read_link

SOURCE = "schedule.json"
KIND_OF_LINK = {word: kind for kind, word in LINK_TYPES.items()}
# What is read of an event, and what only says it again.
# fmt: off
READ = {
    "guid", "id", "code", "date", "start", "end", "duration", "room", "slug", "title", "subtitle", "track", "type",
    "language", "abstract", "description", "persons", "links", "attachments",
}
# fmt: on


def read(whole):
    """Return the `ReadFile` of a parsed file. Raises NotReadable."""
    schedule = whole.get("schedule")
    conference = schedule.get("conference") if isinstance(schedule, dict) else None
    days = conference.get("days") if isinstance(conference, dict) else None
    if not isinstance(days, list):
        found = ", ".join(map(str, schedule)) if isinstance(schedule, (dict, list)) else type(schedule).__name__
        raise NotReadable(
            _("Expected schedule.conference.days; found in “schedule”: %(found)s.") % {"found": found[:200] or "{}"}
        )
    generator = whole.get("generator")
    is_ours = isinstance(generator, dict) and generator.get("name") == "portal"
    read_file = ReadFile(SOURCE, language=_language(conference) if is_ours else "")
    read_file.zone = zone_of(conference.get("time_zone_name"))
    base = line_of(schedule.get("base_url") or conference.get("url"))
    for event, day, room, where in _events(read_file, days):
        _read_event(read_file, event, day, room, where, is_ours, base)
    return read_file


def _events(read_file, days):
    """Yield (event, day, room, where) of all days; what has another shape is refused by its place."""
    for number, day in enumerate(days, 1):
        date = line_of(day.get("date")) if isinstance(day, dict) else ""
        rooms = day.get("rooms") if isinstance(day, dict) else None
        if isinstance(rooms, list):
            rooms = {line_of(room.get("name")): room.get("events") for room in rooms if isinstance(room, dict)}
        if not isinstance(rooms, dict):
            read_file.refuse(date or _("day %(number)d") % {"number": number}, _("A day without rooms."))
            continue
        for room, events in rooms.items():
            if not isinstance(events, list):
                read_file.refuse(f"{date} · {line_of(room)}", _("A room without a list of events."))
                continue
            for place, event in enumerate(events, 1):
                yield event, date, room, f"{date} · {line_of(room)} · {place}"


def _language(conference):
    address = str(conference.get("url") or "")
    return next((code for code in ("zh-hans", "en") if f"/{code}/conferences/" in address), "")


def _read_event(read_file, event, day, room, where, is_ours, base):
    titles = texts_of(event.get("title"), title_of if is_ours else line_of) if isinstance(event, dict) else {}
    if not any(titles.values()):
        read_file.refuse(where, _("An event without a title."))
        return
    title, guid, code = next(filter(None, titles.values())), line_of(event.get("guid")), line_of(event.get("code"))
    key = guid or (f"id {line_of(event['id'])}" if event.get("id") else "") or code or f"{title} {event.get('date')}"
    session = ReadSession(key, where, titles, uuid=guid, code=code)
    session.abstracts = _abstracts(event, is_ours)
    date = event.get("date")
    if moment_of(date):
        read_times(session, date, ends=event.get("end"), length=event.get("duration"))
    else:
        day = line_of(date) or day
        read_times(session, event.get("start") or date, ends=event.get("end"), length=event.get("duration"), day=day)
    read_kind(session, next(filter(None, texts_of(event.get("type")).values()), ""))
    read_language(session, event.get("language"))
    session.room = read_file.named_in("rooms", texts_of(event.get("room") or room))
    session.forum = read_file.named_in("forums", texts_of(event.get("track")))
    _read_people(read_file, session, event.get("persons"))
    _read_links(session, event, is_ours, base)
    if not is_ours:
        session.leave((name, said) for name, said in event.items() if name not in READ)
    read_file.add(session)


def _abstracts(event, is_ours):
    """Return the abstracts by language, each with the subtitle before and the description behind it."""
    subtitles = texts_of(event.get("subtitle"))
    abstracts = texts_of(event.get("abstract"), lambda said: text_of(said, is_ours))
    descriptions = texts_of(event.get("description"), text_of)
    whole = {}
    for code in {**subtitles, **abstracts, **descriptions}:
        subtitle, abstract, description = (texts.get(code, "") for texts in (subtitles, abstracts, descriptions))
        if description and description not in abstract:
            abstract = f"{abstract}\n\n{description}".strip()
        whole[code] = f"**{subtitle}**\n\n{abstract}".strip() if subtitle else abstract
    return whole if any(whole.values()) else {UNSAID: ""}


def _read_people(read_file, session, persons):
    session.speakers = []
    for person in persons if isinstance(persons, list) else []:
        person = person if isinstance(person, dict) else {"name": person}
        name = line_of(person.get("name") or person.get("public_name") or person.get("full_public_name"))
        if not name:
            session.keep("persons", person.get("id") or person.get("code"), _("a person without a name"))
            continue
        key = line_of(person.get("guid") or person.get("code") or person.get("id")) or name
        bio = text_of(person.get("biography") or person.get("description"))
        read_file.people.setdefault(key, ReadPerson(key, {UNSAID: name}, {UNSAID: bio} if bio else {}))
        if key not in session.speakers:
            session.speakers.append(key)
        if person.get("avatar") or person.get("avatar_url"):
            read_file.remark(_("Portraits are on another host and were not fetched."))


def _read_links(session, event, is_ours, base):
    session.links = []
    for group, known in (("links", None), ("attachments", "slides")):
        links = event.get(group)
        for link in links if isinstance(links, list) else []:
            link = link if isinstance(link, dict) else {"url": link}
            kind = KIND_OF_LINK.get(line_of(link.get("type"))) if is_ours else known
            read_link(session, kind, link.get("url"), link.get("title"), base)
