"""When public pages next change by themselves.

A scheduled publication, an occasion that begins or is over, a day that ends
(QR codes and mandates expire with their day). The answer is the same for all
pages: a little too early for most, never too late for any, and one small
question to the database for each kind of moment.
"""

from datetime import datetime, time, timedelta

from django.apps import apps
from django.utils import timezone

from portal import wings
from portal.publishing import Publishable

# A page is kept no longer than this even where nothing is known to change.
LONGEST = timedelta(hours=1)


def next_change(now=None):
    """Return the aware datetime at which some public page next changes by the clock."""
    now = now or timezone.now()
    return min([now + LONGEST, _next_midnight(now), *_known_moments(now)])


def _next_midnight(now):
    tomorrow = timezone.localtime(now).date() + timedelta(days=1)
    return timezone.make_aware(datetime.combine(tomorrow, time.min))


def _known_moments(now):
    """Yield the next moment of each kind, where there is one."""
    for model in apps.get_models():
        if issubclass(model, Publishable) and not model._meta.parents:
            yield from next_of(model, "published_at", now)
    occasion = apps.get_model("portal", "Occasion")
    yield from next_of(occasion, "starts_at", now)
    yield from next_of(occasion, "over_at", now)
    desk, ahead = apps.get_model("portal", "Desk"), occasion._base_manager.filter(starts_at__gt=now).values("pk")
    for field in ("opens_at", "closes_at"):
        yield from next_of(desk, field, now, pk__in=ahead)
    for wing in wings.every():
        yield from wing.moments(now)


def next_of(model, field, now, **among):
    """Return the next moment after `now` in a column, `among` some of its rows: a list of one datetime, or of none."""
    column = model._base_manager.filter(**{f"{field}__gt": now}, **among).order_by(field)
    return list(column.values_list(field, flat=True)[:1])
