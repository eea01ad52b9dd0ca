"""What the registered are told without asking: the day before, and when time, place or standing change."""

from datetime import timedelta

from django.utils import timezone
from django.utils.dateparse import parse_datetime

from portal import mail
from portal.dates import once_awake
from portal.locking import locked
from portal.models import Desk, Occasion, Registration

State = Registration.State
# Who expects to come, or may.
EXPECTING = (State.REQUESTED, State.SEATED, State.WAITING, State.OFFERED)
AHEAD = timedelta(days=1)


def due_for_reminder(now):
    """Return those with a seat at what begins within a day, who have heard nothing since: never after the start.

    Of what is known to the month one does not know that it begins tomorrow, and nobody is written to at night.
    """
    occasions = Occasion.objects.published(now).filter(
        standing=Occasion.Standing.SCHEDULED,
        precision__in=Occasion.TO_THE_DAY,
        starts_at__gt=now,
        starts_at__lte=now + AHEAD,
    )
    seated = Registration.objects.filter(state=State.SEATED, reminded_at=None, desk__occasion__in=occasions)
    return [one for one in seated.exclude(email="").select_related("desk__occasion") if _reminder_due(one, now)]


def _reminder_due(registration, now):
    occasion = registration.desk.occasion
    day_before = occasion.starts_at - AHEAD
    # Who got the seat within the last day has only just heard of it.
    return registration.state_changed_at < day_before and once_awake(day_before, occasion.time_zone) <= now


def remind(registration, now=None):
    """Send the reminder; return whether it was due still."""
    now = now or timezone.now()
    with locked(registration.desk) as desk:
        registration.refresh_from_db()
        if registration.state != State.SEATED or registration.reminded_at or now >= desk.occasion.starts_at:
            return False
        registration.reminded_at = now
        registration.save(update_fields=["reminded_at", "updated_at"])
        _mail(registration, "reminder")
        return True


def changed_desks(now):
    """Return the desks of what is not over, whose registered know another time, place or standing than today's."""
    ahead = Occasion.objects.published(now).filter(over_at__gt=now)
    desks = Desk.objects.filter(occasion__in=ahead).exclude(told={}).select_related("occasion")
    return [desk for desk in desks if desk.told != desk.facts()]


def tell_changes(desk):
    """Write one mail to each who expects to come, where something has changed since they were told; return how many."""
    with locked(desk) as desk:
        told, facts = desk.told, desk.facts()
        if not told or told == facts or not desk.occasion.is_published or desk.occasion.phase == "past":
            return 0
        desk.told = facts
        desk.save(update_fields=["told"])
        group = desk.registrations.filter(state__in=EXPECTING).exclude(email="")
        for registration in group:
            _mail(registration, _mail_about(told, facts), **_differences(told, facts))
        return len(group)


def _mail_about(told, facts):
    cancelled = facts["standing"] == Occasion.Standing.CANCELLED
    return "cancelled" if cancelled and told["standing"] != facts["standing"] else "changed"


def _differences(told, facts):
    """Return what a mail says about before: the former begin and place, where they are others now."""
    differences = {}
    if told["starts_at"] != facts["starts_at"]:
        differences["former_start"] = parse_datetime(told["starts_at"])
    if (told["place"], told["address"]) != (facts["place"], facts["address"]):
        differences["former_place"] = ", ".join(filter(None, [told["place"], told["address"]]))
    return differences


def _mail(registration, name, **context):
    mail.queue(f"registration/{name}", registration.email, registration.language, registration=registration, **context)
