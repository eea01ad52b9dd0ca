"""Deleting with a way back: what an organizer deletes lies in the bin for thirty days, with all that went along.

Sign-ups never do: what people told us in confidence is gone when it is deleted.
"""

import json
from datetime import timedelta

from django.apps import apps
from django.contrib.admin.utils import NestedObjects
from django.core import serializers
from django.db import DEFAULT_DB_ALIAS, IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from portal import photos
from portal.locking import holding, lock
from portal.models import Binned, Photo
from portal.models.signups import Signup
from portal.publishing import Curated

KEPT_FOR = timedelta(days=30)


class CannotReturn(Exception):
    """A row cannot be put back; the text says why, for people."""


def put_into_bin(row, user):
    """Delete the row as Django would, and keep it and what goes along; return the `Binned`.

    Raises ProtectedError, as deleting does, where another row holds on to it. None where somebody else was faster.
    """
    return put_together_into_bin([row], str(row), user)


@transaction.atomic
def put_together_into_bin(rows, title, user):
    """As `put_into_bin`, for rows of one kind that come back together, under a title of their own."""
    found = type(rows[0])._base_manager.filter(pk__in=[row.pk for row in rows])
    rows = list(holding(found, to_delete=True).order_by("pk"))
    if not rows:
        return None
    collector = NestedObjects(using=DEFAULT_DB_ALIAS)
    collector.collect(rows)
    kept = [one for model, rows in collector.data.items() if _may_be_kept(model) for one in rows]
    binned = Binned.objects.create(
        title=title[:200],
        kind=rows[0]._meta.label_lower,
        rows=json.loads(serializers.serialize("json", kept)),
        untied=list(_untied(collector)),
        count=len(kept),
        deleted_by=user,
    )
    with photos.keeping_originals():
        found.delete()
    return binned


def _may_be_kept(model):
    """Neither a sign-up nor what belongs to one."""
    if model._meta.auto_created:
        return _may_be_kept(model._meta.auto_created)
    if not issubclass(model, Curated) or issubclass(model, Signup):
        return False
    related = [field.related_model for field in model._meta.fields if field.many_to_one or field.one_to_one]
    return not any(issubclass(one, Signup) for one in related)


def _untied(collector):
    """Yield [model, primary key, column, value] of each reference that deleting sets to nothing."""
    for (field, _value), groups in collector.field_updates.items():
        for rows in groups:
            for row in rows:
                yield [row._meta.label_lower, row.pk, field.attname, getattr(row, field.attname)]


@transaction.atomic
def put_back(binned):
    """Make the binned rows anew, under their former keys, and tie again what had pointed to them.

    Raises CannotReturn where something has taken their place, or somebody else was faster.
    """
    binned = lock(binned)
    if binned is None:
        raise CannotReturn(_("It is back already."))
    try:
        with transaction.atomic():
            rows = [found.object for found in _saved(serializers.deserialize("python", binned.rows))]
            if returned := [row.pk for row in rows if isinstance(row, Photo)]:
                photos.make_renditions_of(returned)
            for label, pk, column, value in binned.untied:
                apps.get_model(label)._base_manager.filter(pk=pk, **{column: None}).update(**{column: value})
    except IntegrityError as error:
        raise CannotReturn(_("Something else has its address by now, or what it belonged to is gone.")) from error
    for row in rows:
        if isinstance(row, Curated):
            row.refresh_from_db()
            row.save()  # so that history, search and kept pages hear of it
    binned.delete()


def _saved(found):
    for one in found:
        if isinstance(one.object, Photo):
            photos.without_renditions(one.object)
        one.save()
        yield one


def old_in_bin(now=None):
    """Return what has lain in the bin for thirty days; the daily chores forget it."""
    return Binned.objects.filter(deleted_at__lt=(now or timezone.now()) - KEPT_FOR)


def forget(binned):
    """Forget what lay in the bin, the originals of its photos as well."""
    kept = [row["fields"]["image"] for row in binned.rows if row["model"] == Photo._meta.label_lower]
    with transaction.atomic():
        binned.delete()
        transaction.on_commit(lambda: photos.delete_files(filter(None, kept)))
