"""Which language a text is shown in, so that a page can say so where it is not its own."""

from functools import cache

from django.conf import settings
from django.utils.translation import get_language
from modeltranslation.utils import build_localized_fieldname

CODES = tuple(code for code, _label in settings.LANGUAGES)
# What HTML's lang attribute wants, for each language of the portal.
HTML_LANG = {"zh-hans": "zh-Hans", "en": "en"}


def in_order():
    """Return the codes of the languages in the order in which a text is looked for: the active one first."""
    return _from(get_language())


@cache
def _from(active):
    return (active, *(code for code in CODES if code != active))


@cache
def column_of(field, code):
    """Return the name of the column of a translated field in a language: `title_zh_hans`."""
    return build_localized_fieldname(field, code)


def language_of(row, field):
    """Return the code of the language that `row.field` is shown in: the active one, or a fallback that has text."""
    active = get_language()
    if getattr(row, column_of(field, active), None):  # as nearly always, and asked for every text of a page
        return active
    return next((code for code in in_order() if getattr(row, column_of(field, code), None)), active)


def shown(row, field):
    """Return the text of a row, and the value of `lang` for what holds it: empty where the page's own will do."""
    own = getattr(row, column_of(field, get_language()), None)
    return (own, "") if own else (getattr(row, field) or "", fallback_lang(row, field))


def fallback_lang(row, field):
    """Return the value of `lang` for an element that holds `row.field`: empty where the page's own will do."""
    shown_in = language_of(row, field)
    return "" if shown_in == get_language() else HTML_LANG[shown_in]
