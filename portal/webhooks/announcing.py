"""What happens here, as messages in the queue: written in the transaction of what they tell of, or not at all."""

import json
from datetime import timedelta

from django.apps import apps
from django.utils import timezone

from portal import wings
from portal.api.fields import in_both, pages_of, written
from portal.models import Delivery, Webhook
from portal.models.webhooks import Topic
from portal.publishing import Publishable

# How far back a publication is news; a worker that was down for longer tells nothing of it.
NEWS = timedelta(days=1)


def announce(topic, key, make):
    """Queue a message for every webhook that listens and was not told of `key`; return how many.

    `make()` returns what is told, as JSON can say it; it is not called while nobody listens.
    """
    webhooks = list(Webhook.objects.listening(topic))
    if not webhooks:
        return 0
    body = json.dumps({"type": topic, "timestamp": written(timezone.now()), "data": make()}, ensure_ascii=False)
    told = [Delivery(webhook=webhook, topic=topic, key=key[:160], body=body) for webhook in webhooks]
    before = set(Delivery.objects.filter(key=key[:160]).values_list("webhook", flat=True))
    fresh = [delivery for delivery in told if delivery.webhook_id not in before]
    Delivery.objects.bulk_create(fresh, ignore_conflicts=True)
    return len(fresh)


def announce_publication(row):
    """Tell that a row with a page of its own has become public; once for each moment of publication."""
    if not hasattr(row, "get_absolute_url"):
        return 0
    key = f"published {row._meta.label_lower} {row.pk} {row.published_at.isoformat()}"
    return announce(Topic.PUBLISHED, key, lambda: {"kind": row._meta.model_name, **naming(row)})


def announce_if_public(row):
    """The same for a row that was saved, if visitors see it."""
    return announce_publication(row) if row.is_published else 0


def announce_what_became_public(now=None):
    """Tell of what the clock has published, or a way that does not tell by itself; return how many messages."""
    now = now or timezone.now()
    if not Webhook.objects.listening(Topic.PUBLISHED).exists():
        return 0
    models = [one for one in apps.get_models() if issubclass(one, Publishable) and not one._meta.abstract]
    parents = {parent for model in models for parent in model._meta.get_parent_list()}
    news = {"published_at__gt": now - NEWS}
    return sum(
        announce_publication(row)
        for model in models
        if model not in parents
        for row in model.objects.published(now).filter(**news)
    )


def announce_news(now=None):
    """Tell of everything that no verb has told of by itself; return how many messages."""
    now = now or timezone.now()
    return announce_what_became_public(now) + sum(wing.announce(now) for wing in wings.every())


def naming(row):
    """Return what a message says of a row: its slug, its title in both languages, its pages."""
    field = "title" if hasattr(row, "title_en") and not hasattr(row, "name_en") else "name"
    return {"slug": row.slug, "title": in_both(row, field), "pages": pages_of(row)}
