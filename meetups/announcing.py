"""Telling other servers that a public meetup has changed its day, its place or its standing."""

import json
from hashlib import sha256

from portal.api.fields import in_both, written
from portal.models.webhooks import Topic
from portal.webhooks.announcing import announce, naming


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
    now = facts(meetup)
    changed = [name for name, said in now.items() if said != before[name]]
    if not changed or not meetup.is_published:
        return 0
    digest = sha256(json.dumps([now, str(meetup.updated_at)]).encode()).hexdigest()[:16]
    key = f"changed meetup {meetup.pk} {digest}"
    return announce(Topic.MEETUP_CHANGED, key, lambda: {**naming(meetup), "changed": changed, **now})
