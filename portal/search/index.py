"""The index itself: put rows in, take rows out. Each call is one transaction."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db import transaction

from portal.languages import CODES
from portal.models.search import SearchEntry
from portal.search.words import LONGEST_TEXT, indexed

LANGUAGE_PREFIX = re.compile(rf"/(?:{'|'.join(CODES)})(?=/)")
ROWS_AT_ONCE = 200


@dataclass(frozen=True)
class Findable:
    """One thing that visitors may find.

    Texts are plain and by language code; a language may be empty or missing.
    `also` holds words that find it without being shown: other names, a slug, a
    code. `visible_from` is the moment from which visitors may see it, the
    latest of its own and its parents'; None for a draft, which is not indexed.
    `dated` orders the results, `whens` shows that date in words; a higher
    `weight` goes first. `url` is its address in either language.
    """

    kind: str
    pk: int
    titles: Mapping[str, str]
    url: str
    visible_from: datetime | None
    texts: Mapping[str, str] = field(default_factory=dict)
    also: str = ""
    dated: date | None = None
    whens: Mapping[str, str] = field(default_factory=dict)
    weight: int = 0


@transaction.atomic
def index(findables):
    """Put these into the index, in place of what it held of them."""
    findables = sorted(findables, key=lambda one: (one.kind, one.pk))  # in one order, or two would wait for each other
    for draft in (one for one in findables if one.visible_from is None):
        forget(draft.kind, [draft.pk])
    SearchEntry.objects.bulk_create(
        [_entry(one) for one in findables if one.visible_from is not None],
        batch_size=ROWS_AT_ONCE,
        update_conflicts=True,
        unique_fields=["kind", "object_id"],
        update_fields=[
            column.name
            for column in SearchEntry._meta.concrete_fields
            if column.name not in ("id", "kind", "object_id")
        ],
    )


def forget(kind, pks):
    """Take rows of a kind out of the index."""
    SearchEntry.objects.filter(kind=kind, object_id__in=pks).delete()


@transaction.atomic
def replace_all(findables):
    """Make the index anew of these and nothing else; return how many there are."""
    entries = [_entry(one) for one in findables if one.visible_from is not None]
    SearchEntry.objects.all().delete()
    SearchEntry.objects.bulk_create(entries, batch_size=ROWS_AT_ONCE)
    return len(entries)


def _entry(findable):
    texts = {language: text[:LONGEST_TEXT] for language, text in findable.texts.items() if text}
    titles = {language: title for language, title in findable.titles.items() if title}
    return SearchEntry(
        kind=findable.kind,
        object_id=findable.pk,
        titles=titles,
        texts=texts,
        whens=dict(findable.whens),
        path=LANGUAGE_PREFIX.sub("", findable.url, count=1),
        weight=findable.weight,
        dated=findable.dated,
        visible_from=findable.visible_from,
        title_words=indexed(*titles.values(), findable.also),
        text_words=indexed(*texts.values()),
    )
