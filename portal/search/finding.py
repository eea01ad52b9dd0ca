"""Find things by words: titles first, then by weight, then the newest."""

from dataclasses import dataclass
from datetime import date

from django.db import connection
from django.utils.safestring import SafeString

from portal.languages import CODES, HTML_LANG
from portal.models.search import SearchEntry
from portal.search.highlight import excerpt, marked
from portal.search.sources import label_of
from portal.search.words import Query

# The entries that hold the query, and whether one holds it in its title, in the words of each database. A word may be
# in thousands: on SQLite only what ranks them is read, from an index of its own (migration 0019_quicker_lists).
MATCHING = {
    "sqlite": """
        portal_searchindex CROSS JOIN portal_searchentry AS entry INDEXED BY portal_searchentry_at_a_glance
        ON entry.id = portal_searchindex.rowid WHERE portal_searchindex MATCH %s AND entry.visible_from <= %s""",
    "postgresql": "portal_searchentry AS entry WHERE entry.vector @@ %s::tsquery AND entry.visible_from <= %s",
}
IN_TITLE = {
    "sqlite": "entry.id IN (SELECT rowid FROM portal_searchindex WHERE portal_searchindex MATCH %s)",
    "postgresql": "entry.vector @@ %s::tsquery",
}
COUNTED = "SELECT entry.kind, COUNT(*) FROM {matching} GROUP BY entry.kind ORDER BY entry.kind"
OF_KIND = "SELECT entry.id FROM {matching} AND (%s = '' OR entry.kind = %s)"
BY_WEIGHT = "entry.weight DESC, entry.dated DESC NULLS LAST, entry.id DESC LIMIT %s OFFSET %s"
TITLED = f"{OF_KIND} ORDER BY {BY_WEIGHT}"
RANKED = f"{OF_KIND} ORDER BY {{in_title}} DESC, {BY_WEIGHT}"
# With so many entries, the titles alone are looked at first: mostly they fill the page.
MANY = 500


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
    """Return the `Answer` to a visitor's words: at most `limit` results from `offset` on, in three queries or four.

    Any text is a query; one without words has no results. Entries are matched in both
    languages and shown in `language`, or in the other where they have no text in it.
    """
    query = Query(text)
    if not query:
        return Answer([], 0, {})
    words = query.for_sqlite if connection.vendor == "sqlite" else query.for_postgresql
    now = connection.ops.adapt_datetimefield_value(now)
    kinds = dict(_rows(COUNTED, [words(), now]))
    total = kinds.get(kind, 0) if kind else sum(kinds.values())
    ranked = _ranked(words, now, kind or "", limit, offset, total)
    entries = SearchEntry.objects.defer("title_words", "text_words").in_bulk(ranked)
    return Answer([_found(entries[pk], query, language) for pk in ranked if pk in entries], total, kinds)


def _ranked(words, now, kind, limit, offset, total):
    """Return the primary keys of the entries on the page asked for: first those with the words in their title."""
    in_titles = words(titles_only=True)
    if total > MANY:
        titled = [pk for (pk,) in _rows(TITLED, [in_titles, now, kind, kind, limit, offset])]
        if len(titled) == limit:
            return titled
    return [pk for (pk,) in _rows(RANKED, [words(), now, kind, kind, in_titles, limit, offset])]


def _rows(statement, parameters):
    """Return the rows of a statement about the entries that match."""
    statement = statement.format(matching=MATCHING[connection.vendor], in_title=IN_TITLE[connection.vendor])
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        return cursor.fetchall()


def _found(entry, query, language):
    languages = [language, *(code for code in CODES if code != language)]
    of_title = next((code for code in languages if entry.titles.get(code)), language)
    with_text = [code for code in languages if entry.texts.get(code)]
    with_match = (code for code in with_text if query.spans(entry.texts[code]))
    of_text = next(with_match, next(iter(with_text), language))
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
