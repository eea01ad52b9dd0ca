"""Template words that every page of the portal may use."""

from django import template
from django.utils.html import format_html
from django.utils.translation import get_language

from portal.languages import HTML_LANG, fallback_lang

register = template.Library()


@register.simple_tag
def text(row, field):
    """Return the translated text of a row, wrapped in a `<span lang>` where it stands in for a missing translation."""
    value = getattr(row, field) or ""
    code = fallback_lang(row, field)
    return format_html('<span lang="{}">{}</span>', code, value) if value and code else value


@register.simple_tag
def lang(row, field):
    """Return ` lang="…"` for an element that holds `row.field` in a fallback language, else nothing."""
    code = fallback_lang(row, field)
    return format_html(' lang="{}"', code) if code else ""


@register.simple_tag
def html_lang():
    """Return the page's own language for `<html lang>`."""
    return HTML_LANG.get(get_language(), "en")
