"""Show where a text holds what was asked for: `<mark>` around it, and the stretch of text it stands in."""

import unicodedata

from django.utils.html import escape
from django.utils.safestring import mark_safe

# Columns of an excerpt; a Chinese character fills two.
EXCERPT_COLUMNS = 160
COLUMNS_BEFORE = 40


def marked(text, query):
    """Return the whole text as safe HTML with the query's terms in `<mark>`."""
    return _marked(text, query.spans(text))


def excerpt(text, query):
    """Return about two lines of the text around the first term found, as safe HTML; its beginning if none is."""
    spans = query.spans(text)
    start = _step_back(text, spans[0][0]) if spans else 0
    end = _step_on(text, start)
    inside = [(max(a, start) - start, min(b, end) - start) for a, b in spans if a < end and b > start]
    before, after = "…" if start > 0 else "", "…" if end < len(text) else ""
    return mark_safe(before + _marked(text[start:end], inside) + after)


def _marked(text, spans):
    pieces, place = [], 0
    for start, end in spans:
        pieces += [escape(text[place:start]), "<mark>", escape(text[start:end]), "</mark>"]
        place = end
    return mark_safe("".join([*pieces, escape(text[place:])]))


def _columns(char):
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1


def _step_back(text, place):
    columns = 0
    while place > 0 and columns < COLUMNS_BEFORE:
        place -= 1
        columns += _columns(text[place])
    return _word_start(text, place)


def _step_on(text, place):
    columns = 0
    while place < len(text) and columns < EXCERPT_COLUMNS:
        columns += _columns(text[place])
        place += 1
    return place if place == len(text) else _word_start(text, place) or place


def _word_start(text, place):
    """Move back to the start of a Latin word that the place cuts, at most 20 letters."""
    start = place
    while start > max(0, place - 20) and _is_inside_word(text, start):
        start -= 1
    return place if _is_inside_word(text, start) else start


def _is_inside_word(text, place):
    return (
        0 < place < len(text)
        and (text[place - 1] + text[place]).isascii()
        and (text[place - 1] + text[place]).isalnum()
    )
