"""The verbs of planning: make a meetup from another, repeat it, call it off."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from meetups.models import Meetup
from portal import telling
from portal.models import Desk
from portal.slugs import free_slug

# What the next meetup has in common with the last; guests, agenda and text are its own.
KEPT = (
    "title",
    "precision",
    "time_zone",
    "mode",
    "city",
    "place",
    "address",
    "latitude",
    "longitude",
    "directions",
    "admission",
    "price_note",
    "is_sample",
)
NOT_OF_A_DESK = ("occasion", "created_at", "updated_at", *Desk.KEPT_UNDER_LOCK)


@transaction.atomic
def make_again(meetup, later):
    """Return a draft like the meetup with a desk like its own, `later` (a timedelta) at the same hour by the clock."""
    again = Meetup(**_kept_of(meetup), starts_at=_shifted(meetup, meetup.starts_at, later))
    again.ends_at = _shifted(meetup, meetup.ends_at, later)
    chapters = list(meetup.chapters.all())
    first = chapters[0].slug if chapters else "meetup"
    again.slug = free_slug(f"{first}-{again.starts_on:%Y-%m-%d}", Meetup.objects.all())
    again.save()
    again.chapters.set(chapters)
    desk = Desk.objects.filter(occasion=meetup).first()
    if desk:
        _open_desk_like(desk, again, later)
    return again


@transaction.atomic
def repeat(meetup, times, weeks=2):
    """Return `times` drafts, so many weeks apart, the first ahead of today. None becomes public by itself."""
    step = timedelta(weeks=weeks)
    missed = max(0, (timezone.now() - meetup.starts_at) // step)
    return [make_again(meetup, step * (missed + number)) for number in range(1, times + 1)]


@transaction.atomic
def cancel(meetup):
    """Call it off: its page stays and says so, and everyone registered is told. Return how many were told."""
    if meetup.is_cancelled:
        return 0
    meetup.standing = Meetup.Standing.CANCELLED
    meetup.save()
    desk = Desk.objects.filter(occasion=meetup).first()
    return telling.tell_changes(desk) if desk else 0


def _kept_of(meetup):
    """Return the columns of KEPT, of both languages."""
    return {name: getattr(meetup, name) for name in _columns(Meetup) if _without_language(Meetup, name) in KEPT}


def _open_desk_like(desk, meetup, later):
    columns = {name: getattr(desk, name) for name in _columns(Desk) if name not in NOT_OF_A_DESK}
    for name in ("opens_at", "closes_at"):
        columns[name] = _shifted(meetup, columns[name], later)
    Desk.objects.create(occasion=meetup, **columns)


def _columns(model):
    """Return the names of the columns; a translated field counts by its languages."""
    translated = {field.translated_field.name for field in model._meta.fields if hasattr(field, "translated_field")}
    return [field.name for field in model._meta.fields if field.name not in translated]


def _without_language(model, name):
    field = model._meta.get_field(name)
    return getattr(field, "translated_field", field).name


def _shifted(meetup, moment, later):
    """Return the moment later by the meetup's own clock, whatever summer time does in between."""
    return moment and (moment.astimezone(meetup.tzinfo) + later)
