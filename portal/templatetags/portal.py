"""Template words that every page of the portal may use."""

from django import template
from django.conf import settings
from django.utils.html import format_html
from django.utils.translation import get_language
from modeltranslation.utils import build_localized_fieldname

register = template.Library()

# What HTML's lang attribute wants, for each language of the portal.
HTML_LANG = {"zh-hans": "zh-Hans", "en": "en"}


def language_of(row, field):
    """Return the code of the language that `row.field` is shown in: the active one, or a fallback that has text."""
    active = get_language()
    for code in (active, *(code for code, _label in settings.LANGUAGES if code != active)):
        if getattr(row, build_localized_fieldname(field, code), None):
            return code
    return active


@register.simple_tag
def text(row, field):
    """Return the translated text of a row, wrapped in a `<span lang>` where it stands in for a missing translation."""
    value = getattr(row, field) or ""
    shown_in = language_of(row, field)
    if not value or shown_in == get_language():
        return value
    return format_html('<span lang="{}">{}</span>', HTML_LANG[shown_in], value)


@register.simple_tag
def lang(row, field):
    """Return ` lang="…"` for an element that holds `row.field` in a fallback language, else nothing."""
    shown_in = language_of(row, field)
    return "" if shown_in == get_language() else format_html(' lang="{}"', HTML_LANG[shown_in])


@register.simple_tag
def html_lang():
    """Return the page's own language for `<html lang>`."""
    return HTML_LANG.get(get_language(), "en")
