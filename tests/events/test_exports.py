"""The schedule as files: valid by the schemas, read by others' libraries, of the released version, with 304s."""

import csv
import io
import json
import time
from datetime import UTC, datetime, timedelta

import jsonschema
import pytest
import vobject
from django.utils.http import http_date
from icalendar import Calendar
from lxml import etree

from events.models import Session, SessionMaterial
from events.releasing import release
from tests import shared
from tests.events.shapes import is_schedule_json, is_schedule_xml
from tests.make import (
    SHANGHAI,
    a_conference,
    a_forum,
    a_person,
    a_room,
    a_session,
    a_venue,
    an_organization,
    speaks,
)

pytestmark = pytest.mark.django_db

SCHEMAS = shared.folder("schemas", "SCHEDULE_SCHEMAS")
FORMATS = ["xml", "json", "ics", "xcal", "csv"]


def at(hour, minute=0, day=28):
    return datetime(2023, 10, day, hour, minute, tzinfo=SHANGHAI)


def fetch(client, suffix, slug="openconf-2023", language="en", status=200, **headers):
    response = client.get(f"/{language}/conferences/{slug}/schedule.{suffix}", headers=headers)
    assert response.status_code == status
    return response


def xml_of(client, **where):
    """Return the root of schedule.xml, which is in shape, and valid where the schema is at hand."""
    root = etree.fromstring(fetch(client, "xml", **where).content)
    is_schedule_xml(root)
    if SCHEMAS.exists():
        is_valid_xml(root)
    return root


def is_valid_xml(root):
    etree.XMLSchema(etree.parse(SCHEMAS / "schedule.xml.xsd")).assertValid(root)


def json_of(client, **where):
    """Return the conference of schedule.json, which is in shape, and valid where the schema is at hand."""
    whole = json.loads(fetch(client, "json", **where).content)
    is_schedule_json(whole)
    if SCHEMAS.exists():
        is_valid_json(whole)
    return whole["schedule"]["conference"]


def is_valid_json(whole):
    schema = json.loads((SCHEMAS / "schedule.schema.json").read_text())
    jsonschema.Draft6Validator(schema, format_checker=jsonschema.FormatChecker()).validate(whole)


def calendar_of(client, **where):
    return Calendar.from_ical(fetch(client, "ics", **where).content)


@pytest.fixture
def conference():
    return a_conference(slug="openconf-2023", starts_at=at(0), ends_at=at(0, day=30))


@pytest.fixture
def session(conference):
    session = a_session(
        conference,
        "Why forks happen",
        title_zh_hans="为什么分叉",
        code="FORKS2",
        kind="panel",
        abstract_en="And why **few** survive.\x0b",
        language="zh,en",
        room=a_room(a_venue(conference, "Jingronghui"), "Room 1"),
        forum=a_forum(conference, "Open Governance", slug="governance"),
        starts_at=at(9, 30),
        ends_at=at(10, 15),
    )
    speaks(a_person("Ming & Co", organization=an_organization()), session)
    SessionMaterial.objects.create(session=session, kind="recording", url="https://video.example.org/1?a=1&b=2")
    return session


def test_both_are_valid_by_the_schemas_and_these_can_refuse(client, session):
    shared.at_hand(SCHEMAS)
    root = xml_of(client)
    whole = json.loads(fetch(client, "json").content)
    is_valid_json(whole)

    event = next(root.iter("event"))
    event.remove(event.find("title"))
    del whole["schedule"]["conference"]["days"]
    with pytest.raises(etree.DocumentInvalid):
        is_valid_xml(root)
    with pytest.raises(jsonschema.ValidationError):
        is_valid_json(whole)


def test_the_xml_tells_each_session(client, session):
    [event] = xml_of(client).iter("event")

    assert (event.get("guid"), event.get("code"), event.get("id")) == (str(session.uuid), "FORKS2", str(session.pk))
    assert {child.tag: child.text for child in event if not len(child)} == {
        "date": "2023-10-28T09:30:00+08:00",
        "start": "09:30",
        "duration": "00:45",
        "room": "Room 1",
        "slug": "openconf_2023-forks2",
        "url": "http://testserver/en/conferences/openconf-2023/sessions/FORKS2/",
        "title": "Why forks happen",
        "subtitle": None,
        "track": "Open Governance",
        "type": "panel",
        "language": "zh,en",
        "abstract": "And why **few** survive.",
        "description": None,
    }
    assert event.findtext("persons/person") == "Ming & Co"
    assert event.find("links/link").get("href") == "https://video.example.org/1?a=1&b=2"


def test_the_json_tells_each_session(client, session):
    [event] = json_of(client)["days"][0]["rooms"]["Room 1"]

    assert event["guid"] == str(session.uuid)
    assert (event["date"], event["end"], event["duration"]) == (
        "2023-10-28T09:30:00+08:00",
        "2023-10-28T10:15:00+08:00",
        "00:45",
    )
    assert [person["name"] for person in event["persons"]] == ["Ming & Co"]
    assert event["links"] == [{"type": "media", "url": "https://video.example.org/1?a=1&b=2", "title": ""}]


def test_a_chinese_title_is_never_transliterated(client, session):
    [event] = xml_of(client, language="zh-hans").iter("event")

    assert event.findtext("title") == "为什么分叉"
    assert event.findtext("slug") == "openconf_2023-forks2"


@pytest.mark.parametrize("slug", ["x1", "gotc-2023", "3d", "a-b-c-d"])
def test_any_slug_makes_a_valid_acronym(client, slug):
    conference = a_conference(slug=slug, starts_at=at(0), ends_at=at(0, day=30), time_zone="America/New_York")
    a_session(conference, "Somewhere", starts_at=at(23), ends_at=None, room=a_room(a_venue(conference)))
    a_session(conference, "Nowhere", starts_at=at(9), ends_at=at(9) + timedelta(days=6))

    assert len(list(xml_of(client, slug=slug).iter("event"))) == 2
    assert json_of(client, slug=slug)["daysCount"] == 2


def test_rooms_of_one_name_stay_apart(client, conference):
    for city in ("Chengdu", "Beijing"):
        a_session(conference, city, room=a_room(a_venue(conference, city), "Room 1"), starts_at=at(9), ends_at=at(10))

    assert {room.get("name") for room in xml_of(client).iter("room") if room.get("name")} == {
        "Room 1 · Chengdu",
        "Room 1 · Beijing",
    }
    assert len(json_of(client)["days"][0]["rooms"]) == 2


def test_the_calendar_is_read_by_two_libraries_not_ours(client, session):
    [event] = calendar_of(client).walk("VEVENT")
    assert event["uid"] == f"{session.uuid}@testserver"
    assert event.decoded("dtstart").astimezone(UTC) == at(9, 30).astimezone(UTC)

    other = vobject.readOne(fetch(client, "ics").content.decode())
    assert other.vevent.summary.value == "Why forks happen"
    assert other.vevent.location.value == "Room 1, Jingronghui"


def test_the_calendar_keeps_what_is_cancelled_and_other_files_leave_it_out(client, session):
    Session.objects.filter(pk=session.pk).update(is_cancelled=True)
    a_session(session.conference, "Stands", starts_at=at(12), ends_at=at(13))

    assert {str(event["status"]) for event in calendar_of(client).walk("VEVENT")} == {"CANCELLED", "CONFIRMED"}
    assert [event.findtext("title") for event in xml_of(client).iter("event")] == ["Stands"]


def test_the_xcal_says_what_the_calendar_says(client, session):
    root = etree.fromstring(fetch(client, "xcal").content)
    names = {"x": "urn:ietf:params:xml:ns:icalendar-2.0"}

    [event] = root.xpath("x:vcalendar/x:components/x:vevent/x:properties", namespaces=names)
    assert event.findtext("x:summary/x:text", namespaces=names) == "Why forks happen"
    assert event.findtext("x:dtstart/x:date-time", namespaces=names) == "2023-10-28T09:30:00"
    assert event.findtext("x:dtstart/x:parameters/x:tzid/x:text", namespaces=names) == "Asia/Shanghai"
    offsets = root.xpath("//x:tzoffsetto/x:utc-offset/text()", namespaces=names)
    assert set(offsets) == {"+08:00"}


def test_the_table_has_both_languages_and_no_formulas(client, session):
    a_session(session.conference, "=HYPERLINK(1)", code="UNTIME")

    rows = list(csv.DictReader(io.StringIO(fetch(client, "csv").content.decode("utf-8-sig"))))

    assert (rows[0]["title_zh"], rows[0]["title_en"]) == ("为什么分叉", "Why forks happen")
    assert (rows[0]["starts"], rows[0]["room"]) == ("2023-10-28T09:30+08:00", "Room 1")
    assert rows[0]["recording"] == "https://video.example.org/1?a=1&b=2"
    assert (rows[1]["code"], rows[1]["title_en"], rows[1]["starts"]) == ("UNTIME", "'=HYPERLINK(1)", "")


def test_all_files_are_of_the_released_version(client, session):
    release(session.conference, None, version="final")
    Session.objects.filter(pk=session.pk).update(starts_at=at(14), ends_at=at(15), room=None)

    root = xml_of(client)
    assert root.findtext("version") == "final"
    assert root.findtext(".//event/start") == "09:30"
    assert json_of(client)["days"][0]["rooms"]["Room 1"][0]["start"] == "09:30"
    assert calendar_of(client).walk("VEVENT")[0].decoded("dtstart") == at(9, 30)
    assert "T09:30" in fetch(client, "csv").content.decode()
    assert "T09:30" in fetch(client, "xcal").content.decode()


def test_ids_stay_from_release_to_release(client, session):
    def names():
        return [(event.get("guid"), event.get("id"), event.get("code")) for event in xml_of(client).iter("event")]

    first = names()
    release(session.conference, None)
    Session.objects.filter(pk=session.pk).update(starts_at=at(14), ends_at=at(15))
    release(session.conference, None)

    assert names() == first


@pytest.mark.parametrize("suffix", FORMATS)
def test_whoever_has_a_file_already_is_told_so(client, session, suffix):
    first = fetch(client, suffix)

    assert fetch(client, suffix, status=304, if_none_match=first["ETag"]).content == b""
    Session.objects.filter(pk=session.pk).update(title_en="Another title")
    assert fetch(client, suffix, if_none_match=first["ETag"])["ETag"] != first["ETag"]


@pytest.mark.parametrize("suffix", FORMATS)
def test_whoever_knows_a_day_alone_gets_the_file_without_what_was_deleted(client, session, suffix):
    other = a_session(session.conference, "Another fork", room=session.room, starts_at=at(15), ends_at=at(16))
    first = fetch(client, suffix)
    assert b"Another fork" in first.content
    told = first.get("Last-Modified", http_date(time.time()))

    other.delete()

    assert b"Another fork" not in fetch(client, suffix, if_modified_since=told).content


def test_without_a_timed_session_there_are_no_files_but_an_empty_calendar(client, conference):
    for suffix in ("xml", "json", "xcal", "csv", "pdf"):
        fetch(client, suffix, status=404)
    assert calendar_of(client).walk("VEVENT") == []


def test_a_draft_has_no_files(client, session):
    conference = session.conference
    conference.unpublish()

    for suffix in FORMATS:
        fetch(client, suffix, status=404)


def test_in_wechat_the_calendar_tells_its_link(client, session):
    response = fetch(client, "ics", user_agent="MicroMessenger")

    assert "http://testserver/en/conferences/openconf-2023/schedule.ics" in response.content.decode()


@pytest.mark.parametrize("rows", [1, 30])
def test_a_file_costs_the_same_queries_however_many_sessions(client, conference, django_assert_num_queries, rows):
    room, forum = a_room(a_venue(conference)), a_forum(conference)
    for number in range(rows):
        session = a_session(conference, f"Talk {number}", room=room, forum=forum, starts_at=at(9), ends_at=at(10))
        speaks(a_person(), session, organization=an_organization())
        SessionMaterial.objects.create(session=session, url=f"https://example.org/{number}")

    with django_assert_num_queries(7):
        fetch(client, "xml")
