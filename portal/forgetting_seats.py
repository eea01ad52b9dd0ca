"""What is known of a guest goes away: after the retention, and at once for who asks. How many came stays counted."""

from datetime import timedelta

from django.utils import timezone

from portal import mail, registering
from portal.locking import locked
from portal.models import Desk, Registration
from portal.seating import at_its_desk
from portal.traces import forget_log

PERSONAL = ("name", "email", "organization", "phone", "answer")


def due_for_erasure(now):
    """Return the confirmed registrations whose desk's days of retention are over."""
    ended = Desk.objects.filter(occasion__over_at__lte=now).select_related("occasion")
    due = [desk.pk for desk in ended if desk.occasion.over_at + timedelta(days=desk.retention_days) <= now]
    unconfirmed = Registration.State.UNCONFIRMED
    return Registration.objects.filter(desk__in=due, erased_at=None).exclude(state=unconfirmed)


def erase(registration):
    """Erase what is personal, the link and the mails; state, times and the number of companions stay for the counts."""
    with locked(registration.desk):
        registration.refresh_from_db()
        if registration.erased_at:
            return
        mail.forget(registration)
        registration.consents.all().delete()
        forget_log(registration)
        for name in PERSONAL:
            setattr(registration, name, "")
        registration.companions = ["" for _name in registration.companions]
        registration.erased_at = timezone.now()
        registration.save()


def delete(registration):
    """Delete everything about one registration; what it held is offered to the line."""
    with at_its_desk(registration):
        if registration.state in Registration.LIVE:
            registering.release(registration)
        mail.forget(registration)
        forget_log(registration)
        registration.delete()
