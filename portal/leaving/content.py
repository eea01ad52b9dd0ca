"""All content that organizers curate, as JSON and Markdown that anybody can read, with the files it names.

    README.md               what is in every file and field
    data/APP.MODEL.json     a list of rows; text in two languages is {"zh-hans": ..., "en": ...}, another row is its
                            number and its address
    texts/KIND/SLUG.LANGUAGE.md    the long texts of articles, pages, occasions ..., with front matter
    files/...               covers, logos, portraits, slides; photos at full size

What people signed up with, accounts, and hidden photos stay behind.
"""

import json
import shutil
from pathlib import Path

import yaml
from django.apps import apps
from django.core.files.storage import default_storage
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils.translation import gettext as _
from modeltranslation.translator import NotRegistered, translator
from modeltranslation.utils import build_localized_fieldname
from simple_history.models import HistoricalChanges

from portal.languages import CODES
from portal.models import Photo

# The texts that are worth a file of their own.
LONG_TEXT = "body"


def curated():
    """Return the models whose rows organizers curate: those that keep a history."""
    return [
        model for model in apps.get_models() if hasattr(model, "history") and not issubclass(model, HistoricalChanges)
    ]


def write(folder, progress=lambda done: None):
    """Write everything into an empty folder; return a dict of label -> number of rows. Raises OSError."""
    folder = Path(folder)
    counts = {}
    for model in curated():
        label = model._meta.label_lower
        rows = [as_data(row) for row in _rows(model).iterator(chunk_size=500)]
        _write(folder / "data" / f"{label}.json", json.dumps(rows, cls=DjangoJSONEncoder, ensure_ascii=False, indent=1))
        counts[label] = len(rows)
        for row in _rows(model).iterator(chunk_size=500):
            _write_texts(folder, row)
            for name in _files_of(row):
                _copy_file(folder / "files" / name, name)
                progress(name)
        progress(label)
    _write(folder / "README.md", _explained(counts))
    return counts


def as_data(row):
    """Return a row as plain data: its fields by name, both languages together, other rows as `pointer` names them."""
    data = {}
    for field in told_fields(type(row)):
        if field.name in _texts(type(row)):
            data[field.name] = {code: _text(row, field.name, code) for code in CODES if _text(row, field.name, code)}
        elif field.many_to_many:
            data[field.name] = [pointer(other) for other in getattr(row, field.name).all()]
        elif field.is_relation:
            other = getattr(row, field.name)
            data[field.name] = other and pointer(other)
        else:
            value = field.value_from_object(row)
            data[field.name] = value.name if isinstance(field, models.FileField) else value
    return data


def pointer(row):
    """Return how one row names another: {"id": 3, "slug": "coscon-2023"}, or a code where it has one."""
    named = {name: getattr(row, name) for name in ("slug", "code") if getattr(row, name, None)}
    return {"id": row.pk, **named}


def told_fields(model):
    """Return the fields of a model that are content: no account, no column of a single language, no rendered HTML."""
    of_a_language = {build_localized_fieldname(name, code) for name in _texts(model) for code in CODES}
    return [
        field
        for field in [*model._meta.concrete_fields, *model._meta.many_to_many]
        if field.name not in of_a_language
        and "_html" not in field.name
        and not (field.is_relation and field.related_model._meta.app_label == "auth")
    ]


def _rows(model):
    rows = model._base_manager.order_by("pk")
    return rows.filter(hidden_at=None) if model is Photo else rows


def _texts(model):
    try:
        return translator.get_options_for_model(model).all_fields
    except NotRegistered:
        return ()


def _text(row, name, code):
    return getattr(row, build_localized_fieldname(name, code), None)


def _write_texts(folder, row):
    """Write each language of a long text as Markdown; its front matter holds the short fields."""
    if LONG_TEXT not in _texts(type(row)) or not getattr(row, "slug", ""):
        return
    for code in CODES:
        if body := _text(row, LONG_TEXT, code):
            data = as_data(row)
            short = {
                name: value.get(code) if isinstance(value, dict) and name in _texts(type(row)) else value
                for name, value in json.loads(json.dumps(data, cls=DjangoJSONEncoder)).items()
                if name != LONG_TEXT
            }
            head = yaml.safe_dump({"language": code, **short}, allow_unicode=True, sort_keys=False)
            path = folder / "texts" / type(row)._meta.model_name / f"{row.slug}.{code}.md"
            _write(path, f"---\n{head}---\n\n{body}\n")


def _files_of(row):
    """Return the names of a row's files in the store; of a photo the original."""
    fields = [field for field in row._meta.local_concrete_fields if isinstance(field, models.FileField)]
    return [getattr(row, field.name).name for field in fields if getattr(row, field.name)]


def _copy_file(path, name):
    path.parent.mkdir(parents=True, exist_ok=True)
    with default_storage.open(name) as source, path.open("wb") as copy:
        shutil.copyfileobj(source, copy)


def _write(path, text):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def _explained(counts):
    """Return the README: every file, and every field with what the organizers' forms say of it."""
    parts = [f"# {_('All content')}\n\n{__doc__}"]
    for model in curated():
        label = model._meta.label_lower
        lines = [f"## data/{label}.json\n\n{model._meta.verbose_name_plural}: {counts[label]}\n"]
        for field in told_fields(model):
            kind = f"→ {field.related_model._meta.label_lower}" if field.is_relation else field.get_internal_type()
            what = " ".join(filter(None, [str(field.verbose_name), str(field.help_text)]))
            choices = ", ".join(f"{value!r}" for value, _label in field.flatchoices if value is not None)
            lines.append(f"- `{field.name}` ({kind}): {what}{f' [{choices}]' if choices else ''}")
        parts.append("\n".join(lines))
    return "\n\n".join(parts) + "\n"
