"""Delivering what is queued: one message at a time, each claimed before it is sent, as `portal.outbox` does it."""

import logging
from datetime import timedelta

from django.utils import timezone

from portal import outbound
from portal.models import Delivery, Webhook
from portal.webhooks.signing import headers

logger = logging.getLogger(__name__)

# After each attempt, until the last; together some two days.
PAUSES = [timedelta(seconds=5), timedelta(minutes=5), timedelta(minutes=30)]
PAUSES += [timedelta(hours=hours) for hours in (2, 5, 10, 14, 20)]
# A webhook that nobody has answered for so long is switched off.
PATIENCE = timedelta(days=5)
KEPT = timedelta(days=30)
GONE = 410  # by which a server says that it wants to be told no more


def send_due(stopping=lambda: False):
    """Send what is due until nothing is, or `stopping()` is true. Returns how many were delivered."""
    delivered = 0
    while not stopping():
        delivery = _due().first()
        if delivery is None:
            break
        if _claim(delivery):
            delivered += attempt(delivery)
    return delivered


def _due():
    waiting = Delivery.objects.filter(state=Delivery.State.WAITING, due_at__lte=timezone.now(), webhook__is_on=True)
    return waiting.select_related("webhook").order_by("due_at", "pk")


def _claim(delivery):
    """Take a message for one attempt; False where another worker was faster. A claim runs out with the first pause."""
    unclaimed = Delivery.objects.filter(pk=delivery.pk, due_at=delivery.due_at, state=Delivery.State.WAITING)
    again = timezone.now() + max(PAUSES[min(delivery.attempts, len(PAUSES) - 1)], timedelta(minutes=1))
    return bool(unclaimed.update(due_at=again))


def attempt(delivery):
    """Send a claimed message and note how it went; return whether it was taken."""
    now = timezone.now()
    body, webhook = delivery.body.encode(), delivery.webhook
    signed = headers(webhook.secret, f"msg_{delivery.uuid}", int(now.timestamp()), body)
    try:
        answer = outbound.post(webhook.url, body, signed)
        status, said = answer.status, answer.body.decode(errors="replace").replace("\x00", "")
    except (outbound.Forbidden, outbound.Unreachable) as problem:
        status, said = None, str(problem)
    delivery.attempts += 1
    delivery.tried_at, delivery.status, delivery.answer = now, status, said[:500]
    is_taken = status is not None and 200 <= status < 300
    _note(delivery, is_taken, now)
    return is_taken


def _note(delivery, is_taken, now):
    if is_taken:
        delivery.state, delivery.due_at = Delivery.State.DELIVERED, None
    elif delivery.attempts > len(PAUSES):
        delivery.state, delivery.due_at = Delivery.State.GIVEN_UP, None
    else:
        delivery.due_at = now + PAUSES[delivery.attempts - 1]
    _save_if_there(delivery)
    webhook = Webhook.objects.filter(pk=delivery.webhook_id)
    if is_taken:
        webhook.update(failing_since=None)
        return
    logger.warning("Webhook %s was not taken: %s %s", delivery.webhook_id, delivery.status, delivery.answer[:80])
    webhook.filter(failing_since=None).update(failing_since=now)
    lost = webhook if delivery.status == GONE else webhook.filter(failing_since__lte=now - PATIENCE)
    lost.update(is_on=False)


def send_again(delivery):
    """Queue a message once more, from the beginning of its pauses."""
    delivery.state, delivery.due_at, delivery.attempts = Delivery.State.WAITING, timezone.now(), 0
    _save_if_there(delivery)


def _save_if_there(delivery):
    """Save how a message fares; one that was deleted while its server was asked does not come back to life."""
    told = ("state", "due_at", "attempts", "tried_at", "status", "answer")
    Delivery.objects.filter(pk=delivery.pk).update(**{name: getattr(delivery, name) for name in told})


def old(now):
    """Return the messages that need not be kept any longer."""
    return Delivery.objects.filter(created_at__lte=now - KEPT).exclude(state=Delivery.State.WAITING)
