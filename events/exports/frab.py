"""schedule.xml, as frab, pretalx and the C3VOC write it (schedule.xml.xsd)."""

import re
from xml.etree import ElementTree

from django.conf import settings

from events.exports.exported import absolute, clean, hours_and_minutes, lasting_uuid, speaker_uuid

CONTENT_TYPE = "application/xml; charset=utf-8"
TRACK_SLUG = re.compile(r"[a-z][a-z0-9-]+")


def make(exported):
    root = ElementTree.Element("schedule")
    ElementTree.SubElement(root, "generator", name="portal", system=settings.SITE_URL)
    _text(root, "url", f"{exported.address.rstrip('/')}.xml")
    _text(root, "version", exported.version)
    _conference(root, exported)
    for index, day in enumerate(exported.days, 1):
        _day(root, exported, index, day)
    ElementTree.indent(root, " ")
    return ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)


def _text(parent, name, text, **attributes):
    element = ElementTree.SubElement(parent, name, attributes)
    element.text = clean(text)
    return element


def _conference(root, exported):
    row = exported.conference
    parent = ElementTree.SubElement(root, "conference")
    _text(parent, "acronym", exported.acronym)
    _text(parent, "title", row.title)
    _text(parent, "start", exported.days[0].date.isoformat())
    _text(parent, "end", exported.days[-1].date.isoformat())
    _text(parent, "days", str(len(exported.days)))
    _text(parent, "timeslot_duration", "00:05")
    _text(parent, "base_url", absolute(row.get_absolute_url()))
    _text(parent, "url", absolute(row.get_absolute_url()))
    _text(parent, "time_zone_name", row.time_zone)
    ElementTree.SubElement(parent, "color", primary=row.series.accent)
    for forum, label in exported.forums.items():
        slug = {"slug": forum.slug} if TRACK_SLUG.fullmatch(forum.slug) else {}
        ElementTree.SubElement(parent, "track", name=clean(label), **slug)


def _day(root, exported, index, day):
    starts = min(slot.starts for slot in day.slots)
    ends = max(slot.ends or slot.starts for slot in day.slots)
    parent = ElementTree.SubElement(
        root, "day", index=str(index), date=day.date.isoformat(), start=starts.isoformat(), end=ends.isoformat()
    )
    rooms = {label: lasting_uuid("rooms", room.pk) for room, label in exported.rooms.items()}
    for name, guid in {**rooms, "": None}.items():
        talks = [slot.item for slot in day.slots if slot.room == name]
        if talks:
            room = ElementTree.SubElement(parent, "room", name=clean(name), **({"guid": guid} if guid else {}))
            for talk in talks:
                _event(room, talk)


def _event(room, talk):
    row = talk.session
    event = ElementTree.SubElement(room, "event", id=str(row.pk), guid=str(row.uuid), code=row.code)
    for name, text in {
        "date": talk.starts.isoformat(),
        "start": f"{talk.starts:%H:%M}",
        "duration": hours_and_minutes(talk.length),
        "room": talk.room,
        "slug": talk.slug,
        "url": talk.url,
        "title": row.title,
        "subtitle": "",
        "track": talk.forum,
        "type": row.kind,
        "language": row.language,
        "abstract": row.abstract,
        "description": "",
    }.items():
        _text(event, name, text)
    persons = ElementTree.SubElement(event, "persons")
    for who in row.speakers:
        _text(persons, "person", who.name, id=str(who.person_id or who.pk), guid=speaker_uuid(who))
    links = ElementTree.SubElement(event, "links")
    for kind, address, title in talk.materials:
        _text(links, "link", title, href=clean(address), type=kind)
