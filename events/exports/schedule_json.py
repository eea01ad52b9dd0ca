"""schedule.json, as frab, pretalx and the C3VOC write it (schedule.schema.json)."""

import json
import re

from django.conf import settings

from events.exports.exported import absolute, lasting_uuid, speaker_uuid

CONTENT_TYPE = "application/json"
# What the schema's pattern lets through; "America/New_York" passes since it does not look at the rest.
ZONE = re.compile(r"[A-Z][a-z]+/[A-Z][a-z]+|UTC$")
TRACK_SLUG = re.compile(r"[a-z0-9_-]+[a-z0-9]")
# Kind of material -> the schema's word for it; the import reads them back.
LINK_TYPES = {
    "recording": "media",
    "slides": "slides",
    "transcript": "paper",
    "article": "article",
    "code": "web",
    "other": "related",
}


def make(exported):
    whole = {
        "$schema": "https://c3voc.de/schedule/schema.json",
        "generator": {"name": "portal", "version": "1", "url": settings.SITE_URL},
        "schedule": {
            "version": exported.version,
            "base_url": absolute(exported.conference.get_absolute_url()),
            "conference": _conference(exported),
        },
    }
    return json.dumps(whole, ensure_ascii=False, indent=1).encode()


def _conference(exported):
    row = exported.conference
    zone = {"time_zone_name": row.time_zone} if ZONE.match(row.time_zone) else {}
    return {
        "acronym": exported.acronym,
        "title": row.title,
        "start": exported.days[0].date.isoformat(),
        "end": exported.days[-1].date.isoformat(),
        "daysCount": len(exported.days),
        "timeslot_duration": "00:05",
        **zone,
        "url": exported.address,
        "colors": {"primary": row.series.accent},
        "rooms": [_room(room, label) for room, label in exported.rooms.items()],
        "tracks": [_track(forum, label) for forum, label in exported.forums.items()],
        "days": [_day(exported, index, day) for index, day in enumerate(exported.days, 1)],
    }


def _room(room, label):
    return {"name": label, "guid": lasting_uuid("rooms", room.pk), "capacity": room.capacity}


def _track(forum, label):
    slug = {"slug": forum.slug} if TRACK_SLUG.fullmatch(forum.slug) else {}
    return {"name": label, **slug}


def _day(exported, index, day):
    rooms = {name: [] for name in [*exported.rooms.values(), ""]}
    for slot in day.slots:
        rooms[slot.room].append(_event(slot.item))
    return {
        "index": index,
        "date": day.date.isoformat(),
        "day_start": min(slot.starts for slot in day.slots).isoformat(),
        "day_end": max(slot.ends or slot.starts for slot in day.slots).isoformat(),
        "rooms": {name: events for name, events in rooms.items() if events},
    }


def _event(talk):
    row = talk.session
    hours, minutes = divmod(int(talk.length.total_seconds()) // 60, 60)
    return {
        "guid": str(row.uuid),
        "code": row.code,
        "id": row.pk,
        "date": talk.starts.isoformat(),
        "start": f"{talk.starts:%H:%M}",
        **({"end": talk.ends.isoformat()} if talk.ends else {}),
        "duration": f"{hours:02}:{minutes:02}",
        "room": talk.room,
        "slug": talk.slug,
        "url": talk.url,
        "title": row.title,
        "subtitle": "",
        "track": talk.forum or None,
        "type": row.kind,
        "language": row.language,
        "abstract": row.abstract or "",
        "description": "",
        "persons": [{"guid": speaker_uuid(who), "name": who.name} for who in row.speakers],
        "links": [_link(*material) for material in talk.materials],
    }


def _link(kind, address, title):
    return {"type": LINK_TYPES[kind], "url": address, "title": title}
