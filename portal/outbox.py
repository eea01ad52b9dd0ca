"""Sending what is in the outbox: one mail at a time, each claimed before it is sent.

A claim moves the mail's next attempt into the future in one statement that only
one worker can win. So several workers share an outbox; one that is killed
before it sends loses nothing, since the claim runs out; and one that is killed
between sending and noting it sends that one mail once more, and no other.
Pauses grow with every attempt: 2, 4, 8 minutes, up to some four hours.
"""

import logging
from datetime import timedelta

from django.db.models import F, Q
from django.utils import timezone
from post_office.connections import connections
from post_office.models import STATUS, Email
from post_office.settings import get_max_retries

logger = logging.getLogger(__name__)

WAITING = (STATUS.queued, STATUS.requeued)


def due(now):
    """Return the mails to send now, the longest waiting first."""
    not_before = Q(scheduled_time=None) | Q(scheduled_time__lte=now)
    return waiting().filter(not_before).order_by("-priority", "pk")


def waiting():
    """Return the mails that are not sent and not given up, those that wait for another attempt included."""
    return Email.objects.filter(status__in=WAITING)


def send_due(stopping=lambda: False):
    """Send what is due until nothing is, or `stopping()` is true. Returns how many were sent."""
    sent = 0
    try:
        while not stopping():
            mail = due(timezone.now()).first()
            if mail is None:
                break
            if claim(mail):
                sent += attempt(mail)
    finally:
        connections.close()
    return sent


def claim(mail):
    """Take a mail for one attempt; return False where another worker was faster."""
    attempts = (mail.number_of_retries or 0) + 1
    unclaimed = Email.objects.filter(pk=mail.pk, status__in=WAITING, scheduled_time=mail.scheduled_time)
    if mail.scheduled_time is None:
        unclaimed = Email.objects.filter(pk=mail.pk, status__in=WAITING, scheduled_time__isnull=True)
    next_attempt = timezone.now() + timedelta(minutes=2**attempts)
    return bool(unclaimed.update(scheduled_time=next_attempt, number_of_retries=attempts))


def attempt(mail):
    """Send a claimed mail and note how it went; return whether it is sent."""
    try:
        mail.dispatch(commit=False, disconnect_after_delivery=False)
    except Exception as problem:  # noqa: BLE001 - whatever a mail server or a broken address answers
        _note_failure(mail, problem)
        return False
    Email.objects.filter(pk=mail.pk).update(status=STATUS.sent, last_updated=timezone.now())
    return True


def _note_failure(mail, problem):
    connections.close()
    logger.warning("Mail %s could not be sent: %s", mail.pk, problem)
    Email.objects.filter(pk=mail.pk).update(status=STATUS.requeued, last_updated=timezone.now())
    given_up = Email.objects.filter(pk=mail.pk, number_of_retries__gt=get_max_retries())
    given_up.update(status=STATUS.failed, number_of_retries=F("number_of_retries"))
    if Email.objects.filter(pk=mail.pk).exists():
        mail.logs.create(status=STATUS.failed, message=str(problem), exception_type=type(problem).__name__)
