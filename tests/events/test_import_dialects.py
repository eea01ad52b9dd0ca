"""Programmes as other tools have really written them over the years: each whole, or refused in words."""

import json
from datetime import UTC, datetime

import pytest

from events.importing import import_programme
from events.imports.moments import length_of, moment_of
from events.imports.reading import read
from events.imports.rows import NotReadable
from events.models import Forum, Room, Session
from portal.importing import fitting
from portal.models import ImportedRow, Person
from tests.make import SHANGHAI, a_conference

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]

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


@pytest.fixture
def conference():
    return a_conference(slug="freeconf-2018", time_zone="Asia/Shanghai")


def take_in(conference, content, **options):
    content = content if isinstance(content, (bytes, str)) else json.dumps(content)
    content = content if isinstance(content, bytes) else content.encode()
    return import_programme(conference, read(content), write=True, **options)


def told(report):
    return "\n".join([*report.remarks, *(line.told for _heading, lines in report.parts for line in lines)])


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
    assert "without a zone" not in told(report)


def test_an_address_without_its_host_is_that_of_the_files_site(conference):
    take_in(conference, PENTABARF.format(head="<base_url>https://archive.example/x</base_url>"))

    assert [one.url for one in conference.sessions.get(code=code_of(conference)).materials.all()] == [
        "https://example.org/6245",
        "https://archive.example/2018/consensus.pdf",
    ]


def test_without_a_site_such_an_address_is_kept_in_words(conference):
    assert "“/2018/consensus.pdf” – no web address" in told(take_in(conference, PENTABARF.format(head="")))


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
    assert "2018-12-27" in told(report)


def test_texts_told_by_language_go_into_their_columns(conference):
    title, track = {"en": "Registration", "zh-hans": "签到"}, {"en": "Others", "fr": "Autres"}
    take_in(conference, a_schedule({"title": title, "track": track, "abstract": {"en": "Come"}, "id": 36785}))

    session = Session.objects.get()
    assert (session.title_en, session.title_zh_hans, session.abstract_en) == ("Registration", "签到", "Come")
    assert session.forum.title_en == "Others"


def test_what_there_is_no_place_for_is_kept_and_counted(conference):
    event = {"do_not_record": True, "recording_license": "CC BY", "feedback_url": "https://x.example", "logo": None}
    report = take_in(conference, a_schedule(event, {"recording_license": "CC0", "do_not_record": False}))

    assert "do_not_record (1), recording_license (2), feedback_url (1)." in told(report)
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


def test_a_file_nested_without_end_is_refused():
    with pytest.raises(NotReadable):
        read(('{"schedule":' + "[" * 100_000).encode())


# pretalx


def a_submission(**fields):
    slot = {
        "start": "2025-08-09T10:00:00+08:00",
        "end": "2025-08-09T10:30:00+08:00",
        "room": {"name": {"en": "RB-105"}},
    }
    return {"code": "ABCDEF", "title": "A talk", "state": "confirmed", "slots": [slot], "speakers": [], **fields}


def test_numbers_that_stand_for_rows_are_kept_in_words_and_make_no_rows(conference):
    row = a_submission(slots=[17], track=4, submission_type=9, speakers=["AAAAAA"], resources=[3])
    report = take_in(conference, {"count": 1, "results": [row]})

    assert (Forum.objects.count(), Room.objects.count(), Person.objects.count()) == (0, 0, 0)
    assert told(report).count("“expand”") == 5


def test_the_slots_of_a_released_schedule(conference):
    slot = a_submission()["slots"][0]
    talk = {**slot, "submission": a_submission(speakers=[{"code": "XYZABC", "name": "Ada Lin"}])}
    pause = {**slot, "submission": None, "description": {"en": "Coffee", "zh-hans": "茶歇"}}
    report = take_in(conference, {"id": 7, "version": "1.0", "slots": [talk, pause, {"id": 5}]})

    rows = {session.title_en: session for session in Session.objects.all()}
    assert set(rows) == {"A talk", "Coffee"}
    assert (rows["Coffee"].kind, rows["Coffee"].title_zh_hans) == ("break", "茶歇")
    assert rows["A talk"].speakings.get().name == "Ada Lin"
    assert len(report.refused) == 1


# Eventyay


def an_eventyay_session(**fields):
    return {
        "id": 29,
        "title": "Getting clean, keeping lean",
        "subtitle": "",
        "short_abstract": "Why architecture.",
        "long_abstract": "<p>Why architecture.</p><p>And how.</p>",
        "language": "English",
        "slides": "",
        "video": "https://video.example/29",
        "signup_url": "",
        "state": "accepted",
        "session_type": {"id": 1, "name": "1 hour session", "length": "01.00"},
        "track": {"id": 1, "name": "General", "color": "#BF532E"},
        "start_time": "2017-04-11T13:30:00-07:00",
        "end_time": "2017-04-11T14:30:00-07:00",
        "speakers": [{"id": 24, "name": "Joe Birch", "short_biography": "Writes."}],
        "microlocation": {"id": 2, "name": "Theatre 2"},
        **fields,
    }


def is_the_eventyay_session():
    session = Session.objects.get()
    assert session.starts_at == datetime(2017, 4, 11, 20, 30, tzinfo=UTC)
    assert (session.ends_at - session.starts_at).total_seconds() == 3600
    assert (session.room.name_en, session.forum.title_en, session.language) == ("Theatre 2", "General", "en")
    assert session.speakings.get().name == "Joe Birch"
    assert session.materials.get().kind == "recording"


def test_sessions_of_eventyay(conference):
    rows = [an_eventyay_session(), an_eventyay_session(id=30, title="No", state="rejected")]
    report = take_in(conference, rows)

    assert (len(report.new), len(report.refused)) == (1, 1)
    is_the_eventyay_session()
    assert len(take_in(conference, rows).same) == 1


def test_sessions_of_eventyay_as_its_api_answers(conference):
    row = an_eventyay_session()
    parts = {"microlocation": [row.pop("microlocation")], "track": [row.pop("track")], "speaker": row.pop("speakers")}
    parts["session-type"] = [row.pop("session_type")]
    row["starts-at"], row["ends-at"] = row.pop("start_time"), row.pop("end_time")
    included = [
        {"type": kind, "id": str(one.pop("id")), "attributes": one} for kind, ones in parts.items() for one in ones
    ]
    relations = {
        "microlocation": {"data": {"type": "microlocation", "id": "2"}},
        "track": {"data": {"type": "track", "id": "1"}},
        "session-type": {"data": {"type": "session-type", "id": "1"}},
        "speakers": {"data": [{"type": "speaker", "id": "24"}]},
        "feedbacks": {"links": {"self": "/v1/feedbacks"}},
    }
    data = {"type": "session", "id": str(row.pop("id")), "attributes": row, "relationships": relations}
    take_in(conference, {"data": [data], "included": included, "jsonapi": {"version": "1.0"}})

    is_the_eventyay_session()


# COSCUP and SITCON


def test_an_id_that_is_a_uuid_becomes_the_sessions_own(conference):
    uuid = "1b1c1a6e-d679-41f3-981f-f58185c9d9d8"
    texts = {"title": "入場時間", "description": ""}
    session = {"id": uuid, "zh": texts, "en": texts, "speakers": [{}, ["x"]], "type": "Ev", "room": "R0", "tags": ["a"]}
    report = take_in(conference, {"sessions": [session], "rooms": [{"id": "R0"}], "speakers": [{"id": "s"}]})

    assert str(Session.objects.get().uuid) == uuid
    assert (Session.objects.get().room.name_zh_hans, Session.objects.get().title_en or "") == ("R0", "")
    assert "not among the speakers of the file" in told(report)
    assert "tags (1)" in told(report)


# Tables


def test_a_table_with_the_day_and_the_hour_apart_and_more_than_we_read(conference):
    text = '标题,日期,开始,时长,讲师,预算\n开源治理,2023年10月28日,9:30,40,"李明、""Wang; Sons""",300\n'
    report = take_in(conference, text.encode("gb18030"))

    session = Session.objects.get()
    assert session.starts_at == datetime(2023, 10, 28, 9, 30, tzinfo=SHANGHAI)
    assert session.ends_at == datetime(2023, 10, 28, 10, 10, tzinfo=SHANGHAI)
    assert sorted(who.name for who in session.speakings.all()) == ["Wang; Sons", "李明"]
    assert "预算 (1)" in told(report)
    assert ImportedRow.objects.get(model="events.session").unread[0]["said"] == "300"


def test_what_a_spreadsheet_calls_unicode_text(conference):
    take_in(conference, "title_zh\ttitle_en\n议题\tTalk\n".encode("utf-16"))

    assert Session.objects.get().title_en == "Talk"


# What is no programme


@pytest.mark.parametrize(
    ("content", "found"),
    [
        ('<schedule><day date="1"><lesson/></day></schedule>', "lesson"),
        ('{"schedule": {"2024-11-02": {}}}', "2024-11-02"),
        ('{"sessions": [{"id": "1", "title": "Sessionize", "startsAt": "2024-01-01"}]}', "startsAt"),
        ('{"sessions": []}', "nothing"),
        ('[{"code": "ABC", "name": "A speaker"}]', "code, name"),
        ("[]", "nothing"),
        ('{"data": [{"type": "ticket"}]}', "data"),
    ],
)
def test_another_dialect_is_refused_as_a_whole_with_what_was_found(content, found):
    with pytest.raises(NotReadable, match=f"Expected .*{found}"):
        read(content.encode())


@pytest.mark.parametrize(
    "prolog",
    [
        '<!DOCTYPE schedule [<!ENTITY % x SYSTEM "http://127.0.0.1:1/x.dtd"> %x;]>',
        '<!DOCTYPE schedule [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
    ],
)
def test_a_file_that_declares_entities_is_refused(prolog):
    with pytest.raises(NotReadable):
        read(f"{prolog}<schedule><day><event/></day></schedule>".encode())


def test_comments_and_instructions_in_a_file_are_no_text(conference):
    take_in(conference, "<schedule><day><event><title>A<!-- x --><?y z?></title></event></day></schedule>")

    assert Session.objects.get().title_en == "A"
