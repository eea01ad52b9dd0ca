"""The way back from a merge, for thirty days: its steps are taken back from the last to the first."""

from datetime import timedelta

from django.apps import apps
from django.core import serializers
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.binning import CannotReturn, returning
from portal.locking import lock
from portal.merging import held, plain
from portal.models import Merge

KEPT_FOR = timedelta(days=30)


@transaction.atomic
def undo(merged):
    """Take a merge back: both rows are there again, each with what pointed to it, unless that was changed since.

    Raises CannotReturn where something has taken the place of the row that was gone, or somebody else was faster.
    """
    merged = lock(merged)
    if merged is None:
        raise CannotReturn(_("They are separate again already."))
    if not apps.get_model(merged.kind)._base_manager.filter(pk=merged.kept_id).exists():
        raise CannotReturn(_("“%(kept)s” itself no longer exists: restore it first.") % {"kept": merged.kept_title})
    with returning(set(_labels(merged.steps))):
        for what, *step in reversed(merged.steps):
            _TAKEN_BACK[what](*step)
    merged.delete()


def _labels(steps):
    """Yield the labels of the models whose rows the steps are about."""
    for what, told, *_rest in steps:
        if what == "removed":
            yield from (row["model"] for row in told)
        else:
            yield told


def _move_back(label, key, column, before, after):
    row = held(apps.get_model(label), pk=key).first()
    if row is not None and getattr(row, column) == after:
        setattr(row, column, before)
        row.save()


def _empty_again(label, key, column, before, after):
    row = held(apps.get_model(label), pk=key).first()
    field = apps.get_model(label)._meta.get_field(column)
    if row is not None and plain(field, row) == after:
        setattr(row, column, field.to_python(before))
        row.save()


def _tie_back(label, key, name, before, after, both):
    owner = apps.get_model(label)._base_manager.filter(pk=key).first()
    if owner is None or not getattr(owner, name).filter(pk=after).exists():
        return
    if not both:
        getattr(owner, name).remove(after)
    getattr(owner, name).add(before)


def _note_back(label, key, before, after):
    apps.get_model(label)._base_manager.filter(pk=key, object_id=after).update(object_id=before)


def _unmake(label, key):
    for row in apps.get_model(label)._base_manager.filter(pk=key):
        row.delete()


def _bring_back(rows):
    for found in serializers.deserialize("python", rows):
        found.save()
        row = type(found.object)._base_manager.get(pk=found.object.pk)
        row.save()  # so that history, search and kept pages hear of it


_TAKEN_BACK = {
    "moved": _move_back,
    "filled": _empty_again,
    "tied": _tie_back,
    "noted": _note_back,
    "made": _unmake,
    "removed": _bring_back,
}


def undoable_by(user, now=None):
    """Return the merges of the last thirty days that the user may take back: an administrator all, others their own."""
    merges = Merge.objects.filter(merged_at__gte=(now or timezone.now()) - KEPT_FOR)
    return merges if user.has_perm("portal.change_merge") else merges.filter(merged_by=user.pk)


def old_merges(now=None):
    """Return the merges that cannot be undone any more; the daily chores forget them."""
    return Merge.objects.filter(merged_at__lt=(now or timezone.now()) - KEPT_FOR)
