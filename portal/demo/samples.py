"""The samples: what is still ahead in the demo, marked as such, moved and removed at one stroke."""

from datetime import timedelta

from django.db import models, transaction

from portal.demo.files import SAMPLES, data_files, read
from portal.demo.loader import find, key_of
from portal.demo.moments import is_relative, moment
from portal.models import Occasion


@transaction.atomic
def remove_samples():
    """Delete every sample and what belongs to it.

    Returns (how many, what was kept): an entry that something else than a
    sample uses by now, such as a speaker tied to a real talk, stays.
    """
    occasions = Occasion.objects.filter(is_sample=True)
    removed, kept = occasions.count(), []
    occasions.delete()
    for model, entry in reversed(_entries()):
        row = find(model, key_of(model, entry))
        if row is None:
            continue
        try:
            row.delete()
            removed += 1
        except models.ProtectedError:
            kept.append(str(row))
    return removed, kept


@transaction.atomic
def refresh_samples(today):
    """Move the samples by whole weeks to where a first loading on that day would put them; returns how many moved."""
    moved = 0
    for model, entry in _entries():
        row = find(model, key_of(model, entry))
        if row is None or not is_relative(entry.get("starts_at")):
            continue
        target = moment(entry["starts_at"], today)
        weeks = round((target - row.starts_at) / timedelta(weeks=1))
        if weeks:
            _move(row, timedelta(weeks=weeks))
            moved += 1
            for name, value in entry.items():
                if model._meta.get_field(name).one_to_many:
                    for child in getattr(row, name).all():
                        _move(child, timedelta(weeks=weeks))
    return moved


def _entries():
    """Return (model, entry) of every sample, in the order of loading."""
    paths = [path for path in data_files() if path.name == SAMPLES]
    return [(model, entry) for path in paths for model, entries in read(path) for entry in entries]


def _move(row, delta):
    """Shift every moment that an organizer could edit; when the row is published stays."""
    moments = [
        field.name
        for field in row._meta.fields
        if isinstance(field, models.DateTimeField) and field.editable and field.name != "published_at"
    ]
    for name in moments:
        if getattr(row, name) is not None:
            setattr(row, name, getattr(row, name) + delta)
    if moments:
        row.save()
