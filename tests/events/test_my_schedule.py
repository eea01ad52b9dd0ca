"""My schedule: stars behind a link nobody guesses, as a calendar and as a page to hand on."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from icalendar import Calendar

from events import star_chores
from events.models import StarList
from events.releasing import release
from events.views import stars
from tests.events.reading import read
from tests.make import SHANGHAI, a_conference, a_room, a_session, a_venue

pytestmark = pytest.mark.django_db


def at(hour):
    return datetime(2023, 10, 28, hour, tzinfo=SHANGHAI)


@pytest.fixture
def conference():
    conference = a_conference(slug="openconf-2023", starts_at=at(0), ends_at=at(0) + timedelta(days=2))
    room = a_room(a_venue(conference))
    for number, code in enumerate(["AAAAAA", "BBBBBB"]):
        a_session(conference, f"Talk {code}", code=code, room=room, starts_at=at(9 + number), ends_at=at(10 + number))
    return conference


def keep(client, *codes, status=200, **more):
    response = client.post(
        "/en/conferences/openconf-2023/schedule/mine/keep/",
        json.dumps({"codes": codes, **more}),
        content_type="application/json",
    )
    assert response.status_code == status
    return response.json()


def titles(client, kept):
    calendar = Calendar.from_ical(client.get(kept["calendar"]).content)
    return sorted(str(event["summary"]) for event in calendar.walk("VEVENT"))


def test_the_page_holds_every_session_for_the_browser_to_choose_from(client, conference):
    page = read(client, "conferences/openconf-2023/schedule/mine/")

    assert page.texts("//article/h3") == ["Talk AAAAAA", "Talk BBBBBB"]
    assert page.tree.xpath("//meta[@name='robots']/@content") == ["noindex, follow"]


def test_a_subscription_follows_the_stars(client, conference):
    kept = keep(client, "AAAAAA")
    assert titles(client, kept) == ["Talk AAAAAA"]

    again = keep(client, "AAAAAA", "BBBBBB", token=kept["token"])

    assert again["token"] == kept["token"]
    assert titles(client, kept) == ["Talk AAAAAA", "Talk BBBBBB"]
    assert StarList.objects.count() == 1


def test_a_subscription_follows_the_releases(client, conference):
    kept = keep(client, "AAAAAA")
    release(conference, None)
    conference.sessions.update(starts_at=at(15), ends_at=at(16))

    [event] = Calendar.from_ical(client.get(kept["calendar"]).content).walk("VEVENT")

    assert event.decoded("dtstart") == at(9)


def test_a_list_handed_on_shows_its_sessions_and_no_others(client, conference):
    kept = keep(client, "BBBBBB")

    page = read(client, kept["shared"].removeprefix("http://testserver/en/"))

    assert page.texts("//article/h3") == ["Talk BBBBBB"]
    assert "no-store" in page.response["Cache-Control"]


def test_who_has_an_address_that_is_handed_on_reads_and_changes_nothing(client, conference):
    kept = keep(client, "AAAAAA")
    mine = StarList.objects.get()

    for wrong in (mine.token, f"{mine.token}:", kept["token"][:-1], kept["token"].replace(mine.token, "another"), 7):
        assert keep(client, "BBBBBB", token=wrong)["token"] != kept["token"]

    assert mine.token in kept["shared"] and mine.token in kept["calendar"]
    assert kept["token"] not in kept["shared"] + kept["calendar"]
    assert titles(client, kept) == ["Talk AAAAAA"]


def test_what_owns_a_list_of_one_conference_owns_none_of_another(client, conference):
    kept = keep(client, "AAAAAA")
    StarList.objects.update(conference=a_conference())

    assert keep(client, "BBBBBB", token=kept["token"])["token"] != kept["token"]


def test_links_cannot_be_guessed(client, conference):
    keep(client, "AAAAAA")
    assert len(StarList.objects.get().token) >= 22
    assert client.get("/en/conferences/openconf-2023/schedule/mine/guess.ics").status_code == 404
    assert client.get("/en/conferences/openconf-2023/schedule/mine/guess/").status_code == 404


def test_only_codes_of_the_conference_are_kept(client, conference):
    keep(client, "AAAAAA", "ZZZZZZ", "<script>", 7)

    assert StarList.objects.get().codes == ["AAAAAA"]


@pytest.mark.parametrize("body", ["", "[]", "{", '{"codes": "AAAAAA"}', '{"codes": ["' + "A" * 20_000 + '"]}'])
def test_what_is_no_list_is_refused(client, conference, body):
    response = client.post("/en/conferences/openconf-2023/schedule/mine/keep/", body, content_type="application/json")

    assert response.status_code == 400
    assert not StarList.objects.exists()


def test_one_network_cannot_fill_the_table(client, conference, monkeypatch):
    monkeypatch.setattr(stars, "LISTS_PER_NETWORK", 2)
    kept = keep(client, "AAAAAA")
    keep(client, "AAAAAA")

    keep(client, "AAAAAA", status=429)
    keep(client, "BBBBBB", token=kept["token"])

    assert StarList.objects.count() == 2


def test_lists_go_long_after_their_conference(client, conference):
    keep(client, "AAAAAA")
    soon = datetime(2023, 12, 1, tzinfo=UTC)

    assert [count for _told, count in star_chores.tend(soon, dry_run=False)] == [0, 0]
    assert [count for _told, count in star_chores.tend(soon + timedelta(days=365), dry_run=True)] == [1, 0]
    assert [count for _told, count in star_chores.tend(soon + timedelta(days=365), dry_run=False)] == [1, 0]
    assert not StarList.objects.exists()


def test_the_worker_is_served_where_it_reaches_the_schedules(client):
    response = client.get("/en/schedule-worker.js")

    assert response["Content-Type"].startswith("text/javascript")
    assert b"data-kept" in response.content
