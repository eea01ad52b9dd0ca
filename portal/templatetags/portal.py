"""Template words that every page of the portal may use."""

import re

from django import template
from django.conf import settings
from django.utils.html import format_html
from django.utils.safestring import mark_safe
from django.utils.translation import get_language

from portal import jsonld
from portal.drawings import share_image_url
from portal.languages import HTML_LANG, fallback_lang, shown
from portal.maps import map_links
from portal.phrases import in_phrases
from portal.posters import Bill
from portal.texts import in_language

register = template.Library()

HAN = re.compile(r"[㐀-鿿]")


@register.simple_tag
def text(row, field):
    """Return the translated text of a row, wrapped in a `<span lang>` where it stands in for a missing translation."""
    value, code = shown(row, field)
    return in_language(value, code) if value and code else value


@register.simple_tag
def title(row, field):
    """Return the text as `{% text %}` does, for a large title: Chinese breaks between words alone."""
    value, code = shown(row, field)
    value = in_phrases(value)
    return in_language(value, code) if value and code else value


@register.simple_tag
def lang(row, field):
    """Return ` lang="…"` for an element that holds `row.field` in a fallback language, else nothing."""
    code = fallback_lang(row, field)
    return format_html(' lang="{}"', code) if code else ""


@register.filter
def as_written(words):
    """Return a name that is kept in one language only, marked as Chinese where the page is not and the name is."""
    if HAN.search(words) and get_language() != "zh-hans":
        return in_language(words, HTML_LANG["zh-hans"])
    return words


@register.simple_tag
def html_lang():
    """Return the page's own language for `<html lang>`."""
    return HTML_LANG.get(get_language(), "en")


@register.filter
def page_numbers(page):
    """Return the numbers of the first, the last and the nearest pages, with the paginator's ellipsis between."""
    return page.paginator.get_elided_page_range(page.number, on_each_side=2, on_ends=1)


@register.simple_tag
def rendered(row, field):
    """Return the HTML made of a row's text when it was saved: cleaned by `portal.markdown`, and so not escaped."""
    return mark_safe(getattr(row, field) or "")


@register.simple_tag
def maps(row):
    """Return the links to maps of where an occasion or a venue is: a list of title and url."""
    return map_links(row)


@register.simple_tag(takes_context=True)
def share_image(context):
    """Return the full address of the picture shown where this page is shared: its own, or one drawn from its words."""
    meta, community = context["meta"], context["community"]
    if meta.image:
        return settings.SITE_URL + meta.image
    drawn = {"seed": meta.title, "accent": community.accent, "community": community.name, **meta.told}
    return settings.SITE_URL + share_image_url(Bill(**{"title": meta.title, **drawn}))


@register.simple_tag(takes_context=True)
def json_ld(context):
    """Return the page's schema.org data and its breadcrumbs, for a script element of data."""
    meta, here = context["meta"], context["request"].path
    things = list(meta.json_ld)
    if meta.crumbs:
        crumbs = [(crumb.title, settings.SITE_URL + (crumb.url or here)) for crumb in meta.crumbs]
        things.append(jsonld.breadcrumbs(crumbs))
    return jsonld.script(*things)
