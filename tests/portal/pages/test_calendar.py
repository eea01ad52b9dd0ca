"""The calendar of the whole community."""

from datetime import timedelta

import pytest
import vobject
from django.utils import timezone

from tests.events.reading import read
from tests.make import a_conference, a_meetup

pytestmark = pytest.mark.django_db

WECHAT = {"User-Agent": "Mozilla/5.0 (iPhone) AppleWebKit/605 MicroMessenger/8.0.44 Language/zh_CN"}


def calendar(client, language="en"):
    """Return the events of the calendar by their summaries."""
    response = client.get(f"/{language}/calendar.ics")
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    return {
        event.summary.value: event for event in vobject.readOne(response.content.decode()).contents.get("vevent", [])
    }


def ahead(days=10):
    return timezone.now() + timedelta(days=days)


def test_conferences_and_meetups_are_in_it(client):
    a_conference("OpenConf", starts_at=ahead(30), ends_at=ahead(32), slug="openconf")
    a_meetup("Open lunch", starts_at=ahead())

    events = calendar(client)

    assert set(events) == {"OpenConf", "Open lunch"}
    assert events["OpenConf"].url.value == "http://testserver/en/conferences/openconf/"


def test_what_is_called_off_stays_and_says_so(client):
    a_meetup("Rained out", starts_at=ahead(), standing="cancelled")
    a_meetup("Later", starts_at=ahead(), standing="postponed")

    events = calendar(client)

    assert events["Cancelled: Rained out"].status.value == "CANCELLED"
    assert events["Postponed: Later"].status.value == "TENTATIVE"


def test_drafts_and_what_is_long_over_are_not_in_it(client):
    a_meetup("Draft", starts_at=ahead(), published_at=None)
    a_meetup("Ten years ago", starts_at=ahead(-3650))
    a_meetup("Last month", starts_at=ahead(-30))

    assert set(calendar(client)) == {"Last month"}


def test_it_is_not_sent_again_until_it_changes(client):
    meetup = a_meetup(starts_at=ahead())
    etag = client.get("/en/calendar.ics")["ETag"]

    assert client.get("/en/calendar.ics", headers={"If-None-Match": etag}).status_code == 304

    meetup.title_en = "Another title"
    meetup.save()
    assert client.get("/en/calendar.ics", headers={"If-None-Match": etag}).status_code == 200


def test_inside_wechat_a_page_explains_and_holds_the_link(client):
    response = client.get("/zh-hans/calendar.ics", headers=WECHAT)

    assert response["Content-Type"].startswith("text/html")
    assert "User-Agent" in response["Vary"]
    assert 'value="http://testserver/zh-hans/calendar.ics"' in response.content.decode()
    assert 'data-copy="http://testserver/zh-hans/calendar.ics"' in response.content.decode()


def test_every_page_leads_to_it(client):
    assert read(client, "").tree.xpath("//footer//a[@href='/en/calendar.ics']")
