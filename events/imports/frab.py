"""schedule.xml, as pentabarf, frab, pretalx, wafer and the C3VOC write it."""

from datetime import timedelta

from django.utils.translation import gettext as _
from lxml import etree

from events.imports.moments import moment_of, read_times, zone_of
from events.imports.rows import NotReadable, ReadFile, ReadPerson, ReadSession
from events.imports.texts import UNSAID, line_of, text_of, title_of
from events.imports.words import read_kind, read_language, read_link

SOURCE = "frab"
# The export's own kinds of links; the words of others are told by the address.
OUR_LINKS = {"recording", "slides", "transcript", "article", "code", "other"}
# What is read of an event, and what only says again, or in the words of the other tool, what is read.
# fmt: off
READ = {
    "date", "start", "duration", "room", "slug", "title", "subtitle", "track", "type", "language", "abstract",
    "description", "persons", "links", "attachments", "recording", "video_download_url", "guid", "code",
}
# fmt: on


def read(content):
    """Return the `ReadFile` of the bytes of a file. Raises NotReadable.

    Entities and whatever lies outside the file are never followed.
    """
    root = _parse(content)
    if root.tag != "schedule" or root.find("day") is None:
        raise NotReadable(_("Expected <schedule> with <day> in it; found <%(found)s>.") % {"found": str(root.tag)[:80]})
    dialect = Dialect(root)
    read_file = ReadFile(SOURCE, language=dialect.language, zone=dialect.zone)
    for day in root.iterfind("day"):
        for event in day.iterfind(".//event"):
            _read_event(read_file, event, day.get("date") or "", dialect)
    if not read_file.sessions and not read_file.refused:
        found = ", ".join(dict.fromkeys(str(child.tag) for child in root.iterfind("./day//*"))) or _("nothing")
        raise NotReadable(_("Expected <event> in the days; found: %(found)s.") % {"found": found[:200]})
    return read_file


class Dialect:
    """What the head of a file says of all its events: its clock, where its links lie, when its days begin."""

    def __init__(self, root):
        generator = root.find("generator")
        self.is_ours = generator is not None and generator.get("name") == "portal"
        address = (root.findtext("url") or "").strip()
        self.language = _language(address) if self.is_ours else ""
        self.zone = zone_of(root.findtext("conference/time_zone_name"))
        self.base = (root.findtext("conference/base_url") or root.findtext("base_url") or address).strip()
        # Before this hour an event of a day is on the morning after it.
        change = moment_of((root.findtext("conference/day_change") or "").strip(), "2000-01-01")
        self.day_change = change.time() if change else None


def _parse(content):
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise NotReadable(_("Expected XML; found: %(error)s") % {"error": getattr(error, "msg", error)}) from error
    dtd = root.getroottree().docinfo.internalDTD
    if dtd is not None and next(dtd.iterentities(), None) is not None:
        raise NotReadable(_("Expected a schedule; found a file that declares entities, which are never followed."))
    return root


def _language(address):
    """Return the language of a file of our own, by its address."""
    return next((code for code in ("zh-hans", "en") if f"/{code}/conferences/" in address), "")


def _read_event(read_file, event, day, dialect):
    where = _("line %(number)d") % {"number": event.sourceline}
    title = title_of(_text(event, "title")) if dialect.is_ours else line_of(_text(event, "title"))
    if not title:
        read_file.refuse(where, _("An event without a title."))
        return
    guid, number = (event.get("guid") or _text(event, "guid")).strip(), (event.get("id") or "").strip()
    code = (event.get("code") or _text(event, "code")).strip()
    key = guid or (f"id {number}" if number else "") or code or f"{title} {_text(event, 'date')}"
    session = ReadSession(key, where, {UNSAID: title}, uuid=guid, code=code)
    subtitle, abstract = line_of(_text(event, "subtitle")), text_of(_text(event, "abstract"), dialect.is_ours)
    description = text_of(_text(event, "description"))
    if description and description not in abstract:
        abstract = f"{abstract}\n\n{description}".strip()
    session.abstracts = {UNSAID: f"**{subtitle}**\n\n{abstract}".strip() if subtitle else abstract}
    _read_when(session, event, day, dialect)
    read_kind(session, _text(event, "type"))
    read_language(session, _text(event, "language"))
    session.room = read_file.named("rooms", _text(event, "room") or event.getparent().get("name"))
    session.forum = read_file.named("forums", _text(event, "track"))
    _read_people(read_file, session, event)
    _read_links(session, event, dialect.base)
    if not dialect.is_ours:
        session.leave(_rest(event))
    read_file.add(session)


def _text(event, name):
    return (event.findtext(name) or "").strip()


def _read_when(session, event, day, dialect):
    """Set the times: by <date>, or by <start> and the day, which ends after midnight where the file says so."""
    date, start = _text(event, "date"), _text(event, "start")
    if moment_of(date):
        read_times(session, date, length=_text(event, "duration"))
        return
    read_times(session, start or date, length=_text(event, "duration"), day=date or day)
    is_night = not date and dialect.day_change and session.starts and session.starts.time() < dialect.day_change
    if is_night:
        session.starts += timedelta(days=1)
        session.ends = session.ends and session.ends + timedelta(days=1)


def _read_people(read_file, session, event):
    session.speakers = []
    for person in event.iterfind("./persons/person"):
        told = (person.text, person.findtext("name"), person.findtext("public_name"))
        name = next(filter(None, map(line_of, told)), "")
        if not name:
            session.keep("persons", person.get("id") or person.get("code"), _("a person without a name"))
            continue
        key = (person.get("guid") or person.get("id") or person.get("code") or name).strip()
        bio = text_of(person.findtext("biography"))
        read_file.people.setdefault(key, ReadPerson(key, {UNSAID: name}, {UNSAID: bio} if bio else {}))
        if key not in session.speakers:
            session.speakers.append(key)


def _read_links(session, event, base):
    session.links = []
    for element in event.iterfind("./links/link"):
        title = element.findtext("title") or element.text
        kind = element.get("type")
        address = element.get("href") or element.findtext("url") or element.text
        read_link(session, kind if kind in OUR_LINKS else None, address, title, base)
    for element in event.iterfind("./attachments/attachment"):
        title = element.findtext("title") or element.text
        read_link(session, "slides", element.get("href") or element.text, title, base)
    read_link(session, "recording", _text(event, "video_download_url"))
    read_link(session, "recording", event.findtext("recording/url") or event.findtext("recording/link"))


def _rest(event):
    """Yield (name, words) of what this reader has no place for."""
    for child in event:
        if child.tag == "recording":
            yield from ((f"recording/{one.tag}", one.text) for one in child if one.tag not in ("url", "link"))
        elif child.tag not in READ:
            yield child.tag, " ".join(child.itertext())
