"""Find things by words: titles first, then by weight, then the newest."""

from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.db import connection
from django.db.models import BooleanField, Case, Count, F, Q, Value, When
from django.db.models.expressions import RawSQL
from django.utils.safestring import SafeString

from portal.languages import HTML_LANG
from portal.models.search import SearchEntry
from portal.search.highlight import excerpt, marked
from portal.search.sources import label_of
from portal.search.words import Query

# Primary keys of the entries that hold the query, in the words of each database.
MATCHING = {
    "sqlite": "SELECT rowid FROM portal_searchindex WHERE portal_searchindex MATCH %s",
    "postgresql": "SELECT id FROM portal_searchentry WHERE vector @@ %s::tsquery",
}


@dataclass(frozen=True)
class Found:
    """One result, as `portal/_results.html` shows it.

    `title` and `excerpt` are safe HTML with `<mark>`; `title_lang` and `excerpt_lang` are
    values for `lang`, empty where the text is in the language that was asked for.
    """

    kind: str
    kind_text: str
    pk: int
    url: str
    title: SafeString
    title_lang: str
    excerpt: SafeString
    excerpt_lang: str
    dated: date | None
    when_text: str

    def get_absolute_url(self):
        return self.url


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
    of_title = next((code for code in languages if entry.titles.get(code)), language)
    with_text = [code for code in languages if entry.texts.get(code)]
    with_match = [code for code in with_text if query.spans(entry.texts[code])]
    of_text = next(iter(with_match or with_text), language)
    return Found(
        kind=entry.kind,
        kind_text=label_of(entry.kind),
        pk=entry.object_id,
        url=f"/{language}{entry.path}",
        title=marked(entry.titles.get(of_title, ""), query),
        title_lang="" if of_title == language else HTML_LANG[of_title],
        excerpt=excerpt(entry.texts.get(of_text, ""), query),
        excerpt_lang="" if of_text == language else HTML_LANG[of_text],
        dated=entry.dated,
        when_text=entry.whens.get(language, ""),
    )
