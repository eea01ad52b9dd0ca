"""One session in the grid, put together in Python: of hundreds on a page, a template would make slow work."""

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from events import programme
from portal import dates

register = template.Library()

ARTICLE = (
    '<article class="{}" id="{}" data-session="{}">\n'
    '<p class="slot-time"><time datetime="{}"{}>{}</time>{}{}</p>\n<h4>{}</h4>\n{}{}</article>'
)
NOTHING = mark_safe("")


@register.filter
def zone_of(session):
    """北京时间 (UTC+8): the clock that a session goes by."""
    zone = programme.zone_of(session)
    return dates.zone_label(zone.key, session.starts_at, get_language())


@register.simple_tag
def slot(session, day):
    """Return the `<article>` of a `Timed` on the page of a day; one that begins after midnight says its own date."""
    return format_html(
        ARTICLE,
        session.classes,
        session.code,
        session.code,
        session.machine,
        format_html(' data-ends="{}"', session.machine_end) if session.ends else NOTHING,
        session.clock,
        _other_day(session.starts.date()) if session.starts.date() != day else NOTHING,
        _mark(session),
        session.title if session.kind == "break" else format_html('<a href="{}">{}</a>', session.url, session.title),
        _who(session),
        _where(session),
    )


def _other_day(day):
    return format_html(" <small>{}</small>", dates.written_days(day, day, get_language()))


def _mark(session):
    if session.is_cancelled:
        return format_html(' <span class="tag cancelled">{}</span>', _("Cancelled"))
    return format_html(' <span class="tag live">{}</span>', _("On now")) if session.is_now else NOTHING


def _who(session):
    if not session.speakers:
        return NOTHING
    return format_html('<p class="slot-who">{}</p>\n', format_html_join("", "{}", ([who] for who in session.speakers)))


def _where(session):
    if not session.forum and not session.room:
        return NOTHING
    forum = format_html("<span>{}</span>", session.forum.label) if session.forum else NOTHING
    room = format_html('<span class="slot-room">{}</span>', session.room.label) if session.room else NOTHING
    return format_html('<p class="slot-where">{}{}</p>\n', forum, room)
