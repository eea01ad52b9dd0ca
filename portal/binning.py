"""Deleting with a way back: what an organizer deletes lies in the bin for thirty days, with all that went along.

Sign-ups never do: what people told us in confidence is gone when it is deleted.
"""

import json
from contextlib import contextmanager
from datetime import timedelta

from django.apps import apps
from django.contrib.admin.utils import NestedObjects
from django.core import serializers
from django.core.exceptions import ObjectDoesNotExist
from django.db import DEFAULT_DB_ALIAS, IntegrityError, connection, transaction
from django.db.models import SET_NULL
from django.utils import timezone
from django.utils.translation import gettext as _

from portal import photos
from portal.locking import holding, lock
from portal.models import Binned, Photo
from portal.models.signups import Signup
from portal.publishing import Curated
from portal.refused import Refused

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
    with returning({row["model"] for row in binned.rows}):
        found = list(serializers.deserialize("python", binned.rows))
        for one in found:
            if isinstance(one.object, Curated):  # before any is saved: two that come back together did share it
                one.object.refuse_to_return()
        rows = [one.object for one in _saved(found)]
        if returned := [row.pk for row in rows if isinstance(row, Photo)]:
            photos.make_renditions_of(returned)
        for label, pk, column, value in binned.untied:
            apps.get_model(label)._base_manager.filter(pk=pk, **{column: None}).update(**{column: value})
    for row in rows:
        if isinstance(row, Curated):
            row.refresh_from_db()
            row.save()  # so that history, search and kept pages hear of it
    binned.delete()


@contextmanager
def returning(labels):
    """Bring rows of these models back, all or none; raises CannotReturn where their place is taken, their parent gone.

    Databases look at references only when all is committed, which is too late to say so in words.
    """
    models = [apps.get_model(label)._meta for label in labels]
    tables = {one.db_table for one in models} | {tie.m2m_db_table() for one in models for tie in one.local_many_to_many}
    try:
        with transaction.atomic():
            yield
            connection.check_constraints(tables)
    except Refused as reason:
        raise CannotReturn(str(reason)) from reason
    except (IntegrityError, ObjectDoesNotExist) as error:
        raise CannotReturn(_("Something else has its address now, or what it belonged to no longer exists.")) from error


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
    """Forget what lay in the bin, the originals of its photos as well; what was put back meanwhile keeps them."""
    with transaction.atomic():
        binned = lock(binned)
        if binned is None:
            return
        kept = [row["fields"]["image"] for row in binned.rows if row["model"] == Photo._meta.label_lower]
        binned.delete()
        transaction.on_commit(lambda: photos.delete_files(filter(None, kept)))


def take_out_of_bin(gone):
    """Take rows out of whatever lies in the bin, and return them as Django serializes them.

    `gone` is a set of (label of the model, key). What cannot be without them goes along; the rest can still be put
    back, unless it was a part of them.
    """
    taken = []
    for binned in holding(Binned.objects.all()):
        left, lost = without(binned.rows, gone)
        taken += lost
        if not any(row["model"] == binned.kind for row in left):
            forget(binned)
        elif left != binned.rows:
            lost = gone | set(map(_key_of, lost))
            binned.untied = [one for one in binned.untied if not _ties_to(one, lost)]
            binned.rows, binned.count = left, len(left)
            binned.save()
    return taken


def tied_before(row, name):
    """Return the key of what a foreign key of the row led to before that was put into the bin, or None."""
    told = [row._meta.label_lower, row.pk, row._meta.get_field(name).attname]
    for untied in Binned.objects.values_list("untied", flat=True):
        for *of, value in untied:
            if of == told:
                return value
    return None


def in_bin_with(model, name, values):
    """Return the keys of a model's rows in the bin whose foreign key `name` led to one of these."""
    label = model._meta.label_lower
    binned = [row for rows in Binned.objects.values_list("rows", flat=True) for row in rows]
    return {row["pk"] for row in binned if row["model"] == label and row["fields"][name] in values}


def without(rows, gone):
    """Return (serialized rows without those that are gone, and without what points to them; those that are left out).

    `gone` is a set of (label of the model, key).
    """
    left, lost, more = list(rows), [], True
    while more:
        more = [row for row in left if _key_of(row) in gone or _cannot_be_without(row, gone)]
        gone = gone | {_key_of(row) for row in more}
        left, lost = [row for row in left if _key_of(row) not in gone], lost + more
    return [{**row, "fields": _untie(row, gone)} for row in left], lost


def _key_of(row):
    return row["model"], row["pk"]


def _cannot_be_without(row, gone):
    return any(
        not field.many_to_many
        and field.remote_field.on_delete is not SET_NULL
        and (field.related_model._meta.label_lower, value) in gone
        for field, value in _keys_in(row)
    )


def _untie(row, gone):
    """Return the fields of a serialized row with nothing where they point to what is gone."""
    fields = dict(row["fields"])
    for field, value in _keys_in(row):
        label = field.related_model._meta.label_lower
        if isinstance(value, list):
            fields[field.name] = [key for key in value if (label, key) not in gone]
        elif (label, value) in gone:
            fields[field.name] = None
    return fields


def _keys_in(row):
    """Return (field, value) of each foreign key of a serialized row, and of each many-to-many field."""
    model = apps.get_model(row["model"])._meta
    fields = [*model.concrete_fields, *model.many_to_many]
    return [(one, row["fields"].get(one.name)) for one in fields if one.is_relation]


def _ties_to(untied, gone):
    label, pk, column, value = untied
    related = next(one for one in apps.get_model(label)._meta.concrete_fields if one.attname == column).related_model
    return (label, pk) in gone or (related._meta.label_lower, value) in gone
