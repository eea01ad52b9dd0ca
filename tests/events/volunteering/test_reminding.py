"""Reminders of what somebody has said yes to."""

from datetime import timedelta

import pytest
from post_office.models import Email

from events.models import Application
from events.volunteering import placing, reminding
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
