"""Find things by words: titles first, then by weight, then the newest."""

from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.db import connection
from django.db.models import BooleanField, Case, Count, F, Q, Value, When
from django.db.models.expressions import RawSQL
from django.utils.safestring import SafeString

from portal.models.search import SearchEntry
from portal.search.highlight import excerpt, marked
from portal.search.words import Query

# Primary keys of the entries that hold the query, in the words of each database.
MATCHING = {
    "sqlite": "SELECT rowid FROM portal_searchindex WHERE portal_searchindex MATCH %s",
    "postgresql": "SELECT id FROM portal_searchentry WHERE vector @@ %s::tsquery",
}


@dataclass(frozen=True)
class Found:
    """One result; `title` and `excerpt` are safe HTML with `<mark>`, each with the code of its language."""

    kind: str
    pk: int
    url: str
    title: SafeString
    title_language: str
    excerpt: SafeString
    excerpt_language: str
    dated: date | None
    when: str


@dataclass(frozen=True)
class Answer:
    """The results asked for, how many there are in all, and how many of each kind (whatever kind was asked for)."""

    results: list
    total: int
    kinds: dict


def find(text, language, now, kind=None, limit=20, offset=0):
    """Return the `Answer` to a visitor's words: at most `limit` results from `offset` on, in two queries.

    Any text is a query; one without words has no results. Entries are matched in both
    languages and shown in `language`, or in the other where they have no text in it.
    """
    query = Query(text)
    if not query:
        return Answer([], 0, {})
    entries = SearchEntry.objects.filter(_matches(query), visible_from__lte=now)
    kinds = dict(entries.values_list("kind").annotate(Count("pk")).order_by("kind"))
    if kind:
        entries = entries.filter(kind=kind)
    in_title = Case(
        When(_matches(query, titles_only=True), then=Value(True)), default=Value(False), output_field=BooleanField()
    )
    ranked = entries.alias(in_title=in_title).order_by("-in_title", "-weight", F("dated").desc(nulls_last=True), "-pk")
    shown = ranked.defer("title_words", "text_words")[offset : offset + limit]
    total = kinds.get(kind, 0) if kind else sum(kinds.values())
    return Answer([_found(entry, query, language) for entry in shown], total, kinds)


def _matches(query, titles_only=False):
    expression = query.for_sqlite if connection.vendor == "sqlite" else query.for_postgresql
    return Q(pk__in=RawSQL(MATCHING[connection.vendor], [expression(titles_only)]))


def _found(entry, query, language):
    languages = [language, *(code for code, _label in settings.LANGUAGES if code != language)]
    title_language = next((code for code in languages if entry.titles.get(code)), language)
    with_text = [code for code in languages if entry.texts.get(code)]
    text_language = next((code for code in with_text if query.spans(entry.texts[code])), None)
    text_language = text_language or next(iter(with_text), language)
    return Found(
        kind=entry.kind,
        pk=entry.object_id,
        url=f"/{language}{entry.path}",
        title=marked(entry.titles.get(title_language, ""), query),
        title_language=title_language,
        excerpt=excerpt(entry.texts.get(text_language, ""), query),
        excerpt_language=text_language,
        dated=entry.dated,
        when=entry.whens.get(language, ""),
    )
