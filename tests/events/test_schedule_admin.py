"""Releasing a schedule in the admin: what changed, what looks wrong, who may."""

from datetime import datetime, time, timedelta

import pytest
from django.urls import reverse

from events.conflicts import doubts_about
from events.models import Presence, Release, Session, Venue
from events.releasing import release
from tests.make import SHANGHAI, a_conference, a_forum, a_person, a_room, a_session, a_venue, speaks
from tests.organizers import a_producer, a_translator, an_administrator, an_organizer, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


def at(hour, minute=0, day=28):
    return datetime(2023, 10, day, hour, minute, tzinfo=SHANGHAI)


@pytest.fixture
def conference():
    return a_conference(starts_at=at(0), ends_at=at(0) + timedelta(days=2))


@pytest.fixture
def room(conference):
    return a_room(a_venue(conference))


def a_talk(room, title, starts, ends, **fields):
    fields = {"language": "zh", **fields}
    return a_session(room.venue.conference, title, room=room, starts_at=starts, ends_at=ends, **fields)


def page_of(conference):
    return reverse("admin:events_conference_release", args=[conference.pk])


def doubts(conference):
    return [(doubt.session.title_en, doubt.text) for doubt in doubts_about(conference)]


def test_an_organizer_sees_what_changed_and_releases_it(conference, room):
    organizer = an_organizer(conference.series)
    talk = a_talk(room, "Kernels", at(9), at(10))
    release(conference, None)
    Session.objects.filter(pk=talk.pk).update(starts_at=at(11), ends_at=at(12))
    client = signed_in(organizer)

    shown = client.get(page_of(conference), headers={"accept-language": "en"})
    assert "Now Sat 28 October 2023, 11:00–12:00 instead of" in shown.content.decode()
    answer = client.post(page_of(conference), {"version": "final", "note_en": "Kernels is later."})

    assert answer.status_code == 302
    latest = Release.objects.latest("number")
    assert (latest.version, latest.note_en, latest.released_by) == ("final", "Kernels is later.", organizer)
    assert latest.places.get().starts_at == at(11)


def test_a_version_is_released_once_and_not_without_a_time(conference, room):
    client = signed_in(an_administrator())
    client.post(page_of(conference), {"version": "1"})
    assert not Release.objects.exists()
    a_talk(room, "Kernels", at(9), at(10))
    release(conference, None, version="1")

    client.post(page_of(conference), {"version": "1"})

    assert Release.objects.count() == 1


@pytest.mark.parametrize("who", ["producer", "translator", "organizer of another series"])
def test_nobody_else_releases(conference, room, who):
    a_talk(room, "Kernels", at(9), at(10))
    account = {
        "producer": lambda: a_producer(a_forum(conference)),
        "translator": a_translator,
        "organizer of another series": lambda: an_organizer(a_conference().series),
    }[who]()

    answer = signed_in(account).post(page_of(conference), {"version": "1"})

    assert answer.status_code in (302, 403)
    assert not Release.objects.exists()


def test_a_room_and_a_person_taken_twice_are_told(conference, room):
    ming, other = a_person("Ming"), a_room(room.venue)
    long = a_talk(room, "Long", at(9), at(12))
    a_talk(room, "Clash", at(10), at(11))
    a_talk(room, "Later clash", at(11, 30), at(11, 45))
    parallel = a_talk(other, "Parallel", at(11), at(12))
    for session in (long, parallel):
        speaks(ming, session)

    assert doubts(conference) == [
        ("Clash", "the room is taken by “Long” at that time"),
        ("Parallel", "someone on stage is also in “Long” at that time"),
        ("Later clash", "the room is taken by “Long” at that time"),
    ]


def test_talks_of_one_block_and_talks_in_a_row_are_fine(conference, room):
    ming = a_person("Ming")
    for title in ("First", "Second"):
        speaks(ming, a_talk(room, title, at(9), at(10)))
    a_talk(room, "Next", at(10), at(11))

    assert doubts(conference) == []


def test_what_is_missing_is_told(conference, room):
    a_session(conference, "Bare", starts_at=at(9))
    a_talk(room, "Early", at(9, day=20), at(10, day=20))
    a_session(conference, "Lunch", kind="break", starts_at=at(12))

    assert doubts(conference) == [
        ("Early", "it is not within the days of the conference"),
        ("Bare", "its end is not known"),
        ("Bare", "it has no room"),
        ("Bare", "its language is not given"),
    ]


def test_a_forum_that_follows_another_at_once_is_told(conference, room):
    a_talk(room, "Last", at(9), at(10), forum=a_forum(conference))
    a_talk(room, "First", at(10), at(11), forum=a_forum(conference))

    assert doubts(conference) == [("First", "another forum leaves the room only just before")]


def test_a_speaker_who_goes_from_room_to_room_without_a_break_is_told(conference, room):
    ming, other = a_person("Ming"), a_room(room.venue)
    speaks(ming, a_talk(room, "First", at(9), at(10)))
    speaks(ming, a_talk(other, "At once", at(10), at(11)))
    speaks(ming, a_talk(room, "Later", at(11, 30), at(12)))

    assert doubts(conference) == [("At once", "someone on stage comes straight from “First”, in another room")]


def test_a_speaker_who_cannot_be_there_is_told(conference, room):
    ming, hong = a_person("Ming"), a_person("Hong")
    for starts, ends in ((at(9), at(12)), (at(9, day=29), at(12, day=29))):
        Presence.objects.create(conference=conference, person=ming, starts_at=starts, ends_at=ends)
    for title, person, hour in (("Early", ming, 9), ("Late", ming, 12), ("Anybody", hong, 15)):
        speaks(person, a_talk(room, title, at(hour), at(hour + 1)))

    assert doubts(conference) == [("Late", "Ming cannot be there at that time")]


@pytest.mark.parametrize(
    ("opens", "closes", "told"),
    [
        (None, None, []),
        (time(9), time(18), ["Dawn", "Dinner", "Night"]),
        (time(9), None, ["Dawn", "Night"]),
        (None, time(18), ["Dinner", "Night"]),
        (time(9), time(3), ["Dawn"]),
    ],
)
def test_what_is_outside_the_hours_of_its_venue_is_told(conference, room, opens, closes, told):
    Venue.objects.filter(pk=room.venue.pk).update(opens_at=opens, closes_at=closes)
    a_talk(room, "Dawn", at(8, 30), at(9, 30))
    a_talk(room, "Day", at(9, 30), at(18))
    a_talk(room, "Dinner", at(18), at(20))
    a_talk(room, "Night", at(23), at(1, day=29))

    assert [title for title, _text in doubts(conference)] == told


@pytest.mark.parametrize("rows", [1, 30])
def test_doubts_cost_four_queries_however_many_sessions(conference, room, django_assert_num_queries, rows):
    for _number in range(rows):
        speaks(a_person(), a_talk(room, "Talk", at(9), at(10)))

    with django_assert_num_queries(4):
        doubts_about(conference)
