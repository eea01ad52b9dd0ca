"""Translated texts of rows that were read as values: dicts of columns, in which each language has its own."""

from functools import cache

from django.utils.html import format_html
from modeltranslation.utils import build_localized_fieldname

from portal.languages import CODES, HTML_LANG, in_order


def in_all_languages(*fields):
    """Return the names of the columns of translated fields."""
    return tuple(_column(field, code) for field in fields for code in CODES)


def text_of(values, field):
    """Return the text in the language of the page, else in another; empty where there is none."""
    return _found(values, field)[0]


def said(values, field):
    """Return the text, in a `<span lang>` where it is a fallback."""
    text, lang = _found(values, field)
    return _marked(text, lang) if lang else text


def said_otherwise(values, field):
    """Return the text of the other language in its `<span lang>`, where both have one and they differ; else ""."""
    code, other_code = in_order()
    text, other = values[_column(field, code)], values[_column(field, other_code)]
    return _marked(other, HTML_LANG[other_code]) if text and other and text != other else ""


def _found(values, field):
    """Return the text, and the value of `lang` where it is a fallback."""
    own, *others = in_order()
    if text := values[_column(field, own)]:
        return text, ""
    fallbacks = ((values[_column(field, code)], HTML_LANG[code]) for code in others)
    return next((found for found in fallbacks if found[0]), ("", ""))


def _marked(text, lang):
    return format_html('<span lang="{}">{}</span>', lang, text)


@cache
def _column(field, code):
    return build_localized_fieldname(field, code)
