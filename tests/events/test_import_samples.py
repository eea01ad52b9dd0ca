"""Real files, whole: in, out again valid, and in once more without a change."""

import json
from datetime import UTC, datetime, timedelta

import pytest

from events.models import Room
from portal.models import ImportedRow, Person
from tests import shared
from tests.events.programme_files import at, counts, take_in
from tests.events.test_exports import json_of, xml_of
from tests.make import a_conference

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


SAMPLES = shared.folder("samples", "SCHEDULE_SAMPLES")


@pytest.fixture
def conference():
    return a_conference(slug="openconf-2023", starts_at=at(0), ends_at=at(0, day=30))


def test_the_whole_of_a_large_conference_in_both_languages(conference):
    content = shared.at_hand(SAMPLES / "coscup-2023-session.json").read_bytes()

    first = take_in(conference, content)
    second = take_in(conference, content)

    assert counts(first) == (352, 0, 0, 0)
    assert counts(second) == (0, 0, 352, 0)
    assert Person.objects.count() == 415
    assert Room.objects.filter(venue__conference=conference).count() == 28
    session = conference.sessions.get(code="SWZGFV")
    assert (session.title_zh_hans, session.title_en) == ("醫資標準的教育推廣", None)
    assert session.room.name_en == "TR 616"
    assert [who.person.name_zh_hans for who in session.speakings.all()] != []
    # What stood where a link belongs is kept in words.
    assert [line.told for line in first.unread if "不上傳" in line.told] != []
    assert sum(1 for memory in ImportedRow.objects.all() for one in memory.unread if one["said"] == "不上傳") == 3


def test_not_one_event_of_a_congress_is_lost(conference):
    content = shared.at_hand(SAMPLES / "39c3-schedule.xml").read_bytes()

    report = take_in(conference, content)

    assert counts(report) == (215, 0, 0, 0)
    session = conference.sessions.get(uuid="a2dd3dc7-ecae-50b3-82d9-266ad02f7a40")
    assert (session.code, session.kind, session.language) == ("JZ9A3E", "talk", "en")
    assert session.starts_at == datetime(2025, 12, 27, 15, tzinfo=UTC)
    assert session.ends_at - session.starts_at == timedelta(hours=1)
    assert "\n    " not in session.abstract_en
    assert [who.name for who in session.speakings.all()] == ["Q Misell", "maya / 551724"]
    assert conference.sessions.filter(language="de,en").exists()


def a_large_file():
    """A file of ninety sessions in nine rooms, in the shape of COSCUP's, with what is dirty in real ones."""
    texts = ["", "<p>Why &amp; <b>how</b></p>", "Line\r\n\r\n- one\n- two", "說明 **粗體**"]
    sessions = [
        {
            "id": f"S{number:05}",
            "type": f"track{number % 4}",
            "room": f"R{number % 9}",
            "start": f"2025-12-{27 + number % 3}T{9 + number // 9 % 12:02}:00:00+08:00",
            "end": f"2025-12-{27 + number % 3}T{9 + number // 9 % 12:02}:50:00+08:00",
            "language": ["漢語", "英語", "", "台語"][number % 4],
            "zh": {"title": f"議題 {number}", "description": texts[number % 4]},
            "en": {"title": f"Talk {number}" if number % 2 else f"議題 {number}", "description": ""},
            "speakers": [f"p{number % 40}", f"p{(number + 1) % 41}"],
            "tags": ["Beginner"] if number % 5 else [],
            "slide": "https://slides.example/1" if number % 3 else "不上傳",
            "record": None,
        }
        for number in range(90)
    ]
    people = [{"id": f"p{number}", "zh": {"name": f"講者{number}"}, "en": {"name": ""}} for number in range(40)]
    rooms = [{"id": f"R{number}", "zh": {"name": f"R {number}"}, "en": {"name": f"R {number}"}} for number in range(9)]
    tracks = [{"id": f"track{number}", "zh": {"name": f"軌 {number}"}, "en": {"name": ""}} for number in range(4)]
    return json.dumps({"sessions": sessions, "speakers": people, "rooms": rooms, "session_types": tracks})


def test_a_large_file_of_our_own_comes_in_whole_and_twice_is_once(conference):
    first, second = take_in(conference, a_large_file()), take_in(conference, a_large_file())

    assert (counts(first), counts(second)) == ((90, 0, 0, 0), (0, 0, 90, 0))
    assert Person.objects.count() == 40
    assert Room.objects.filter(venue__conference=conference).count() == 9
    assert conference.sessions.filter(title_en=None).count() == 45
    assert sum("“不上傳” – not a web address" in line.told for line in first.unread) == 30
    assert sum("not among the speakers" in line.told for line in first.unread) == 2


@pytest.mark.parametrize("name", ["", "coscup-2023-session.json", "39c3-schedule.xml"])
def test_what_comes_from_a_real_file_goes_out_valid_and_comes_back_the_same(client, conference, name):
    take_in(conference, shared.at_hand(SAMPLES / name).read_bytes() if name else a_large_file())
    total = conference.sessions.count()

    root = xml_of(client)
    assert len(list(root.iter("event"))) == total
    days = json_of(client)["days"]
    assert sum(len(events) for day in days for events in day["rooms"].values()) == total
    back = client.get(f"/en/conferences/{conference.slug}/schedule.xml").content
    assert counts(take_in(conference, back)) == (0, 0, total, 0)
