"""Programmes as other tools have really written them over the years: each whole, or refused in words."""

from datetime import UTC, datetime

import pytest

from events.imports.moments import length_of, moment_of
from events.models import Room, Session
from portal.importing import fitting
from portal.models import ImportedRow
from tests.events.programme_files import take_in, words_of
from tests.make import SHANGHAI, a_conference

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


@pytest.fixture
def conference():
    return a_conference(slug="freeconf-2018", time_zone="Asia/Shanghai")


# The head of a file before every event bore its whole date: the day, the hour, and when a day begins.
PENTABARF = """<?xml version="1.0" encoding="UTF-8"?>
<schedule><conference><title>FreeConf 2018</title><day_change>09:00:00</day_change>{head}</conference>
<day index="1" date="2018-02-03"><room name="Janson">
<event id="6245"><start>10:00</start><duration>00:50</duration><room>Janson</room><title>Consensus as a service</title>
<subtitle/><track>Keynotes</track><type>keynote</type><language/>
<description>&lt;p&gt;Free software is &lt;em&gt;now&lt;/em&gt; everywhere.&lt;/p&gt;</description>
<persons><person id="228">Grace Hopper</person></persons>
<attachments><attachment type="slides" href="/2018/consensus.pdf">Slides</attachment></attachments>
<links><link href="https://example.org/6245">Feedback</link></links></event>
<event id="6246"><start>01:30</start><duration>01:00</duration><title>After the party</title></event>
</room></day></schedule>"""


def test_events_that_only_say_the_hour_are_on_the_day_they_are_listed_under(conference):
    take_in(conference, PENTABARF.format(head=""))

    first, night = conference.sessions.order_by("starts_at")
    assert first.starts_at == datetime(2018, 2, 3, 10, tzinfo=SHANGHAI)
    assert first.ends_at == datetime(2018, 2, 3, 10, 50, tzinfo=SHANGHAI)
    assert night.starts_at == datetime(2018, 2, 4, 1, 30, tzinfo=SHANGHAI)  # a day ends at nine in the morning
    assert first.abstract_en == "Free software is *now* everywhere."


def test_a_clock_that_the_file_names_goes_before_the_conferences(conference):
    report = take_in(conference, PENTABARF.format(head="<time_zone_name>Europe/Brussels</time_zone_name>"))

    assert conference.sessions.order_by("starts_at")[0].starts_at == datetime(2018, 2, 3, 9, tzinfo=UTC)
    assert "without a time zone" not in words_of(report)


def test_an_address_without_its_host_is_that_of_the_files_site(conference):
    take_in(conference, PENTABARF.format(head="<base_url>https://archive.example/x</base_url>"))

    assert [one.url for one in conference.sessions.get(code=code_of(conference)).materials.all()] == [
        "https://example.org/6245",
        "https://archive.example/2018/consensus.pdf",
    ]


def test_without_a_site_such_an_address_is_kept_in_words(conference):
    assert "“/2018/consensus.pdf” – not a web address" in words_of(take_in(conference, PENTABARF.format(head="")))


def code_of(conference):
    return conference.sessions.get(title_en="Consensus as a service").code


def test_a_date_that_is_a_day_is_put_together_with_the_hour(conference):
    take_in(conference, a_schedule({"date": "2018-12-27", "start": "11:00", "duration": "00:30"}))

    assert Session.objects.get().starts_at == datetime(2018, 12, 27, 11, tzinfo=SHANGHAI)


def a_schedule(*events, **conference):
    events = [{"title": f"Talk {number}", **event} for number, event in enumerate(events)]
    day = {"index": 1, "date": "2018-12-27", "rooms": {"Hall 1": events}}
    return {"schedule": {"version": "1", "conference": {"title": "C", "days": [day], **conference}}}


def test_a_day_alone_is_no_time(conference):
    report = take_in(conference, a_schedule({"date": "2018-12-27"}))

    assert Session.objects.get().starts_at is None
    assert "2018-12-27" in words_of(report)


def test_texts_told_by_language_go_into_their_columns(conference):
    title, track = {"en": "Registration", "zh-hans": "签到"}, {"en": "Others", "fr": "Autres"}
    take_in(conference, a_schedule({"title": title, "track": track, "abstract": {"en": "Come"}, "id": 36785}))

    session = Session.objects.get()
    assert (session.title_en, session.title_zh_hans, session.abstract_en) == ("Registration", "签到", "Come")
    assert session.forum.title_en == "Others"


def test_what_there_is_no_place_for_is_kept_and_counted(conference):
    event = {"do_not_record": True, "recording_license": "CC BY", "feedback_url": "https://x.example", "logo": None}
    report = take_in(conference, a_schedule(event, {"recording_license": "CC0", "do_not_record": False}))

    assert "do_not_record (1), recording_license (2), feedback_url (1)." in words_of(report)
    kept = [(one["field"], one["said"]) for row in ImportedRow.objects.filter(key="Talk 1 None") for one in row.unread]
    assert kept == [("recording_license", "CC0")]


def test_days_rooms_and_events_of_another_shape_are_refused_by_their_place(conference):
    whole = a_schedule({"guid": "x"}, {"title": ""})
    days = whole["schedule"]["conference"]["days"]
    days += [{"date": "2018-12-28", "rooms": 5}, {"date": "2018-12-29", "rooms": {"A": 5, "B": ["talk"]}}]
    report = take_in(conference, whole)

    places = ["2018-12-27 · Hall 1 · 2", "2018-12-28", "2018-12-29 · A", "2018-12-29 · B · 1"]
    assert [line.where for line in report.refused] == places


def test_rooms_may_be_a_list(conference):
    whole = a_schedule()
    whole["schedule"]["conference"]["days"][0]["rooms"] = [{"name": "Hall 2", "events": [{"title": "A", "room": None}]}]
    take_in(conference, whole)

    assert Session.objects.get().room.name_en == "Hall 2"


@pytest.mark.parametrize(
    ("said", "minutes"),
    [
        ("00:60", 60),
        ("1:05", 65),
        ("30:00", 1800),
        ("1:02:30", 24 * 60 + 150),
        ("00:50:00", 50),
        (45, 45),
        ("45", 45),
        ("45 min", 45),
        ("40 分钟", 40),
        ("soon", None),
        (True, None),
    ],
)
def test_durations_as_tools_write_them(said, minutes):
    length = length_of(said)
    assert (length and length.total_seconds() / 60) == minutes


@pytest.mark.parametrize(
    "said",
    ["2023-10-28T09:00", "2023-10-28 9:00", "2023/10/28 09:00:00", "2023年10月28日 9:00", "2023-10-28 09:00:00.000"],
)
def test_moments_as_people_write_them(said):
    assert moment_of(said) == datetime(2023, 10, 28, 9)


@pytest.mark.parametrize("said", ["2023-10-28", "9:00", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59", "", None, 7])
def test_what_is_no_moment(said):
    assert moment_of(said) is None


def test_a_hundred_rooms_with_names_longer_than_there_is_room_for(conference):
    events = [{"room": "R" * 250 + str(number), "guid": f"{number}" * 300} for number in range(10, 110)]
    take_in(conference, a_schedule(*events, {"room": 100}))
    again = take_in(conference, a_schedule(*events, {"room": 100}))

    assert Room.objects.count() == 101
    assert Room.objects.filter(name_en="100").count() == 1
    assert (len(again.new), len(again.same)) == (0, 101)
    assert max(len(row.key) for row in ImportedRow.objects.all()) <= 200


def test_a_long_key_keeps_what_tells_it_from_others():
    assert fitting("a" * 200) == "a" * 200
    assert fitting("a" * 300 + "b") != fitting("a" * 300 + "c")


def test_halves_of_characters_do_not_reach_the_database(conference):
    # JSON can say what no text may hold.
    take_in(
        conference, r'{"schedule": {"conference": {"days": [{"rooms": {"R\ud800": [{"title": "A\udfff\u0000B"}]}}]}}}'
    )

    assert (Session.objects.get().title_en, Room.objects.get().name_en) == ("AB", "R")


def test_an_id_that_is_a_uuid_becomes_the_sessions_own(conference):
    uuid = "1b1c1a6e-d679-41f3-981f-f58185c9d9d8"
    texts = {"title": "入場時間", "description": ""}
    session = {"id": uuid, "zh": texts, "en": texts, "speakers": [{}, ["x"]], "type": "Ev", "room": "R0", "tags": ["a"]}
    report = take_in(conference, {"sessions": [session], "rooms": [{"id": "R0"}], "speakers": [{"id": "s"}]})

    assert str(Session.objects.get().uuid) == uuid
    assert (Session.objects.get().room.name_zh_hans, Session.objects.get().title_en or "") == ("R0", "")
    assert "not among the speakers of the file" in words_of(report)
    assert "tags (1)" in words_of(report)


def test_comments_and_instructions_in_a_file_are_no_text(conference):
    take_in(conference, "<schedule><day><event><title>A<!-- x --><?y z?></title></event></day></schedule>")

    assert Session.objects.get().title_en == "A"
