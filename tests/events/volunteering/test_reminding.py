"""Reminders of what somebody has said yes to."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from post_office.models import Email

from events.models import Application
from events.volunteering import placing, reminding
from portal.models import Occasion
from tests.events.volunteering.places import accepted, mails
from tests.make import a_role, a_shift

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]

State = Application.State


def test_reminders_come_a_week_and_a_day_before_and_never_after_the_start():
    role = a_role(claims_shifts=True)
    shift = a_shift(role)
    placing.claim_shift(accepted(role), shift)
    Email.objects.all().delete()
    sent = []

    for hours_before in (24 * 8, 24 * 7 - 1, 24 * 3, 23, 5, -1):
        now = shift.starts_at - timedelta(hours=hours_before)
        sent.append(sum(reminding.remind(one, now) for one in reminding.due_for_reminder(now)))

    assert sent == [0, 1, 0, 1, 0, 0]
    assert len(mails()) == 2


def test_who_was_accepted_within_the_week_gets_no_reminder_of_a_week():
    role = a_role()
    ming = accepted(role)
    begins = role.team.call.conference.starts_at
    Application.objects.filter(pk=ming.pk).update(state_changed_at=begins - timedelta(days=4))

    now = begins - timedelta(days=3)
    assert [reminding.remind(one, now) for one in reminding.due_for_reminder(now)] == [False]


@pytest.mark.parametrize(("precision", "reminded"), [("day", [7, 1]), ("month", [])])
def test_who_has_no_shift_is_reminded_in_the_morning_of_a_conference_whose_day_is_known(precision, reminded):
    role = a_role()
    accepted(role)
    conference = role.team.call.conference
    midnight = datetime(2099, 11, 1, tzinfo=ZoneInfo("Asia/Shanghai"))
    Occasion.objects.filter(pk=conference.pk).update(
        starts_at=midnight, ends_at=midnight + timedelta(days=1), precision=precision, time_zone="Asia/Shanghai"
    )
    Application.objects.update(state_changed_at=midnight - timedelta(days=30))

    told = []
    for hours in range(9 * 24):
        now = midnight - timedelta(days=9, hours=-hours)
        told += [now for one in reminding.due_for_reminder(now) if reminding.remind(one, now)]

    assert told == [midnight - timedelta(days=days, hours=-8) for days in reminded]
