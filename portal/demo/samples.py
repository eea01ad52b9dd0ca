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

    Returns (how many, the names of those kept): an entry that something else
    than a sample uses by now, such as a speaker tied to a real talk, stays.
    """
    occasions = Occasion.objects.filter(is_sample=True)
    removed, kept = occasions.count(), []
    occasions.delete()
    for row, _entry in reversed(_samples()):
        try:
            row.delete()
            removed += 1
        except models.ProtectedError:
            kept.append(str(row))
    return removed, kept


@transaction.atomic
def refresh_samples(today):
    """Move the sample occasions by whole weeks to where a first loading on that day would put them.

    Returns how many moved. Hours and days that an organizer changed stay changed.
    """
    moved = 0
    for row, entry in _samples():
        if is_relative(entry.get("starts_at")):
            weeks = round((moment(entry["starts_at"], today) - row.starts_at) / timedelta(weeks=1))
            if weeks:
                _move(row, [entry], timedelta(weeks=weeks))
                moved += 1
    return moved


def _samples():
    """Return (row, entry) of every sample that is there, in the order of loading."""
    paths = [path for path in data_files() if path.name == SAMPLES]
    entries = [(model, entry) for path in paths for model, entries in read(path) for entry in entries]
    found = [(find(model, key_of(model, entry)), entry) for model, entry in entries]
    return [(row, entry) for row, entry in found if row is not None]


def _move(row, entries, delta):
    """Shift a row and what its entries list under it, at any depth."""
    _shift(row, delta)
    names = {name for entry in entries for name in entry if row._meta.get_field(name).one_to_many}
    for name in names:
        listed = [child for entry in entries for child in entry.get(name, ())]
        for child in getattr(row, name).all():
            _move(child, listed, delta)


def _shift(row, delta):
    """Shift every moment that an organizer could edit, but not that of publication."""
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
