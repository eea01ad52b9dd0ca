"""One session in the grid, put together in Python: of hundreds on a page, a template would make slow work."""

from django import template
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from events import programme
from portal import dates

register = template.Library()

ARTICLE = """<article class="{classes}" id="{code}" data-session="{code}">
<p class="slot-time"><time datetime="{machine}"{ends}>{clock}</time>{day}{mark}</p>
<h{level}>{title}</h{level}>
{who}{where}</article>"""
CELL = "<td{}{}>{}</td>"
GAP = '<td class="gap"{}></td>'


@register.filter
def zone_of(session):
    """北京时间 (UTC+8): the clock that a session goes by."""
    zone = programme.zone_of(session)
    return dates.zone_label(zone.key, session.starts_at, get_language())


@register.filter
def other_clock(part, conference):
    """北京时间 (UTC+8): the clock of a part of a day, empty where the head of the page names the same."""
    at = part.grid.rows[0].at
    label = dates.zone_label(at.tzinfo.key, at, get_language())
    return "" if label == dates.zone_label(conference.time_zone, conference.starts_at, get_language()) else label


@register.simple_tag
def slot(session, day):
    """Return the `<article>` of a `Timed` on the page of a day; one that begins after midnight says its own date."""
    return mark_safe(_article(session, day, level=3))


@register.simple_tag
def cells(row, day, level):
    """Return the `<td>` of a `timetable.Row` on the page of a day, whose sessions have headings of a level."""
    return mark_safe("".join(_cell(cell, day, level) for cell in row.cells))


def _cell(cell, day, level):
    down = f' rowspan="{cell.rowspan}"' if cell.rowspan > 1 else ""
    if not cell.slots:
        return GAP.format(down)
    across = f' colspan="{cell.colspan}"' if cell.colspan > 1 else ""
    return CELL.format(down, across, "".join(_article(one.item, day, level) for one in cell.slots))


def _article(session, day, level):
    """Return the article as text: what people wrote is escaped here, the rest is made of letters and digits."""
    title = conditional_escape(session.title)
    return ARTICLE.format(
        classes=session.classes,
        code=session.code,
        machine=session.machine,
        ends=f' data-ends="{session.machine_end}"' if session.ends else "",
        clock=session.clock,
        day=_other_day(session.starts.date()) if session.starts.date() != day else "",
        mark=_mark(session),
        level=level,
        title=title if session.kind == "break" else f'<a href="{session.url}">{title}</a>',
        who=f'<p class="slot-who">{"".join(session.speakers)}</p>\n' if session.speakers else "",
        where=_where(session),
    )


def _other_day(day):
    return format_html(" <small>{}</small>", dates.written_days(day, day, get_language()))


def _mark(session):
    if session.is_cancelled:
        return format_html(' <span class="tag cancelled">{}</span>', _("Cancelled"))
    return format_html(' <span class="tag live">{}</span>', _("On now")) if session.is_now else ""


def _where(session):
    forum = f"<span>{conditional_escape(session.forum.label)}</span>" if session.forum else ""
    room = f'<span class="slot-room">{conditional_escape(session.room.label)}</span>' if session.room else ""
    return f'<p class="slot-where">{forum}{room}</p>\n' if forum or room else ""
