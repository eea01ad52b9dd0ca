"""The translators' queue: which rows wait in a language, what of them, and which comes next."""

from typing import NamedTuple

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.utils.text import capfirst
from modeltranslation.utils import build_localized_fieldname

from portal.gaps import count_gaps, count_gaps_of_all, kinds_with_outdated_texts, texts_with_a_gap
from portal.languages import CODES
from portal.models import Occasion, OutdatedText
from portal.models.signups import Signup
from portal.outdating import marks_of
from portal.publishing import Curated
from portal.rights import curates, translates
from portal.scope import texts_of
from portal.wording import differing


class Waiting(NamedTuple):
    """One text that waits: its field, its name for people, the original, and how that has changed since."""

    text: str
    label: str
    column: str
    original: str
    changes: list


def kinds(user):
    """Return the models with texts that the user may write, on pages of their own or within others'."""
    return [
        model
        for model in apps.get_models()
        if issubclass(model, Curated)
        and not issubclass(model, Signup)
        and not model.WRITTEN_ONCE
        and texts_of(model)
        and user.has_perm(f"{model._meta.app_label}.change_{model._meta.model_name}")
        and not any(issubclass(other, model) and other is not model for other in apps.get_models())
    ]


def rows_waiting(model, user, language, occasion=None):
    """Return the rows of a kind that wait in a language, of one occasion or of all, by key."""
    return _within_reach(model, user, occasion).filter(texts_with_a_gap(model, language)).order_by("pk")


def count_waiting(user, occasion=None):
    """Return model -> language -> how many of its rows wait, for each kind that the user may write."""
    models = kinds(user)
    wholly = [model for model in models if occasion is None and (translates(user) or curates(user, model))]
    counts = count_gaps_of_all(wholly) if wholly else {}
    outdated = kinds_with_outdated_texts() if len(wholly) < len(models) else set()
    for model in models:
        if model not in counts:
            counts[model] = count_gaps(_within_reach(model, user, occasion), model._meta.label_lower in outdated)
    return {model: counts[model] for model in models}


def _within_reach(model, user, occasion):
    rows = model.objects.reachable_by(user)
    if occasion is not None:
        path = path_to_occasion(model)
        rows = rows.filter(**{path: occasion.pk}) if path else rows.none()
    return rows


def path_to_occasion(model):
    """Return the lookup that leads from a row to the occasion it belongs to; None where it belongs to none.

    >>> path_to_occasion(Session)
    'conference__pk'
    """
    if issubclass(model, Occasion):
        return "pk"
    for name in (getattr(model, "PARENT", None), "occasion", "occasions"):
        try:
            related = name and model._meta.get_field(name).related_model
        except FieldDoesNotExist:
            continue
        path = related and path_to_occasion(related)
        if path:
            return f"{name}__{path}"
    return None


def with_what_they_say(rows):
    """Return the queryset with the rows that the names of its own are made of, in one query."""
    keys = [field.name for field in rows.model._meta.fields if field.many_to_one and field.editable]
    return rows.select_related(*keys) if keys else rows


def within(row):
    """Return the row that a row belongs to, without which "people: 60" says little to a translator; None for others."""
    parent = getattr(row, row.PARENT) if getattr(row, "PARENT", None) else None
    return None if parent is None or str(parent) in str(row) else parent


def texts_waiting(row, language, marks=None):
    """Return the list of `Waiting` of a row, missing texts and outdated ones."""
    if marks is None:
        marks = list(marks_of(row, language))
    formers = {mark.text: mark.former for mark in marks if mark.row_id == row.pk}
    original = next(code for code in CODES if code != language)
    found = []
    for text in sorted(texts_of(type(row)), key=_place(row)):
        column = build_localized_fieldname(text, language)
        said = getattr(row, build_localized_fieldname(text, original)) or ""
        if text.endswith("_html") or not said or (getattr(row, column) and text not in formers):
            continue
        changes = differing(formers[text], said) if text in formers else []
        found.append(Waiting(text, capfirst(row._meta.get_field(text).verbose_name), column, said, changes))
    return found


def _place(row):
    order = [field.name for field in row._meta.fields]
    return order.index


def marks_for(rows, language):
    """Return the marks of many rows of one kind, in one query."""
    if not rows:
        return []
    keys = [row.pk for row in rows]
    return list(OutdatedText.objects.filter(kind=rows[0]._meta.label_lower, row_id__in=keys, language=language))


def next_waiting(user, language, after, occasion=None):
    """Return the row that comes after another in the queue, of its kind or of the next ones; None at the end."""
    models = kinds(user)
    place = models.index(type(after))
    row = rows_waiting(type(after), user, language, occasion).filter(pk__gt=after.pk).first()
    for model in models[place + 1 :]:
        row = row or rows_waiting(model, user, language, occasion).first()
    return row
