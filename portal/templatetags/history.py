"""What someone did, in the lines of a history (portal/appearances.py): `{% subject deed %}{% who deed by_others %}`."""

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _

from .faces import affiliation, called
from .portal import text

register = template.Library()


@register.simple_tag
def subject(deed):
    """Return the name of what it was, a session, a forum, an award, leading to its page if it has one, and a space."""
    first = deed.appearances[0]
    if not first.subject:
        return ""
    name = text(first.subject, first.subject_field)
    if first.subject_url:
        return format_html('<a href="{}">{}</a> ', first.subject_url, name)
    return format_html("{} ", name)


@register.simple_tag
def who(deed, by_others=False):
    """Return as whom someone did it; on the page of an organization, where it is done `by_others`, who they are."""
    shown = _by_whom if by_others else _as_whom
    return format_html_join(" · ", "{}", ((shown(one),) for one in deed.appearances))


def _by_whom(one):
    if one.as_of and one.as_of.person:
        return format_html('<a href="{}">{}</a>{}', one.as_of.person.get_absolute_url(), called(one.as_of), _title(one))
    return called(one.as_of) if one.as_of and one.as_of.name_then else _known_as(one)


def _title(one):
    if not one.as_of.title_then:
        return ""
    return format_html(' <span class="soft">{}</span>', text(one.as_of, "title_then"))


def _as_whom(one):
    return format_html('<span class="soft">{}</span>', affiliation(one.as_of)) if one.as_of else _known_as(one)


def _known_as(one):
    if not one.known_as:
        return ""
    return format_html('<span class="soft">{}</span>', _("as %(name)s") % {"name": one.known_as})
