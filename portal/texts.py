"""Translated texts of rows that were read as values: dicts of columns, in which each language has its own."""

from django.utils.html import format_html

from portal.languages import CODES, HTML_LANG, column_of, in_order


def in_all_languages(*fields):
    """Return the names of the columns of translated fields."""
    return tuple(column_of(field, code) for field in fields for code in CODES)


def text_of(values, field):
    """Return the text in the language of the page, else in another; empty where there is none."""
    return _found(values, field)[0]


def said(values, field):
    """Return the text, in a `<span lang>` where it is a fallback."""
    text, lang = _found(values, field)
    return in_language(text, lang) if lang else text


def said_otherwise(values, field):
    """Return the text of the other language in its `<span lang>`, where both have one and they differ; else ""."""
    code, other_code = in_order()
    text, other = values[column_of(field, code)], values[column_of(field, other_code)]
    return in_language(other, HTML_LANG[other_code]) if text and other and text != other else ""


def _found(values, field):
    """Return the text, and the value of `lang` where it is a fallback."""
    own, *others = in_order()
    if text := values[column_of(field, own)]:
        return text, ""
    fallbacks = ((values[column_of(field, code)], HTML_LANG[code]) for code in others)
    return next((found for found in fallbacks if found[0]), ("", ""))


def in_language(text, lang):
    """Return the text in a `<span lang>`."""
    return format_html('<span lang="{}">{}</span>', lang, text)
