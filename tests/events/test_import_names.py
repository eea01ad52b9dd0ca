"""Which session, room, forum or person a name in a table means; where it may mean several, it is asked about."""

import pytest

from events.imports.reading import read
from events.models import Room, Session
from tests.events.programme_files import a_book, at, take_in, words_of
from tests.make import a_conference, a_forum, a_room, a_session, a_venue

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


@pytest.fixture
def conference():
    return a_conference(slug="openconf-2023", time_zone="Asia/Shanghai", starts_at=at(0), ends_at=at(23))


def test_a_name_that_several_rooms_have_keeps_the_sessions_own_and_is_else_asked_about(conference):
    rooms = [a_room(a_venue(conference, city), "301") for city in ("Beijing", "Chengdu")]
    a_session(conference, "Here already", code="KERNEL", room=rooms[1])
    rows = "KERNEL,Here already,301\nSHELLS,New,301\nPROMPT,Told apart,301 · Beijing\n"

    report = take_in(conference, f"code,title_en,room\n{rows}")

    in_which = {session.title_en: session.room for session in conference.sessions.select_related("room")}
    assert in_which == {"Here already": rooms[1], "New": None, "Told apart": rooms[0]}
    assert [line.told for line in report.unread] == [
        "room: “301” – several are called so here; write one of these: 301 · Beijing / 301 · Chengdu"
    ]
    assert Room.objects.count() == 2


def test_a_title_that_several_forums_have_is_asked_about(conference):
    for slug in ("law", "law-again"):
        a_forum(conference, "Law", slug=slug)

    report = take_in(conference, "title_en,forum\nA,law\nB,Law · law-again\n")

    assert {session.title_en: session.forum and session.forum.slug for session in conference.sessions.all()} == {
        "A": None,
        "B": "law-again",
    }
    assert "write one of these: Law · law / Law · law-again" in words_of(report)


def test_what_another_conference_calls_the_same_stays_with_it(conference):
    uuid = "11111111-1111-4111-8111-111111111111"
    other = a_conference(slug="openconf-2022")
    theirs = a_session(other, "Theirs", uuid=uuid, room=a_room(a_venue(other, "Beijing"), "301"))

    take_in(conference, f"uuid,title,room\n{uuid},Ours,301\n")

    ours, room = conference.sessions.get(), theirs.room
    assert (ours.title_en, ours.room.venue.conference) == ("Ours", conference)
    assert str(ours.uuid) != uuid
    theirs.refresh_from_db()
    assert (theirs.title_en, theirs.room) == ("Theirs", room)


def test_two_rows_with_one_code_are_two_sessions(conference):
    uuid = "11111111-1111-4111-8111-111111111111"
    content = f"code,uuid,title\nKERNEL,{uuid},First\nKERNEL,,Its copy\n"

    assert len(take_in(conference, content).new) == 2
    again = take_in(conference, content)

    assert [len(lines) for lines in (again.new, again.changed, again.same)] == [0, 0, 2]
    assert {session.title_en for session in Session.objects.all()} == {"First", "Its copy"}
    assert conference.sessions.get(code="KERNEL").title_en == "First"


def test_a_row_that_is_known_is_not_taken_by_a_copy_above_it(conference):
    take_in(conference, "code,uuid,title\nKERNEL,11111111-1111-4111-8111-111111111111,First\n")

    report = take_in(conference, "code,uuid,title\nKERNEL,,Copy\nKERNEL,11111111-1111-4111-8111-111111111111,First\n")

    assert ([line.title for line in report.new], len(report.same)) == (["Copy"], 1)
    assert conference.sessions.get(code="KERNEL").title_en == "First"


@pytest.mark.parametrize(
    ("said", "names"),
    [
        ("Alice Smith, Bob Jones", ["Alice Smith", "Bob Jones"]),
        ("李明,王芳", ["李明", "王芳"]),
        ("李明/王芳、赵云", ["李明", "王芳", "赵云"]),
        ("Lin, Ada; maya / 551724", ["Lin, Ada", "maya / 551724"]),
        ('"Alice Smith, Bob Jones"; Ming', ["Alice Smith, Bob Jones", "Ming"]),
    ],
)
def test_speakers_are_parted_as_people_part_them(said, names):
    assert list(read(a_book([["title", "speakers"], ["A", said]])).people) == names


def test_a_room_is_the_same_in_whatever_width_it_is_typed(conference):
    hall = a_room(a_venue(conference), "Hall (1F)")
    rows = "A,Hall（１F）\nB,hall  (1f)\nC,３０１\nD,301\n"
    take_in(conference, f"title,room\n{rows}")

    rooms = {session.title_en: session.room for session in conference.sessions.select_related("room")}
    assert rooms["A"] == rooms["B"] == hall
    assert rooms["C"] == rooms["D"] and Room.objects.count() == 2
