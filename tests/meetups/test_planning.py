"""From the last meetup to the next: drafts that each must be published, called off with a word to everyone."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.utils import timezone
from icalendar import Calendar
from post_office.models import Email

from meetups import planning
from meetups.models import Meetup
from portal import registering
from tests.make import a_chapter, a_desk, a_meetup, a_registration
from tests.organizers import a_lead, signed_in

pytestmark = pytest.mark.django_db

LIST = "/admin/meetups/meetup/"


def last_saturday(**fields):
    start = datetime(2026, 10, 24, 14, tzinfo=ZoneInfo("Asia/Shanghai"))
    return a_meetup(
        starts_at=start, ends_at=start + timedelta(hours=3), place_en="Café", place_zh_hans="咖啡馆", **fields
    )


def test_the_next_one_has_the_place_the_hours_and_the_seats_of_the_last_and_is_a_draft():
    meetup = last_saturday(body_en="About Rust")
    desk = a_desk(capacity=30, occasion=meetup, asks_question="required", question_en="Why?")
    registering.walk_in(desk, name="Bo", language="en")

    again = planning.make_again(meetup, timedelta(weeks=2))

    again.refresh_from_db()
    assert not again.is_published
    assert (again.title_en, again.place_en, again.place_zh_hans) == (meetup.title_en, "Café", "咖啡馆")
    assert list(again.chapters.all()) == list(meetup.chapters.all())
    assert (again.starts_at - meetup.starts_at, again.ends_at - meetup.ends_at) == (timedelta(weeks=2),) * 2
    assert (again.desk.capacity, again.desk.question_en, again.desk.taken) == (30, "Why?", 0)
    assert not again.body_en


def test_the_hour_stays_over_the_change_of_the_clock():
    berlin = ZoneInfo("Europe/Berlin")
    meetup = a_meetup(starts_at=datetime(2026, 10, 20, 19, tzinfo=berlin), time_zone="Europe/Berlin")

    again = planning.make_again(meetup, timedelta(weeks=2))

    assert again.starts_at.astimezone(berlin).hour == 19


def test_a_series_begins_ahead_and_each_has_an_address_of_its_own():
    drafts = planning.repeat(last_saturday(), times=3)

    assert all(draft.starts_at > timezone.now() for draft in drafts)
    assert {later.starts_at - earlier.starts_at for earlier, later in zip(drafts, drafts[1:], strict=False)} == {
        timedelta(weeks=2)
    }
    assert len({draft.slug for draft in drafts}) == 3
    assert not Meetup.objects.published().filter(pk__in=[draft.pk for draft in drafts]).exists()


def test_a_cancelled_meetup_stays_visible_and_tells_everyone_once(client):
    meetup = a_meetup(starts_at=timezone.now() + timedelta(days=9))
    desk = a_desk(occasion=meetup)
    registering.request_seat(desk, name="Ming", email="ming@example.org", language="en")
    registering.confirm(desk.registrations.get())
    Email.objects.all().delete()

    assert (planning.cancel(meetup), planning.cancel(meetup)) == (1, 0)
    assert "Cancelled" in client.get(f"/en/meetups/{meetup.slug}/").content.decode()
    assert Email.objects.count() == 1


def test_a_lead_plans_their_own_chapter_and_no_other():
    chapter = a_chapter()
    mine, other = last_saturday(chapters=[chapter]), last_saturday()
    lead = signed_in(a_lead(chapter))

    lead.post(LIST, {"action": "repeat", ACTION_CHECKBOX_NAME: [mine.pk, other.pk]})
    lead.post(LIST, {"action": "cancel", ACTION_CHECKBOX_NAME: [mine.pk, other.pk]})

    assert Meetup.objects.drafts().count() == 6
    assert set(Meetup.objects.drafts().values_list("chapters", flat=True)) == {chapter.pk}
    assert [Meetup.objects.get(pk=one.pk).standing for one in (mine, other)] == ["cancelled", "scheduled"]


def test_a_second_fetch_of_the_calendar_shows_the_move_and_the_cancellation(client):
    meetup = a_meetup(starts_at=timezone.now() + timedelta(days=9), time_zone="Asia/Urumqi")
    ming = registering.confirm(a_registration(a_desk(occasion=meetup)))

    def fetched():
        [event] = Calendar.from_ical(client.get(f"{ming.status_path()}calendar.ics").content).events
        return event

    def later(minutes):
        Meetup.objects.filter(pk=meetup.pk).update(updated_at=timezone.now() + timedelta(minutes=minutes))

    first = fetched()
    meetup.starts_at += timedelta(days=1)
    meetup.save()
    later(5)
    moved = fetched()
    planning.cancel(meetup)
    later(10)
    cancelled = fetched()

    assert first["UID"] == moved["UID"] == cancelled["UID"]
    assert moved.start - first.start == timedelta(days=1)
    assert first["SEQUENCE"] < moved["SEQUENCE"] < cancelled["SEQUENCE"]
    assert first["LAST-MODIFIED"].dt < moved["LAST-MODIFIED"].dt < cancelled["LAST-MODIFIED"].dt
    assert [event["STATUS"] for event in (first, moved, cancelled)] == ["CONFIRMED", "CONFIRMED", "CANCELLED"]
    assert str(first.start.tzinfo) == "Asia/Urumqi"
