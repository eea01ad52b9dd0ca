"""Two rows that are one: everything that pointed to either points to the kept one.

A merge writes down each of its steps, so that `unmerging` can take them back. A step is a list:
["moved", model, key, column, before, after], ["filled", the same], ["tied", model, key, field, before, after,
whether both had been tied], ["noted", model, key, before, after], ["made", model, key], and ["removed", rows
as Django serializes them].
"""

import json

from django.core import serializers
from django.db import models, transaction
from django.utils.translation import gettext as _
from modeltranslation.utils import build_localized_fieldname

from portal.addresses import FormerSlug, Sluggable
from portal.languages import CODES
from portal.locking import holding, locked_all
from portal.models import Merge
from portal.references import keys_to, notes_of, ties_to
from portal.scope import texts_of
from portal.twins import SAYS_NOTHING, twin_of


class CannotMerge(Exception):
    """Two rows may not be merged; the text says why, for people."""


def check_may_merge(user, kept, gone):
    """Raise CannotMerge where the user may not make these two one.

    Both must be theirs to change. Where one has an account, the rights of the
    other's roles would go to it: that is for who may make accounts.
    """
    rows = type(kept).objects.editable_by(user).filter(pk__in=[kept.pk, gone.pk])
    if kept.pk == gone.pk or rows.count() != 2:
        raise CannotMerge(_("Choose two that are both yours to change."))
    has_account = any(getattr(row, field.attname) for row in (kept, gone) for field in _accounts(type(kept)))
    if has_account and not user.has_perm("auth.change_user"):
        raise CannotMerge(_("One of the two has an account, and with it rights: an administrator can merge them."))


def _accounts(model):
    user = model._meta.get_field("published_by").related_model
    return [field for field in model._meta.fields if field.related_model is user and field.editable]


def merge(kept, gone, user):
    """Make `gone` one with `kept` and return the `Merge`; raises CannotMerge."""
    with locked_all(type(kept)._base_manager.filter(pk__in=[kept.pk, gone.pk]), to_delete=True) as rows:
        found = {row.pk: row for row in rows}
        if len(found) != 2:
            raise CannotMerge(_("One of the two no longer exists."))
        kept, gone = found[kept.pk], found[gone.pk]
        check_may_merge(user, kept, gone)
        former, title, steps = gone.pk, str(gone)[:200], []
        _keep_names(kept, gone, steps)
        _absorb(kept, gone, steps)
        if isinstance(kept, Sluggable):
            label, scope = kept._meta.label_lower, kept._slug_scope()
            way = FormerSlug.objects.create(model=label, scope=scope, slug=gone.slug, object_id=kept.pk)
            steps.append(["made", way._meta.label_lower, way.pk])
        return Merge.objects.create(
            kind=kept._meta.label_lower,
            kept_id=kept.pk,
            kept_title=str(kept)[:200],
            gone_id=former,
            gone_title=title,
            steps=steps,
            merged_by=user,
        )


def what_merging_does(kept, gone, user):
    """Return the steps that `merge` would take: it is done and taken back, so that what is shown is what will be."""
    with transaction.atomic():
        steps = merge(kept, gone, user).steps
        transaction.set_rollback(True)
    return steps


def _keep_names(kept, gone, steps):
    """The other names of the kept row take in the name of the one that goes."""
    names = kept.names.model
    said = {code: getattr(gone, build_localized_fieldname("name", code)) or "" for code in CODES}
    if "name" in texts_of(names):
        columns = {build_localized_fieldname("name", code): text for code, text in said.items()}
        wanted = [columns]
        known = [{column: getattr(row, column) or "" for column in columns} for row in (kept, *kept.names.all())]
    else:
        wanted = [{"name": text} for text in dict.fromkeys(said.values())]
        known = [{"name": getattr(kept, build_localized_fieldname("name", code))} for code in CODES]
        known += [{"name": other.name} for other in kept.names.all()]
    for columns in wanted:
        if any(columns.values()) and columns not in known:
            row = kept.names.create(**columns)
            steps.append(["made", row._meta.label_lower, row.pk])


def _absorb(kept, gone, steps):
    """Let everything that points to `gone` point to `kept`, then delete `gone`, then fill what `kept` lacks."""
    model = type(kept)
    for field in keys_to(model):
        for row in held(field.model, **{field.name: gone}).order_by("pk"):
            _move(row, field, kept, steps)
    for field in ties_to(model):
        for owner in field.model._base_manager.filter(**{field.name: gone}).order_by("pk"):
            _tie(owner, field, kept, gone, steps)
    for rows in notes_of(gone):
        for note in rows:
            note.object_id = kept.pk
            note.save(update_fields=["object_id"])
            steps.append(["noted", note._meta.label_lower, note.pk, gone.pk, kept.pk])
    wanted = _lacking(kept, gone)
    steps.append(["removed", json.loads(serializers.serialize("json", [gone]))])
    gone.delete()
    for field, value in wanted:
        before = plain(field, kept)
        setattr(kept, field.attname, value)
        steps.append(["filled", model._meta.label_lower, kept.pk, field.attname, before, plain(field, kept)])
    if wanted:
        kept.save()


def held(model, **which):
    """Return the rows of a model as a queryset that holds them until the merge is done."""
    return holding(model._base_manager.filter(**which), to_delete=True)


def plain(field, row):
    """Return the value as JSON can hold it: text, or None for nothing at all."""
    return None if getattr(row, field.attname) is None else field.value_to_string(row)


def _move(row, field, kept, steps):
    twin = twin_of(row, field, kept)
    if twin is not None:
        _absorb(twin, row, steps)
        return
    points_to_itself = isinstance(row, type(kept)) and row.pk == kept.pk
    before = getattr(row, field.attname)
    setattr(row, field.attname, None if points_to_itself else kept.pk)
    row.save()
    steps.append(["moved", row._meta.label_lower, row.pk, field.attname, before, getattr(row, field.attname)])


def _tie(owner, field, kept, gone, steps):
    tied = getattr(owner, field.name)
    both = tied.filter(pk=kept.pk).exists()
    tied.remove(gone)
    tied.add(kept)
    steps.append(["tied", owner._meta.label_lower, owner.pk, field.name, gone.pk, kept.pk, both])


def _lacking(kept, gone):
    """Return (field, value) of what only the row that goes has: texts, files, ties, and being public."""
    passed_over = texts_of(type(kept)) | SAYS_NOTHING
    if not getattr(kept, "published_at", True):
        passed_over -= {"published_by"}
    return [
        (field, getattr(gone, field.attname))
        for field in kept._meta.concrete_fields
        if not field.primary_key
        and field.name not in passed_over
        and (field.null or field.blank)
        and not isinstance(field, models.BooleanField)
        and getattr(gone, field.attname)
        and not getattr(kept, field.attname)
        and not (field.related_model is type(kept) and getattr(gone, field.attname) == kept.pk)
    ]
