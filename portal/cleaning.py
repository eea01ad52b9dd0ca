"""Files in the store that no row names: what a crash between writing and saving leaves behind."""

import re
from datetime import timedelta
from urllib.parse import unquote

from django.apps import apps
from django.conf import settings
from django.core.files.storage import default_storage
from django.db import models
from django.utils import timezone

from portal.models import Binned, Merge, Photo
from portal.models.text import Rendered

# An upload writes its files some moments before its row.
YOUNGEST = timedelta(hours=1)


def orphans(youngest=YOUNGEST):
    """Yield the names of files that no row names and that are older than `youngest`."""
    known = set(named())
    before = timezone.now() - youngest
    for name in stored():
        if name not in known and default_storage.get_modified_time(name) < before:
            yield name


def stored(folder=""):
    """Yield the names of all files in the store."""
    try:
        folders, files = default_storage.listdir(folder)
    except FileNotFoundError:
        return
    yield from (f"{folder}{name}" for name in files if name)
    for inner in folders:
        yield from stored(f"{folder}{inner}/")


def missing():
    """Yield each (row, name) of a photo whose file is not in the store: it should never happen."""
    there = set(stored())
    for photo in Photo.objects.exclude(image="").iterator():
        yield from ((photo, name) for name in [photo.image.name, *photo.rendition_names()] if name not in there)


def named(using="default"):
    """Yield every name that a row says. Histories do not count: what is gone from the row is gone."""
    for photo in Photo.objects.using(using).exclude(key="").only("key", "widths", "fallback").iterator():
        yield from photo.rendition_names()
    for model in apps.get_models():
        for field in model._meta.local_concrete_fields:
            if isinstance(field, models.FileField):
                rows = model._base_manager.using(using).exclude(**{field.name: ""})
                yield from rows.values_list(field.name, flat=True).iterator()
    yield from _named_by_texts(using)
    yield from _named_by_merges(using)
    for rows in Binned.objects.using(using).values_list("rows", flat=True).iterator():
        yield from _named_by_serialized(rows)


def _named_by_texts(using):
    """Yield the names of files that stand in Markdown, as the pictures of imported posts do."""
    for model in apps.get_models():
        if issubclass(model, Rendered):
            for field in model._meta.local_concrete_fields:
                if isinstance(field, models.TextField):
                    texts = model._base_manager.using(using).filter(**{f"{field.name}__contains": settings.MEDIA_URL})
                    for text in texts.values_list(field.name, flat=True).iterator():
                        yield from _named_in(text)


def _named_in(text):
    for address in re.findall(rf"{re.escape(settings.MEDIA_URL)}([^\s()<>\"'\\]+)", text):
        yield unquote(address)


def _named_by_merges(using):
    """Yield the names of files of rows that were merged away, since undoing brings them back."""
    for steps in Merge.objects.using(using).values_list("steps", flat=True):
        yield from _named_by_serialized(row for what, *step in steps if what == "removed" for row in step[0])


def _named_by_serialized(rows):
    """Yield the names of files of rows that were deleted and may come back: those of the bin as well."""
    for row in rows:
        fields = apps.get_model(row["model"])._meta.concrete_fields
        files = [field.name for field in fields if isinstance(field, models.FileField)]
        yield from (row["fields"][name] for name in files if row["fields"].get(name))
        for value in row["fields"].values():
            if isinstance(value, str):
                yield from _named_in(value)
