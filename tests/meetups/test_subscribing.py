"""Calendars and feeds of meetups, read by a parser that is not ours; and what a calendar shows elsewhere."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import vobject
from django.utils import timezone
from lxml import etree

from meetups import planning
from meetups.models import Meetup
from tests.make import SHANGHAI, a_chapter, a_city, a_meetup, an_article

pytestmark = pytest.mark.django_db

ATOM = "{http://www.w3.org/2005/Atom}"


def events(client, path, **headers):
    answer = client.get(f"/en/{path}", **headers)
    assert answer.status_code == 200, path
    return list(vobject.readOne(answer.content.decode()).contents.get("vevent", []))


def titles(client, path):
    feed = etree.fromstring(client.get(f"/en/{path}").content)
    return [entry.findtext(f"{ATOM}title") for entry in feed.iter(f"{ATOM}entry")]


@pytest.fixture
def met():
    """Two cities, three meetups, one recap."""
    chengdu, changsha = a_city("Chengdu", slug="chengdu"), a_city("Changsha", slug="changsha")
    here, there = a_chapter("KCC Chengdu", slug="kcc-chengdu"), a_chapter("KCC Changsha", slug="kcc-changsha")
    lunch = a_meetup("Lunch", chapters=[here], city=chengdu, starts_at=datetime(2024, 10, 21, 12, tzinfo=SHANGHAI))
    a_meetup("Night market", chapters=[there], city=changsha)
    a_meetup("Draft", chapters=[here], city=chengdu, published_at=None)
    an_article("How lunch was").occasions.add(lunch)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", {"Lunch", "Night market"}),
        ("?chapter=kcc-chengdu", {"Lunch"}),
        ("?city=changsha", {"Night market"}),
        ("?year=2024", {"Lunch"}),
        ("?q=market", {"Night market"}),
        ("?year=soon", {"Lunch", "Night market"}),
    ],
)
def test_the_filters_of_the_list_are_those_of_its_calendar_and_its_feed(client, met, query, expected):
    assert {event.summary.value for event in events(client, f"meetups/calendar.ics{query}")} == expected
    told = set(titles(client, f"meetups/feed.xml{query}"))
    assert told - {"How lunch was"} == expected
    assert ("How lunch was" in told) == ("Lunch" in expected)


def test_the_list_leads_to_the_calendar_and_the_feed_of_what_it_shows(client, met):
    page = client.get("/en/meetups/?city=chengdu&page=1").content.decode()

    assert 'href="/en/meetups/calendar.ics?city=chengdu"' in page
    assert page.count('href="/en/meetups/feed.xml?city=chengdu"') == 2
    assert 'href="/en/meetups/calendar.ics"' in client.get("/en/meetups/").content.decode()


def test_a_subscription_says_of_what_it_is(client, met):
    calendar = vobject.readOne(client.get("/en/meetups/calendar.ics?city=chengdu").content.decode())

    assert calendar.x_wr_calname.value == "Community · Meetups · Chengdu"
    feed = etree.fromstring(client.get("/en/meetups/feed.xml?city=chengdu").content)
    [own] = [link.get("href") for link in feed.iter(f"{ATOM}link") if link.get("rel") == "self"]
    assert own.endswith("/en/meetups/feed.xml?city=chengdu")


def test_inside_wechat_the_link_keeps_its_filters(client, met):
    page = client.get("/en/meetups/calendar.ics?city=chengdu", HTTP_USER_AGENT="MicroMessenger/8").content.decode()

    assert "/en/meetups/calendar.ics?city=chengdu" in page


@pytest.mark.parametrize("path", ["meetups/calendar.ics", "chapters/kcc-chengdu/calendar.ics", "calendar.ics"])
def test_a_second_fetch_shows_the_move_and_the_cancellation(client, path):
    meetup = a_meetup(
        chapters=[a_chapter(slug="kcc-chengdu")], slug="lunch", starts_at=timezone.now() + timedelta(days=9)
    )

    def changed(minutes):
        """As if it had been saved so much later."""
        Meetup.objects.filter(pk=meetup.pk).update(updated_at=meetup.created_at + timedelta(minutes=minutes))
        [event] = events(client, path)
        return event

    first = changed(0)
    meetup.starts_at += timedelta(days=1)
    meetup.save()
    moved = changed(5)
    planning.cancel(meetup)
    cancelled = changed(10)

    fetches = (first, moved, cancelled)
    assert len({event.uid.value for event in fetches}) == 1
    assert moved.dtstart.value - first.dtstart.value == timedelta(days=1)
    numbers = [int(event.sequence.value) for event in fetches]
    assert [later - earlier for earlier, later in zip(numbers, numbers[1:], strict=False)] == [300, 300]
    assert all(0 <= number < 2**31 for number in numbers)
    modified = [event.last_modified.value for event in fetches]
    assert modified == sorted(set(modified))
    assert [event.status.value for event in fetches] == ["CONFIRMED", "CONFIRMED", "CANCELLED"]


@pytest.mark.parametrize(
    ("zone", "in_new_york"),
    [
        ("Asia/Urumqi", "2026-12-05 04:00"),
        ("Asia/Shanghai", "2026-12-05 02:00"),
        ("America/New_York", "2026-12-05 15:00"),
    ],
)
def test_three_in_the_afternoon_is_that_by_the_clock_of_the_city_wherever_it_is_read(client, zone, in_new_york):
    a_meetup(slug="tea", starts_at=datetime(2026, 12, 5, 15, tzinfo=ZoneInfo(zone)), time_zone=zone)

    text = client.get("/en/meetups/tea/calendar.ics").content.decode()
    [event] = events(client, "meetups/tea/calendar.ics")

    assert f"DTSTART;TZID={zone}:20261205T150000" in text
    assert f"TZID:{zone}" in text  # the file brings the rules of the zone along
    read_abroad = event.dtstart.value.astimezone(ZoneInfo("America/New_York"))
    assert f"{read_abroad:%Y-%m-%d %H:%M}" == in_new_york
