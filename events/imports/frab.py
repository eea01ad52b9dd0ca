"""schedule.xml, as frab, pretalx, wafer and the C3VOC write it."""

from django.utils.translation import gettext as _
from lxml import etree

from events.imports.rows import UNSAID, NotReadable, ReadFile, ReadPerson, ReadSession
from events.imports.words import line_of, read_kind, read_language, read_link, read_times, text_of

SOURCE = "frab"
# The export's own kinds of links; the words of others are told by the address.
OUR_LINKS = {"recording", "slides", "transcript", "article", "code", "other"}


def read(content):
    """Return the `ReadFile` of the bytes of a file. Raises NotReadable.

    Entities and whatever lies outside the file are never followed.
    """
    root = _parse(content)
    if root.tag != "schedule" or root.find("day") is None:
        raise NotReadable(
            _("Expected <schedule> with <day> in it; found <%(found)s>.") % {"found": str(root.tag)[:80]}
        )
    generator = root.find("generator")
    is_ours = generator is not None and generator.get("name") == "portal"
    read_file = ReadFile(SOURCE, language=_language(root.findtext("url") or "") if is_ours else "")
    for event in root.iterfind("./day//event"):
        _read_event(read_file, event, is_ours)
    return read_file


def _parse(content):
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        raise NotReadable(_("Expected XML; found: %(error)s") % {"error": error.msg}) from error
    dtd = root.getroottree().docinfo.internalDTD
    if dtd is not None and next(dtd.iterentities(), None) is not None:
        raise NotReadable(_("Expected a schedule; found a file that declares entities, which are never followed."))
    return root


def _language(address):
    """Return the language of a file of our own, by its address."""
    return next((code for code in ("zh-hans", "en") if f"/{code}/conferences/" in address), "")


def _read_event(read_file, event, is_ours):
    where = _("line %(number)d") % {"number": event.sourceline}
    title = line_of(_text(event, "title"))
    if not title:
        read_file.refused.append((where, _("An event without a title.")))
        return
    guid, number = (event.get("guid") or _text(event, "guid")).strip(), (event.get("id") or "").strip()
    code = (event.get("code") or _text(event, "code")).strip()
    key = guid or (f"id {number}" if number else "") or code or f"{title} {_text(event, 'date')}"
    session = ReadSession(key[:200], where, {UNSAID: title}, uuid=guid, code=code)
    subtitle, abstract = line_of(_text(event, "subtitle")), text_of(_text(event, "abstract"), is_markdown=is_ours)
    description = text_of(_text(event, "description"))
    if description and description not in abstract:
        abstract = f"{abstract}\n\n{description}".strip()
    session.abstracts = {UNSAID: f"**{subtitle}**\n\n{abstract}".strip() if subtitle else abstract}
    read_times(session, _text(event, "date"), length=_text(event, "duration"))
    if not _text(event, "date"):
        session.keep("starts", _text(event, "start"), _("a time without its day"))
    read_kind(session, _text(event, "type"))
    read_language(session, _text(event, "language"))
    session.room = read_file.named("rooms", _text(event, "room") or event.getparent().get("name"))
    session.forum = read_file.named("forums", _text(event, "track"))
    _read_people(read_file, session, event)
    _read_links(session, event)
    read_file.add(session)


def _text(event, name):
    return (event.findtext(name) or "").strip()


def _read_people(read_file, session, event):
    session.speakers = []
    for person in event.iterfind("./persons/person"):
        name = line_of("".join(person.itertext()))
        if not name:
            continue
        key = (person.get("guid") or person.get("id") or person.get("code") or name).strip()
        read_file.people.setdefault(key, ReadPerson(key, {UNSAID: name}))
        if key not in session.speakers:
            session.speakers.append(key)


def _read_links(session, event):
    session.links = []
    for element in event.iterfind("./links/link"):
        title = line_of(element.findtext("title") or element.text)
        kind = element.get("type")
        read_link(session, kind if kind in OUR_LINKS else None, element.get("href") or element.findtext("url"), title)
    for element in event.iterfind("./attachments/attachment"):
        read_link(session, "slides", element.get("href"), line_of(element.findtext("title") or element.text))
    read_link(session, "recording", _text(event, "video_download_url"))
    read_link(session, "recording", event.findtext("recording/url") or event.findtext("recording/link"))
