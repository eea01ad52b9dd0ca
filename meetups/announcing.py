"""Telling other servers that a public meetup has changed its day, its place or its standing."""

import json
from hashlib import sha256
from itertools import pairwise

from meetups.models import Meetup
from portal.api.fields import in_both, written
from portal.models import Webhook
from portal.models.webhooks import Topic
from portal.webhooks.announcing import NEWS, announce, naming


def facts(meetup):
    """Return what whoever goes there has to know, as JSON can say it."""
    return {
        "starts_at": written(meetup.starts_at),
        "ends_at": written(meetup.ends_at),
        "standing": meetup.standing,
        "mode": meetup.mode,
        "city": meetup.city and meetup.city.slug,
        "place": in_both(meetup, "place"),
        "address": in_both(meetup, "address"),
    }


def announce_change(meetup, before):
    """Tell what of a public meetup is not as it was; `before` is what `facts` said. Return how many are told."""
    return _announce(meetup, before, facts(meetup)) if meetup.is_published else 0


def announce_what_changed(now):
    """Tell of what changed in a way that does not tell by itself: a version restored, a row brought back.

    The versions of the last day are compared; what was told already has the same key, and is not told again.
    """
    if not Webhook.objects.listening(Topic.MEETUP_CHANGED).exists():
        return 0
    key = Meetup._meta.pk.attname
    recent = Meetup.history.filter(history_date__gt=now - NEWS).values(key)
    public = Meetup.objects.published(now).filter(pk__in=recent)
    versions = Meetup.history.filter(**{f"{key}__in": public.values("pk")}).select_related("city")
    told = 0
    for before, after in pairwise(versions.order_by(key, "history_date", "history_id")):
        is_news = getattr(before, key) == getattr(after, key) and after.history_date > now - NEWS
        if is_news and before.published_at and before.published_at <= before.history_date:
            told += _announce(after.instance, facts(before), facts(after))
    return told


def _announce(meetup, before, now):
    changed = [name for name, said in now.items() if said != before[name]]
    if not changed:
        return 0
    digest = sha256(json.dumps([now, str(meetup.updated_at)]).encode()).hexdigest()[:16]
    key = f"changed meetup {meetup.pk} {digest}"
    return announce(Topic.MEETUP_CHANGED, key, lambda: {**naming(meetup), "changed": changed, **now})
