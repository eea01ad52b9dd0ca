"""What still tells of rows that are gone: the log, versions, merges, the bin, memories of imports, messages, files.

An organizer's deletion keeps all of it, so that it can be taken back. Who asks to be forgotten is to be found nowhere.
"""

import json

from django.apps import apps
from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.core.files.storage import default_storage
from django.db import models, transaction

from portal.binning import take_out_of_bin, without
from portal.models import Delivery, FormerSlug, ImportedRow, LinkCheck, Merge, OutdatedText
from portal.references import belonging_to, keys_to
from portal.texts import in_all_languages

# What is nothing without the row that it points to.
HELD = (models.CASCADE, models.PROTECT)


def forget_log(*rows):
    """Delete what the admin's log says of some rows of one model: it names who answered a person, and what."""
    _forget_log_of(type(rows[0]), [row.pk for row in rows])


def forget_past(model, keys):
    """Forget what rows said before, what had been merged into them, and what belonged to them and is gone by now."""
    forget_traces(model, _forget_merges(model, keys))
    for own in belonging_to(model):
        forget_traces(own.model, _gone(own.model, own.model.history.filter(**{f"{own.name}__in": keys})))
    label, versions = model._meta.label_lower, _versions(model, keys)
    _delete_files(_files_of(versions, model))
    versions.delete()
    _forget_log_of(model, keys)
    OutdatedText.objects.filter(kind=label, row_id__in=keys).delete()
    # The row is still known to the file that it came from, so that the next import makes no other.
    ImportedRow.objects.filter(model=label, object_id__in=keys).update(values={}, unread=[])


def forget_traces(model, keys):
    """Forget everything that tells of rows of one model which are gone, and of what belonged to them.

    Files that nothing else names go as soon as the transaction is committed.
    """
    if not keys:
        return
    label, versions = model._meta.label_lower, _versions(model, keys)
    for row in _columns(versions, "name", *in_all_languages("name", "name_then")):
        for name in filter(None, row):
            _forget_log_of_parts(name)
    for (url,) in _columns(versions, "url"):
        LinkCheck.objects.filter(url=url).delete()
    for key in keys_to(model):
        if key.remote_field.on_delete in HELD and hasattr(key.model, "history"):
            theirs = key.model.history.filter(**{f"{key.name}__in": keys})
            forget_traces(key.model, _gone(key.model, theirs))
            theirs.delete()
    forget_past(model, keys)
    FormerSlug.objects.filter(model=label, object_id__in=keys).delete()
    for key in keys:
        Delivery.objects.filter(key__startswith=f"published {label} {key} ").delete()
    gone = {(label, key) for key in keys}
    for merge in Merge.objects.all():
        if without([row for what, *step in merge.steps if what == "removed" for row in step[0]], gone)[1]:
            merge.delete()
    _delete_files(_files_in(take_out_of_bin(gone)))


def _forget_merges(model, keys):
    """Forget the merges into rows, which cannot be undone any more; return the keys of what went into them."""
    known = set(keys)
    for merge in Merge.objects.filter(kind=model._meta.label_lower).order_by("-pk"):
        if merge.kept_id in known:
            known.add(merge.gone_id)
            _delete_files(_files_in(row for what, *step in merge.steps if what == "removed" for row in step[0]))
            merge.delete()
    return known - set(keys)


def _versions(model, keys):
    return model.history.filter(**{f"{model._meta.pk.attname}__in": keys})


def _gone(model, versions):
    """Return the keys of the rows that versions are of and that are not there any more."""
    keys = set(versions.values_list(model._meta.pk.attname, flat=True))
    return keys - set(model._base_manager.filter(pk__in=keys).values_list("pk", flat=True))


def _columns(versions, *names):
    """Return the distinct values that versions have in these columns, as far as they have such columns."""
    there = {field.attname for field in versions.model._meta.concrete_fields}
    names = [name for name in names if name in there]
    return set(versions.values_list(*names)) if names else set()


def _forget_log_of(model, keys):
    kind = ContentType.objects.get_for_model(model)
    LogEntry.objects.filter(content_type=kind, object_id__in=[str(key) for key in keys]).delete()


def _forget_log_of_parts(name):
    """Delete what the log of other rows says of a part that was called so: a speaker of a session."""
    LogEntry.objects.filter(change_message__contains=f'"object": {json.dumps(name)}').delete()


def _files_of(versions, model):
    """Return (model, column, name) of each file that versions name."""
    fields = [field for field in model._meta.concrete_fields if isinstance(field, models.FileField)]
    return [(model, field.name, name) for field in fields for (name,) in _columns(versions, field.attname) if name]


def _files_in(rows):
    """Return (model, column, name) of each file that serialized rows name."""
    found = []
    for row in rows:
        model = apps.get_model(row["model"])
        for field in model._meta.concrete_fields:
            if isinstance(field, models.FileField) and row["fields"].get(field.name):
                found.append((model, field.name, row["fields"][field.name]))
    return found


def _delete_files(files):
    """Delete files once all is done, but for those that another row names."""

    def delete():
        for model, column, name in files:
            if not model._base_manager.filter(**{column: name}).exists():
                default_storage.delete(name)

    transaction.on_commit(delete)
