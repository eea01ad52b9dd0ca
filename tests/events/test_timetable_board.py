"""Making the schedule in the admin: who moves what, by form or by grid, and that nobody overwrites another."""

import json
from datetime import datetime, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from events.models import Session
from events.moving import MovedMeanwhile, Spot, mark_of, move
from events.releasing import release
from tests.make import SHANGHAI, a_conference, a_forum, a_person, a_room, a_session, a_venue, speaks
from tests.organizers import a_producer, a_translator, an_administrator, an_organizer, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


def at(hour, minute=0, day=28):
    return datetime(2023, 10, day, hour, minute, tzinfo=SHANGHAI)


@pytest.fixture
def conference():
    return a_conference(slug="openconf-2023", starts_at=at(0), ends_at=at(0) + timedelta(days=2))


@pytest.fixture
def rooms(conference):
    venue = a_venue(conference)
    return [a_room(venue, name) for name in ("Hall", "Loft")]


@pytest.fixture
def talk(conference, rooms):
    return a_session(
        conference, "Kernels", room=rooms[0], starts_at=at(9), ends_at=at(10), forum=a_forum(conference), language="en"
    )


@pytest.fixture
def organizer(conference):
    return signed_in(an_organizer(conference.series))


def board_of(conference):
    return reverse("admin:events_timetable", args=[conference.pk])


def line(session, **changes):
    """Return what the board's form sends for a session, some of it changed."""
    values = {
        "day": "2023-10-28",
        "from": "09:00",
        "to": "10:00",
        "room": session.room_id or "",
        "was": mark_of(session),
    }
    return {f"{session.pk}-{name}": value for name, value in (values | changes).items()}


def place_of(session):
    session.refresh_from_db()
    return session.room, session.starts_at, session.ends_at


def drop(client, session, status=200, **changes):
    """Put a session down as the grid does; return the answer."""
    values = {name.partition("-")[2]: value for name, value in line(session, **changes).items()}
    url = reverse("admin:events_timetable_move", args=[session.conference_id])
    response = client.post(url, {"session": session.pk, **values})
    assert response.status_code == status
    return response.json() if status != 403 else None


def test_the_board_lists_sessions_by_forum_and_time_with_what_looks_wrong(conference, rooms, talk, organizer):
    a_session(conference, "Earlier", room=rooms[1], starts_at=at(8), ends_at=at(9), forum=talk.forum, language="en")
    bare = a_session(conference, "Bare", starts_at=at(9), language="en")

    page = organizer.get(board_of(conference)).content.decode()

    assert page.index(f"{talk.forum}") < page.index("Earlier</a></th>") < page.index("Kernels</a></th>")
    assert f'<a href="#session-{bare.pk}">Bare</a>: it has no room' in page
    assert f'<tr id="session-{bare.pk}">' in page
    data = json.loads(page.partition('id="timetable-data" type="application/json">')[2].partition("</script>")[0])
    assert [card["title"] for card in data["cards"]] == ["Earlier", "Kernels", "Bare"]


def test_changed_lines_are_saved_and_others_left_alone(conference, rooms, talk, organizer):
    other = a_session(conference, "Other", room=rooms[0], starts_at=at(9), ends_at=at(10))
    changed_at = other.updated_at

    changes = {"day": "2023-10-29", "from": "23:30", "to": "00:15", "room": rooms[1].pk}
    organizer.post(board_of(conference), line(talk, **changes) | line(other))

    assert place_of(talk) == (rooms[1], at(23, 30, day=29), at(0, 15, day=30))
    other.refresh_from_db()
    assert other.updated_at == changed_at


def test_a_session_can_lose_its_time_and_its_room(conference, talk, organizer):
    organizer.post(board_of(conference), line(talk, day="", room=""))

    assert place_of(talk) == (None, None, None)


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"to": "09:00"}, "It cannot end before it begins."),
        ({"from": ""}, "Enter when it begins, or clear its day."),
        ({"from": "nine"}, "This is not a time; write it as 09:30."),
        ({"day": "soon"}, "This is not a time; write it as 09:30."),
        ({"room": "99999"}, "This room belongs to another conference."),
        ({"room": "attic"}, "This room belongs to another conference."),
    ],
)
def test_what_cannot_be_is_told_and_not_saved(conference, talk, organizer, changes, told):
    before = place_of(talk)

    page = organizer.post(board_of(conference), line(talk, **changes), follow=True).content.decode()

    assert told in page
    assert drop(organizer, talk, status=400, **changes)["told"] == told
    assert place_of(talk) == before


def test_a_room_of_another_conference_is_refused_by_the_verb_too(talk):
    stranger = a_room(a_venue(a_conference()))

    with pytest.raises(ValidationError):
        move(talk, Spot(stranger, at(9), at(10)), mark_of(talk))


def test_times_are_those_of_the_venue_that_it_moves_to(conference, talk, organizer):
    berlin = a_room(a_venue(conference, "Berlin", time_zone="Europe/Berlin"))

    organizer.post(board_of(conference), line(talk, room=berlin.pk))

    assert place_of(talk) == (berlin, at(15), at(16))


def test_the_grid_is_told_where_the_session_is_and_what_looks_wrong(conference, rooms, talk, organizer):
    a_session(conference, "Forks", room=rooms[1], starts_at=at(9, 30), ends_at=at(10), language="en")

    answer = drop(organizer, talk, room=rooms[1].pk)

    assert answer["card"]["room"] == rooms[1].pk
    assert "the room is taken by “" in answer["doubts"]
    talk.refresh_from_db()
    assert answer["card"]["was"] == mark_of(talk)


def test_nobody_overwrites_another(conference, rooms, talk, organizer):
    seen = Session.objects.get(pk=talk.pk)
    move(talk, Spot(rooms[1], at(14), at(15)), mark_of(talk))

    answer = drop(organizer, seen, status=409, **{"from": "11:00", "to": "12:00"})
    page = organizer.post(board_of(conference), line(seen, **{"from": "11:00", "to": "12:00"}), follow=True)

    assert answer["card"]["from"] == "14:00"
    assert "Someone else has just moved" in page.content.decode()
    assert place_of(talk) == (rooms[1], at(14), at(15))
    with pytest.raises(MovedMeanwhile):
        move(talk, Spot(), mark_of(seen))
    talk.refresh_from_db()
    Session.objects.filter(pk=talk.pk).update(room=rooms[0])
    with pytest.raises(MovedMeanwhile):  # to another room at the same time
        move(talk, Spot(), mark_of(talk))


def test_a_producer_moves_what_is_of_their_forum_and_nothing_else(conference, rooms, talk):
    other = a_session(conference, "Other", room=rooms[0], starts_at=at(9), ends_at=at(10), forum=a_forum(conference))
    producer = signed_in(a_producer(talk.forum))

    page = producer.get(board_of(conference)).content.decode()
    assert f"{talk.pk}-room" in page and f"{other.pk}-room" not in page
    producer.post(board_of(conference), line(talk, room=rooms[1].pk) | line(other, room=rooms[1].pk))

    assert place_of(talk)[0] == rooms[1]
    assert place_of(other)[0] == rooms[0]
    drop(producer, other, status=403, room=rooms[1].pk)


@pytest.mark.parametrize("who", ["translator", "organizer of another series", "producer of another conference"])
def test_nobody_else_gets_in(conference, talk, who):
    account = {
        "translator": a_translator,
        "organizer of another series": lambda: an_organizer(a_conference().series),
        "producer of another conference": lambda: a_producer(a_forum(a_conference())),
    }[who]()
    client = signed_in(account)

    assert client.get(board_of(conference)).status_code == 403
    drop(client, talk, status=403, **{"from": "11:00"})
    assert place_of(talk)[1] == at(9)


def test_the_way_there_is_shown_to_whom_it_is_open(conference, talk, organizer):
    pages = [reverse(f"admin:events_{row._meta.model_name}_change", args=[row.pk]) for row in (conference, talk.forum)]
    producer, translator = signed_in(a_producer(talk.forum)), signed_in(a_translator())

    for page in pages:
        assert board_of(conference) in organizer.get(page).content.decode()
        assert board_of(conference) not in translator.get(page).content.decode()
    assert board_of(conference) in producer.get(pages[1]).content.decode()


def test_visitors_see_a_move_with_the_next_release(client, conference, rooms, talk, organizer):
    release(conference, None)
    drop(organizer, talk, **{"from": "14:00", "to": "15:00"})

    url = f"/en/conferences/openconf-2023/sessions/{talk.code}/"
    assert "09:00" in client.get(url).content.decode()
    release(conference, None)
    assert "14:00" in client.get(url).content.decode()


@pytest.mark.parametrize("rows", [1, 30])
def test_the_board_costs_the_same_however_many_sessions(conference, rooms, rows, django_assert_max_num_queries):
    client = signed_in(an_administrator())
    for number in range(rows):
        session = a_session(conference, f"Talk {number}", room=rooms[0], starts_at=at(9), ends_at=at(10))
        speaks(a_person(), session)
    client.get(board_of(conference))

    with django_assert_max_num_queries(22):
        client.get(board_of(conference))
