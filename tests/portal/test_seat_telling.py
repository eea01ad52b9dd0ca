"""What the registered are told without asking: moves, cancellations, the day before."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone
from post_office.models import Email

from portal import registering, telling, tending
from portal.models import Desk, Registration
from tests.make import a_desk, a_meetup
from tests.portal.seats import seated

pytestmark = pytest.mark.django_db


def test_a_move_is_told_once_to_each_who_expects_to_come():
    desk = a_desk(capacity=1, occasion=a_meetup(starts_at=timezone.now() + timedelta(days=9), place_en="Café"))
    ming = seated(desk)
    seated(desk, "hong")
    registering.request_seat(desk, name="Lan", email="lan@example.org", language="en")  # not confirmed
    Email.objects.all().delete()
    desk.occasion.place_en = "Library"
    desk.occasion.save()

    for _twice in range(2):
        list(tending.tend())

    mails = Email.objects.all()
    assert sorted(mail.to[0] for mail in mails) == ["hong@example.org", "ming@example.org"]
    assert "Library" in mails[0].message
    assert "Formerly: Café" in mails[0].message
    assert ming.status_url in Email.objects.get(to="ming@example.org").message


def test_a_cancellation_is_told_to_everyone_registered():
    desk = a_desk()
    seated(desk)
    registering.request_seat(desk, name="Lan", email="lan@example.org", language="en")
    Email.objects.all().delete()
    desk.occasion.standing = "cancelled"
    desk.occasion.save()

    assert telling.tell_changes(desk) == 1
    assert telling.tell_changes(desk) == 0
    assert "Cancelled" in Email.objects.get().subject


def noon_in(days):
    return timezone.localtime().replace(hour=12, minute=0) + timedelta(days=days)


def test_the_reminder_comes_once_the_day_before_and_never_after_the_start():
    desk = a_desk(occasion=a_meetup(starts_at=noon_in(9), directions_en="Exit B"))
    ming, begins = seated(desk), desk.occasion.starts_at
    Email.objects.all().delete()

    for moment in (begins - timedelta(days=2), begins, begins + timedelta(minutes=5)):
        assert telling.due_for_reminder(moment) == []
    [due] = telling.due_for_reminder(begins - timedelta(hours=20))
    assert due == ming
    assert telling.remind(due, begins + timedelta(seconds=1)) is False
    assert telling.remind(due, begins - timedelta(hours=20)) is True
    assert telling.remind(due, begins - timedelta(hours=20)) is False
    assert "Exit B" in Email.objects.get().message


@pytest.mark.parametrize(
    ("begins", "precision", "hour"),
    [(0, "day", 8), (0, "month", None), (0, "year", None), (7, "minute", 8), (9, "minute", 9)],
)
def test_the_reminder_comes_in_the_morning_and_of_no_day_that_is_not_known(begins, precision, hour):
    begins = datetime(2099, 11, 1, begins, tzinfo=ZoneInfo("Europe/Berlin"))
    ends = begins + timedelta(days=1)
    seated(a_desk(occasion=a_meetup(starts_at=begins, ends_at=ends, precision=precision, time_zone="Europe/Berlin")))
    Registration.objects.update(state_changed_at=begins - timedelta(days=9))

    day_before = begins.replace(day=31, month=10, hour=0)
    assert [clock for clock in range(24) if telling.due_for_reminder(day_before + timedelta(hours=clock))] == (
        [] if hour is None else list(range(hour, 24))
    )


def test_nobody_is_reminded_of_what_is_called_off_or_a_draft_or_without_an_address_or_a_seat():
    begins = noon_in(9)
    for fields in ({"standing": "cancelled"}, {"published_at": None}, {}):
        desk = a_desk(occasion=a_meetup(starts_at=begins))
        ming, gone = seated(desk), seated(desk, "Lan")
        registering.release(gone)
        registering.walk_in(desk, name="Bo", language="en")
        type(desk.occasion).objects.filter(pk=desk.occasion.pk).update(**fields)

    assert telling.due_for_reminder(begins - timedelta(hours=20)) == [ming]


def test_who_got_their_seat_within_the_day_or_gave_it_back_meanwhile_is_not_reminded():
    desk = a_desk(occasion=a_meetup(starts_at=noon_in(9)))
    seated(desk)
    Registration.objects.update(state_changed_at=desk.occasion.starts_at - timedelta(hours=23))
    assert telling.due_for_reminder(desk.occasion.starts_at - timedelta(hours=20)) == []

    gone = seated(a_desk(occasion=a_meetup(starts_at=timezone.now() + timedelta(days=9))), "Lan")
    registering.release(Registration.objects.get(pk=gone.pk))
    assert telling.remind(gone) is False


@pytest.mark.parametrize("moment", ["published_at", "over_at"])
def test_a_change_is_told_to_nobody_where_visitors_do_not_see_it_or_it_is_over(moment):
    desk = a_desk(occasion=a_meetup(starts_at=timezone.now() + timedelta(days=9)))
    registering.request_seat(desk, name="Ming", email="ming@example.org", language="en")
    registering.confirm(Registration.objects.get())
    Email.objects.all().delete()
    meetups = type(desk.occasion).objects.filter(pk=desk.occasion.pk)
    yesterday = timezone.now() - timedelta(days=1)
    over = {
        "starts_at": yesterday,
        "ends_at": yesterday + timedelta(hours=1),
        "over_at": yesterday + timedelta(hours=1),
    }
    meetups.update(place_en="Library", **(over if moment == "over_at" else {"published_at": None}))

    assert telling.changed_desks(timezone.now()) == []
    desk.refresh_from_db()
    assert telling.tell_changes(desk) == 0


def test_a_new_time_is_told_with_the_former_and_what_was_cancelled_before_moves_without_a_second_cancellation():
    desk = a_desk(occasion=a_meetup(starts_at=timezone.now() + timedelta(days=9)))
    registering.request_seat(desk, name="Ming", email="ming@example.org", language="en")
    registering.confirm(Registration.objects.get())
    registering.walk_in(desk, name="Bo", language="en")
    meetup = desk.occasion
    told = []
    for change in (
        {"starts_at": meetup.starts_at + timedelta(hours=1)},
        {"standing": "cancelled"},
        {"place_en": "Café"},
    ):
        Email.objects.all().delete()
        for name, value in change.items():
            setattr(meetup, name, value)
        meetup.save()
        telling.tell_changes(Desk.objects.get(pk=desk.pk))
        told.append(Email.objects.get())

    assert "Formerly" in told[0].message and "Formerly" not in told[1].message
    assert ["Cancelled" in one.subject for one in told] == [False, True, False]
