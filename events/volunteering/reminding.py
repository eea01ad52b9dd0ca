"""Mails before the start, and those a coordinator writes to a group."""

from datetime import timedelta

from django.db import transaction
from django.db.models import Case, Min, Q, When
from django.db.models.functions import Coalesce
from django.utils import timezone

from events.models import Application, Assignment
from events.volunteering.locks import everything_of, tell
from portal.dates import once_awake
from portal.models import Occasion

# Days before the first start, the last reminder first.
REMINDERS = (1, 7)


def due_for_reminder(now):
    """Return the accepted applications, each with `begins`, whose start is near.

    That is the first shift, or the conference where one knows on which day it begins.
    """
    conference = Case(When(call__conference__precision__in=Occasion.TO_THE_DAY, then="call__conference__starts_at"))
    ahead = Q(assignments__state__in=Assignment.LIVE, assignments__shift__starts_at__gt=now)
    return (
        Application.objects.filter(
            state=Application.State.ACCEPTED, call__conference__standing=Occasion.Standing.SCHEDULED
        )
        .annotate(begins=Coalesce(Min("assignments__shift__starts_at", filter=ahead), conference))
        .filter(begins__gt=now, begins__lte=now + timedelta(days=max(REMINDERS)))
        .select_related("call__conference")
    )


def reminder_due(application, now):
    """Return how many days before the start the reminder is that is due now, or None.

    Who was accepted after that day has only just heard of it.
    """
    for days in REMINDERS:
        due_at = application.begins - timedelta(days=days)
        if now < once_awake(due_at, application.call.conference.time_zone):
            continue
        heard_before = application.state_changed_at < due_at
        told_already = application.reminded_days is not None and application.reminded_days <= days
        return days if heard_before and not told_already else None
    return None


def remind(application, now=None):
    """Send the reminder that is due; return whether there was one. Never after the start."""
    now = now or timezone.now()
    begins = application.begins
    with everything_of(application) as application:
        application.begins = begins
        days = application.state == Application.State.ACCEPTED and reminder_due(application, now)
        if not days:
            return False
        application.reminded_days = days
        application.save(update_fields=["reminded_days", "updated_at"])
        shifts = application.assignments.live().filter(shift__starts_at__gt=now)
        tell(application, "reminder", begins=begins, assignments=shifts.select_related("shift", "role"))
        return True


@transaction.atomic
def write_to(applications, subject, text):
    """Write a mail of a coordinator's own words to each application, in one transaction; return how many."""
    return len([tell(application, "message", subject=subject, text=text) for application in applications])
