"""Releases: places and times are frozen, texts are live, and what changed is told in words."""

from datetime import datetime, timedelta

import lxml.etree
import pytest
from django.contrib.auth.models import User
from django.utils import translation
from post_office.models import Email

from events.models import Proposal, Release, Session
from events.releasing import NothingToRelease, changes, places_now, places_of, release
from events.wing import EventsWing
from portal.mail import forget
from tests.events.reading import read
from tests.make import (
    SHANGHAI,
    a_conference,
    a_forum,
    a_person,
    a_proposal,
    a_proposal_call,
    a_room,
    a_session,
    a_venue,
    speaks,
)

pytestmark = pytest.mark.django_db


def at(hour, minute=0):
    return datetime(2023, 10, 28, hour, minute, tzinfo=SHANGHAI)


@pytest.fixture
def conference():
    return a_conference(slug="openconf-2023", starts_at=at(0), ends_at=at(0) + timedelta(days=2))


@pytest.fixture
def rooms(conference):
    venue = a_venue(conference)
    return [a_room(venue, f"Room {number}") for number in (1, 2)]


@pytest.fixture
def session(conference, rooms):
    return a_session(
        conference,
        "Why forks happen",
        code="FORKS2",
        room=rooms[0],
        starts_at=at(9, 30),
        ends_at=at(10, 15),
        forum=a_forum(conference, slug="governance"),
    )


def told(conference):
    """Return the changes since the latest release as (kind, title, words)."""
    before = places_of(conference.releases.first())
    with translation.override("en"):
        found = changes(before, places_now(conference), conference.time_zone)
        return [(one.kind, one.title, " ".join(one.sentences)) for one in found]


def test_visitors_see_the_released_place_until_the_next_release(client, conference, rooms, session):
    release(conference, None)
    Session.objects.filter(pk=session.pk).update(starts_at=at(14), ends_at=at(15), room=rooms[1], is_cancelled=True)

    for path in ("schedule/", "sessions/FORKS2/", "forums/governance/"):
        text = read(client, f"conferences/openconf-2023/{path}").text
        assert "09:30" in text and "Room 1" in text, path
        assert "Cancelled" not in text, path

    release(conference, None)
    for path in ("schedule/", "sessions/FORKS2/", "forums/governance/"):
        text = read(client, f"conferences/openconf-2023/{path}").text
        assert "14:00" in text and "Room 2" in text and "Cancelled" in text, path


def test_texts_are_live(client, conference, session):
    release(conference, None)
    Session.objects.filter(pk=session.pk).update(title_en="Why forks heal")

    assert "Why forks heal" in read(client, "conferences/openconf-2023/schedule/").text


def test_a_session_that_no_release_knows_has_no_place_yet(client, conference, rooms, session):
    release(conference, None)
    a_session(conference, "Late", code="LATE22", room=rooms[0], starts_at=at(16), ends_at=at(17))

    assert "Late" not in read(client, "conferences/openconf-2023/schedule/").text
    page = read(client, "conferences/openconf-2023/sessions/LATE22/")
    assert "16:00" not in page.text
    assert "Room" not in page.text


def test_earlier_versions_stay_readable_even_when_a_session_is_gone(client, conference, rooms, session):
    gone = a_session(conference, "Gone", code="GONE22", room=rooms[1], starts_at=at(11), ends_at=at(12))
    release(conference, None)
    gone.delete()
    Session.objects.filter(pk=session.pk).update(room=rooms[1])
    release(conference, None, version="final", note_en="Rooms swapped.")

    page = read(client, "conferences/openconf-2023/schedule/releases/")
    assert page.texts("//h2") == ["Version final", "Version 1"]
    assert page.of_class("change") == [
        "Why forks happen Now in Room 2 instead of Room 1.",
        "Gone No longer in the programme; it was Sat 28 October 2023, 11:00–12:00, Room 2.",
    ]
    assert "Rooms swapped." in page.text
    earlier = read(client, "conferences/openconf-2023/schedule/releases/1/")
    assert "This is an earlier version." in earlier.text
    assert earlier.of_class("slot-room") == ["Room 1"]


def test_what_is_gone_or_renamed_since_is_told_by_the_name_it_was_released_under(conference, rooms, session):
    gone = a_session(conference, "Gone", code="GONE22", room=rooms[1], starts_at=at(11), ends_at=at(12))
    release(conference, None)
    gone.delete()
    for room in rooms:
        room.delete()

    assert told(conference) == [
        ("moved", "Why forks happen", "Now in no room yet instead of Room 1."),
        (
            "withdrawn",
            "Gone",
            "No longer in the programme; it was Sat 28 October 2023, 11:00–12:00, Room 2.",
        ),
    ]


def test_there_are_no_versions_before_the_first(client, conference, session):
    read(client, "conferences/openconf-2023/schedule/releases/", status=404)
    read(client, "conferences/openconf-2023/schedule/releases/1/", status=404)


@pytest.mark.parametrize("rows", [1, 30])
def test_the_list_of_versions_costs_the_same_however_much_changed(
    client, conference, rooms, session, django_assert_num_queries, rows
):
    release(conference, None)
    for number in range(rows):
        a_session(conference, f"Talk {number}", room=rooms[1], starts_at=at(11), ends_at=at(12))
    release(conference, None)

    with django_assert_num_queries(9):
        page = read(client, "conferences/openconf-2023/schedule/releases/")

    assert len(page.of_class("change")) == rows


def test_changes_are_told_in_words(conference, rooms, session):
    moved = a_session(conference, "Moved", room=rooms[0], starts_at=at(11), ends_at=at(12))
    called_off = a_session(conference, "Called off", room=rooms[0], starts_at=at(13), ends_at=at(14))
    back = a_session(conference, "Back", room=rooms[0], starts_at=at(15), ends_at=at(16), is_cancelled=True)
    release(conference, None)
    Session.objects.filter(pk=moved.pk).update(starts_at=at(11, 30), ends_at=at(12, 30), room=rooms[1])
    Session.objects.filter(pk=called_off.pk).update(is_cancelled=True)
    Session.objects.filter(pk=back.pk).update(is_cancelled=False)
    a_session(conference, "New", starts_at=at(17), ends_at=None)
    session.delete()

    assert told(conference) == [
        (
            "withdrawn",
            "Why forks happen",
            "No longer in the programme; it was Sat 28 October 2023, 09:30–10:15, Room 1.",
        ),
        (
            "moved",
            "Moved",
            "Now Sat 28 October 2023, 11:30–12:30 instead of Sat 28 October 2023, 11:00–12:00. "
            "Now in Room 2 instead of Room 1.",
        ),
        ("cancelled", "Called off", "Cancelled; it was Sat 28 October 2023, 13:00–14:00, Room 1."),
        ("restored", "Back", "Takes place after all: Sat 28 October 2023, 15:00–16:00, Room 1."),
        ("added", "New", "New: Sat 28 October 2023, 17:00."),
    ]


def test_what_was_cancelled_before_is_not_told_again(conference, session):
    Session.objects.filter(pk=session.pk).update(is_cancelled=True)
    release(conference, None)

    assert told(conference) == []


def test_nothing_changed_is_nothing_told(conference, session):
    release(conference, None)
    Session.objects.filter(pk=session.pk).update(title_en="Another title")

    assert told(conference) == []


def test_releases_are_numbered_and_remember_by_whom(conference, session):
    organizer = User.objects.create(username="organizer")

    first = release(conference, organizer, version="2")
    second = release(conference, organizer)

    assert [(row.number, row.version) for row in (first, second)] == [(1, "2"), (2, "3")]
    assert first.released_by == organizer


def test_without_a_time_there_is_nothing_to_release(conference):
    a_session(conference)

    with pytest.raises(NothingToRelease):
        release(conference, None)
    assert not Release.objects.exists()


def test_a_speaker_with_an_account_gets_one_mail_about_all_of_theirs(conference, rooms, session):
    second = a_session(conference, "Second", room=rooms[1], starts_at=at(11), ends_at=at(12))
    untouched = a_session(conference, "Untouched", room=rooms[1], starts_at=at(16), ends_at=at(17))
    ming = a_person("Ming", user=User.objects.create(username="ming", email="ming@example.org"))
    hong = a_person("Hong", user=User.objects.create(username="hong", email="hong@example.org"))
    for one in (session, second):
        speaks(ming, one)
        speaks(a_person("No account"), one)
    speaks(hong, untouched)
    release(conference, None)
    assert not Email.objects.exists()

    Session.objects.filter(pk__in=[session.pk, second.pk]).update(room=None)
    release(conference, None)

    [mail] = Email.objects.all()
    assert mail.to == ["ming@example.org"]
    assert "Why forks happen" in mail.message and "Second" in mail.message


def test_a_proposer_is_told_in_their_language_by_a_mail_that_goes_with_their_data(conference, rooms, session):
    proposal = a_proposal(a_proposal_call(conference), email="Ming@Example.org", language="en", session=session)
    speaks(a_person("Ming", user=User.objects.create(username="ming", email="ming@example.org")), session)
    release(conference, None)
    Session.objects.filter(pk=session.pk).update(room=rooms[1])

    release(conference, None)

    [mail] = Email.objects.all()
    assert mail.to == ["ming@example.org"]
    assert "Now in Room 2 instead of Room 1." in mail.message
    assert proposal.status_path() in mail.message
    forget(proposal)
    assert not Email.objects.exists()


def test_each_speaker_is_told_of_their_own_sessions_and_nobody_whose_address_is_erased(conference, rooms, session):
    other = a_session(conference, "Second", code="SECND2", room=rooms[0], starts_at=at(11), ends_at=at(12))
    third = a_session(conference, "Third", code="THIRD3", room=rooms[0], starts_at=at(13), ends_at=at(14))
    call = a_proposal_call(conference)
    a_proposal(call, name="Ming", session=session)
    a_proposal(call, name="Hong", session=other)
    erased = a_proposal(call, name="Lan", session=third, state="anonymised")
    Proposal.objects.filter(pk=erased.pk).update(email="", email_normalised="")
    release(conference, None)
    Session.objects.update(room=rooms[1])

    release(conference, None)

    told = {
        mail.to[0]: [title in mail.message for title in ("Why forks happen", "Second")] for mail in Email.objects.all()
    }
    assert told == {"ming@example.org": [True, False], "hong@example.org": [False, True]}


def test_the_versions_are_a_feed(client, conference, rooms, session):
    release(conference, None)
    Session.objects.filter(pk=session.pk).update(room=rooms[1])
    release(conference, None, version="final", note_en="Rooms swapped.")

    answer = client.get("/en/conferences/openconf-2023/schedule/releases/feed.xml")

    assert answer["Content-Type"].startswith("application/atom+xml")
    feed = lxml.etree.fromstring(answer.content)
    atom = {"atom": "http://www.w3.org/2005/Atom"}
    assert feed.xpath("//atom:entry/atom:title/text()", namespaces=atom) == ["Version final", "Version 1"]
    [told, _first] = feed.xpath("//atom:entry/atom:content/text()", namespaces=atom)
    assert "Rooms swapped." in told and "Why forks happen: Now in Room 2 instead of Room 1." in told
    assert len(set(feed.xpath("//atom:entry/atom:id/text()", namespaces=atom))) == 2


def test_a_kept_page_holds_no_longer_than_the_next_released_moment(conference, session):
    release(conference, None)
    Session.objects.filter(pk=session.pk).update(starts_at=None, ends_at=None)

    assert {at(9, 30), at(10, 15)} <= set(EventsWing().moments(at(9)))
