"""Who changed what and when: the versions of every curated row, and what differs between them."""

from collections import defaultdict
from datetime import datetime
from itertools import zip_longest
from typing import NamedTuple

import simple_history
from django.conf import settings
from django.core.exceptions import ObjectDoesNotExist
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from portal.scope import texts_of

# What follows from other columns.
PASSED_OVER = {"id", "created_at", "updated_at", "over_at", "wing", "occasion_ptr", "width", "height", "sha256"}
PASSED_OVER |= {"unreadable_since"}  # what the worker found in the store
MADE, DELETED = "+", "-"
NOTHING = (None, "")
LANGUAGES = dict(settings.LANGUAGES)


def keep_history(*models):
    """Record every change of these models' rows, in both languages.

    Call it at the end of `translation.py`: before that, the columns of the
    languages do not exist. Rendered HTML is left out, since it follows from its text; desks
    and registrations keep none, since what is erased must be gone.
    """
    for model in models:
        simple_history.register(
            model,
            app=model._meta.app_label,
            excluded_fields=[field.name for field in model._meta.get_fields() if "_html" in field.name],
            m2m_fields=list(model._meta.local_many_to_many),
        )


class Change(NamedTuple):
    """One field's former and new value, as text; `label` is the field's name with its language."""

    label: str
    before: str
    after: str


class Version(NamedTuple):
    """One moment of a row. `kind` is "+" (made), "~" (changed) or "-" (deleted).

    `of` is the label of the model and `title` the row where it is one that belongs to the row asked for; `latest`
    tells whether the row still is as this version says.
    """

    id: int
    who: object
    when: object
    kind: str
    changes: list
    latest: bool = False
    of: str = ""
    title: str = ""


def versions_of(row, limit=100):
    """Return the row's latest versions as a list of `Version`, the newest first.

    The number of queries depends on the row's kind alone: one for the
    versions, one for each kind of row that they refer to.
    """
    records = list(row.history.select_related("history_user")[: limit + 1])
    return _compared(type(row), records)[:limit]


def versions_of_parts(row, parts, limit=100):
    """Return the latest versions of the rows that belong to a row, of each model in `parts`, the deleted ones too.

    `parts` lists (model, name of the foreign key that leads to the row). The number of queries depends on the models.
    """
    found = []
    for model, parent in parts:
        records = model.history.filter(**{parent: row.pk}).select_related("history_user")
        by_row = defaultdict(list)
        for record in records.order_by("-history_date", "-history_id")[:limit]:
            by_row[getattr(record, model._meta.pk.attname)].append(record)
        words = _seen(model, [record for those in by_row.values() for record in those])
        titles = _titles(model, [those[0] for those in by_row.values()])
        for of_one, title in zip(by_row.values(), titles, strict=True):
            found += [one._replace(of=model._meta.label_lower, title=title) for one in _compared(model, of_one, *words)]
    return sorted(found, key=lambda one: one.when, reverse=True)[:limit]


def _titles(model, records):
    """Return what each row was called, as a list; what they are called after is read in one query a foreign key."""
    read, titles = {}, []
    for field in (one for one in model._meta.fields if one.many_to_one and records):
        keys = {getattr(record, field.attname) for record in records} - {None}
        read[field] = field.related_model._base_manager.in_bulk(keys)
    for record in records:
        row = record.instance
        for field, rows in read.items():
            if related := rows.get(getattr(record, field.attname)):
                setattr(row, field.name, related)
        titles.append(f"{capfirst(model._meta.verbose_name)}: {_title(row)}")
    return titles


def _title(row):
    try:
        return str(row)
    except ObjectDoesNotExist:  # what it was called after is gone
        return f"#{row.pk}"


def _seen(model, records):
    tied = _tied_rows(model, records)
    return _words(model, records, tied), tied


def _compared(model, records, words=None, tied=None):
    """Return the `Version`s of one row's records, the newest first."""
    if words is None:
        words, tied = _seen(model, records)
    found = []
    for record, before in zip_longest(records, records[1:]):
        changes = _changes(model, record, before, words, tied) if before is not None else []
        # A change of a many-to-many field is recorded as a version of its own, which may differ in nothing else.
        if changes or before is None or record.history_type != "~":
            who, when, kind = record.history_user, record.history_date, record.history_type
            found.append(Version(record.pk, who, when, kind, changes, latest=record is records[0]))
    return found


def fields_of(model):
    """Return the columns whose change is told, as a list."""
    passed_over = PASSED_OVER | texts_of(model)  # a text is told by its columns
    return [
        field for field in model._meta.concrete_fields if field.name not in passed_over and "_html" not in field.name
    ]


def _tied_rows(model, records):
    """Return {(record pk, field name): set of primary keys} of the many-to-many fields."""
    tied = defaultdict(set)
    for field in model._meta.local_many_to_many:
        if not records:
            break
        rows = getattr(records[0], field.name).model.objects.filter(history__in=[record.pk for record in records])
        for record, target in rows.values_list("history_id", f"{field.m2m_reverse_field_name()}_id"):
            tied[record, field.name].add(target)
    return tied


def _words(model, records, tied):
    """Return {(model, pk): text} of every row that the versions refer to, one query a model."""
    wanted = defaultdict(set)
    for field in fields_of(model):
        if field.is_relation:
            wanted[field.related_model] |= {getattr(record, field.attname) for record in records} - {None}
    for field in model._meta.local_many_to_many:
        for record in records:
            wanted[field.related_model] |= tied[record.pk, field.name]
    return {
        (related, one.pk): str(one)
        for related, keys in wanted.items()
        for one in related._default_manager.filter(pk__in=keys)
    }


def _changes(model, record, before, words, tied):
    changes = []
    for field in fields_of(model):
        old, new = (getattr(one, field.attname) for one in (before, record))
        if old != new and not (old in NOTHING and new in NOTHING):
            changes.append(Change(_label(field), _shown(field, old, words), _shown(field, new, words)))
    for field in model._meta.local_many_to_many:
        old, new = tied[before.pk, field.name], tied[record.pk, field.name]
        if old != new:
            changes.append(Change(_label(field), *(_listed(field, keys, words) for keys in (old, new))))
    return changes


def _label(field):
    """Return the field's name for people: 标题 · 中文, as on the form."""
    text = getattr(field, "translated_field", None)
    return f"{capfirst(text.verbose_name)} · {LANGUAGES[field.language]}" if text else capfirst(field.verbose_name)


def _shown(field, value, words):
    if value in NOTHING:
        return ""
    if field.is_relation:
        return words.get((field.related_model, value), _("a row that is gone (%(key)s)") % {"key": value})
    if field.choices:
        return str(dict(field.flatchoices).get(value, value))
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, datetime):
        return timezone.localtime(value).strftime("%Y-%m-%d %H:%M")
    return str(value)


def _listed(field, keys, words):
    return ", ".join(sorted(words.get((field.related_model, key), f"#{key}") for key in keys))
