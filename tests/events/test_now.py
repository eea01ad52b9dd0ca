"""Now and next, the sign beside a door, the programme for paper, and what is around a session."""

from datetime import datetime, timedelta

import pytest
from django.utils import translation

from events.models import Session
from events.now import now_and_next
from events.releasing import release
from events.schedule import Schedule
from portal import wings
from tests.events.reading import read
from tests.make import SHANGHAI, a_conference, a_forum, a_person, a_room, a_session, a_venue, speaks

pytestmark = pytest.mark.django_db


def at(hour, minute=0):
    return datetime(2023, 10, 28, hour, minute, tzinfo=SHANGHAI)


@pytest.fixture
def conference():
    return a_conference(slug="openconf-2023", starts_at=at(0), ends_at=at(0) + timedelta(days=2))


@pytest.fixture
def room(conference):
    return a_room(a_venue(conference, "Jingronghui", slug="jrh"), "Hall", slug="hall")


def a_talk(room, title, starts, ends, **fields):
    return a_session(room.venue.conference, title, room=room, starts_at=starts, ends_at=ends, **fields)


def told(conference, moment):
    with translation.override("en"):
        rooms = now_and_next(Schedule(conference, None), moment)
        return [(room.room.name, [one.title for one in room.on], [one.title for one in room.next]) for room in rooms]


def test_what_is_on_and_what_is_next(conference, room):
    a_talk(room, "First", at(9), at(10))
    a_talk(room, "Called off", at(10), at(10, 30), is_cancelled=True)
    for title in ("Second", "With it"):
        a_talk(room, title, at(11), at(12))

    assert told(conference, at(8)) == [("Hall", [], ["First"])]
    assert told(conference, at(9, 30)) == [("Hall", ["First"], ["Second", "With it"])]
    assert told(conference, at(10)) == [("Hall", [], ["Second", "With it"])]
    assert told(conference, at(11)) == [("Hall", ["Second", "With it"], [])]
    assert told(conference, at(12)) == [("Hall", [], [])]


def test_without_an_end_a_session_is_on_until_the_next(conference, room):
    a_talk(room, "Open", at(9), None)
    a_talk(room, "Second", at(11), at(12))

    assert told(conference, at(10, 30)) == [("Hall", ["Open"], ["Second"])]


def test_without_an_end_and_without_a_next_one_a_session_is_on_for_an_hour(conference, room):
    a_talk(room, "Party", at(20), None)

    assert told(conference, at(20, 59)) == [("Hall", ["Party"], [])]
    assert told(conference, at(21)) == [("Hall", [], [])]


def test_pages_change_when_something_comes_to_be_next_and_when_the_hour_of_what_has_no_end_is_over(conference, room):
    a_talk(room, "Party", at(20), None)

    assert at(8) in list(wings.get("events").moments(at(7)))
    assert at(21) in list(wings.get("events").moments(at(20)))


def test_the_sign_says_that_what_has_no_end_is_on(client, conference, room):
    now = datetime.now(SHANGHAI)
    a_talk(room, "Party", now - timedelta(minutes=50), None)

    page = read(client, "conferences/openconf-2023/schedule/sign/jrh/hall/")

    assert page.texts("//li[not(@hidden)]//b") == ["Now"]
    assert page.texts("//p[@id='sign-nothing'][not(@hidden)]") == []


def test_the_page_shows_each_room_and_one_venue_if_asked(client, conference, room):
    soon = datetime.now(SHANGHAI).replace(microsecond=0)
    other = a_room(a_venue(conference, "Beijing", slug="beijing"), "Other")
    a_talk(room, "Kernels", soon - timedelta(minutes=10), soon + timedelta(minutes=10))
    a_talk(other, "Forks", soon + timedelta(minutes=10), soon + timedelta(minutes=20))

    page = read(client, "conferences/openconf-2023/schedule/now/")
    assert page.texts("//article/h3") == ["Kernels", "Forks"]
    assert "On now" in page.text
    assert read(client, "conferences/openconf-2023/schedule/now/?venue=beijing").texts("//article/h3") == ["Forks"]


def test_the_sign_knows_the_whole_day_of_its_room(client, conference, room):
    a_talk(room, "Kernels", at(9), at(10))
    a_talk(a_room(room.venue, "Other"), "Forks", at(9), at(10))

    response = client.get("/en/conferences/openconf-2023/schedule/sign/jrh/hall/")

    page = response.content.decode()
    assert "Kernels" in page and "Forks" not in page
    assert 'data-starts="2023-10-28T09:00+08:00"' in page
    assert client.get("/en/conferences/openconf-2023/schedule/sign/jrh/attic/").status_code == 404


def test_the_printed_programme_is_in_one_language_or_both(client, conference, room):
    a_talk(room, "Kernels", at(9), at(10), title_zh_hans="内核")

    page = read(client, "conferences/openconf-2023/schedule/print/")
    assert page.texts("//h3") == ["Kernels"]
    assert "内核" not in page.text
    assert "内核" in read(client, "conferences/openconf-2023/schedule/print/?both=1").text


@pytest.mark.parametrize(("path", "queries"), [("now/", 10), ("print/", 9), ("mine/", 9), ("sign/jrh/hall/", 10)])
@pytest.mark.parametrize("rows", [1, 30])
def test_each_page_costs_the_same_however_many_sessions(
    client, conference, room, django_assert_num_queries, path, queries, rows
):
    soon = datetime.now(SHANGHAI) + timedelta(hours=1)
    for number in range(rows):
        talk = a_talk(room, f"Talk {number}", soon, soon + timedelta(hours=1), forum=a_forum(conference))
        speaks(a_person(), talk)

    with django_assert_num_queries(queries):
        response = client.get(f"/en/conferences/openconf-2023/schedule/{path}")

    assert response.content.decode().count("Talk ") == rows


def test_what_is_over_is_not_read_for_what_is_on(client, conference, room, django_assert_num_queries):
    speaks(a_person(), a_talk(room, "Kernels", at(9), at(10)))

    with django_assert_num_queries(7):
        assert "Kernels" not in read(client, "conferences/openconf-2023/schedule/now/").text


def test_a_session_leads_to_the_ones_before_and_after_it_in_the_room(client, conference, room):
    for number, title in enumerate(["First", "Second", "Third"]):
        a_talk(room, title, at(9 + number), at(10 + number), code=f"TALK{number}A")
    a_talk(a_room(room.venue, "Other"), "Elsewhere", at(10), at(11))
    a_talk(room, "Lunch", at(12), at(13), kind="break")

    page = read(client, "conferences/openconf-2023/sessions/TALK1A/")
    assert page.of_class("neighbours") == ["Before it in the room First After it in the room Third"]
    last = read(client, "conferences/openconf-2023/sessions/TALK2A/")
    assert last.of_class("neighbours") == ["Before it in the room Second"]


def test_neighbours_are_those_of_the_release(client, conference, room):
    first = a_talk(room, "First", at(9), at(10))
    a_talk(room, "Second", at(10), at(11), code="SECOND")
    release(conference, None)
    Session.objects.filter(pk=first.pk).update(starts_at=at(15), ends_at=at(16))

    page = read(client, "conferences/openconf-2023/sessions/SECOND/")

    assert page.of_class("neighbours") == ["Before it in the room First"]


def test_a_session_tells_what_its_speakers_talked_about_in_other_years(client, conference, room):
    ming = a_person("Ming")
    speaks(ming, a_talk(room, "Now", at(9), at(10), code="NOW222"))
    for year in (2021, 2022):
        earlier = a_conference(f"OpenConf'{year - 2000}", starts_at=f"{year}-10-28T00:00+08:00")
        speaks(ming, a_session(earlier, f"Talk of {year}"))
    speaks(ming, a_session(a_conference(published_at=None), "Secret"))

    page = read(client, "conferences/openconf-2023/sessions/NOW222/")

    assert page.of_class("other-talks") == ["Talk of 2022 Ming · OpenConf'22 Talk of 2021 Ming · OpenConf'21"]
