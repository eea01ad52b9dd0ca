"""What any reader of schedule.xml and schedule.json counts on, schema at hand or not: which parts, in which order."""

import re
from datetime import date, datetime
from uuid import UUID

CLOCK = re.compile(r"\d{2}:\d{2}")
DURATION = re.compile(r"(?:\d+:)?\d+:\d{2}")
SLUG = re.compile(r"[a-z0-9_]{4,}-[a-z0-9_-]+")
# fmt: off
EVENT = [
    "date", "start", "duration", "room", "slug", "url", "title", "subtitle", "track", "type", "language", "abstract",
    "description", "persons", "links",
]
# fmt: on


def is_schedule_xml(root):
    """Assert that a root is a schedule as tools of the field read it."""
    assert root.tag == "schedule"
    assert root.findtext("version") and root.findtext("conference/title") and root.findtext("conference/acronym")
    for day in root.iterfind("day"):
        date.fromisoformat(day.get("date"))
        assert datetime.fromisoformat(day.get("start")) <= datetime.fromisoformat(day.get("end"))
        assert int(day.get("index")) > 0
        assert [child.tag for child in day if child.tag != "room"] == []
    for event in root.iter("event"):
        tags = [child.tag for child in event]
        assert sorted(tags, key=EVENT.index) == tags and set(EVENT[:10]) <= set(tags)
        UUID(event.get("guid"))
        _is_event(event.findtext)
        assert int(event.get("id")) > 0


def is_schedule_json(whole):
    """Assert the same of a parsed schedule.json."""
    conference = whole["schedule"]["conference"]
    assert whole["schedule"]["version"] and conference["title"] and conference["acronym"]
    assert conference["daysCount"] == len(conference["days"])
    for day in conference["days"]:
        date.fromisoformat(day["date"])
        for events in day["rooms"].values():
            for event in events:
                UUID(event["guid"])
                _is_event(event.get)
                assert all(person["name"] for person in event["persons"])
                assert all(link["url"] for link in event["links"])


def _is_event(said):
    assert datetime.fromisoformat(said("date")).tzinfo
    assert CLOCK.fullmatch(said("start")) and DURATION.fullmatch(said("duration"))
    assert SLUG.fullmatch(said("slug")) and said("title") and said("room") is not None
    assert said("url").startswith("http")
