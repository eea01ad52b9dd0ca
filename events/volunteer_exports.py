"""The volunteers of a call as a table and as a calendar, as far as the board's user sees them."""

from django.conf import settings
from django.utils.translation import gettext as _

from events.models import Application
from events.volunteer_board import PRIVATE
from portal.calendars import Entry, uid

OPEN = ("name", "email", "city", "availability", "age_band", "university", "languages", "skills", "shirt_size")


def table(board):
    """Return (heads, rows): who, what they told, their wishes and places; the filter of the board holds."""
    fields = [*OPEN, *(PRIVATE if board.sees_private_answers else ())]
    meta = Application._meta
    heads = [_("State"), *(str(meta.get_field(name).verbose_name) for name in fields), _("Wishes"), _("Places")]
    shifts = {shift.pk: shift for shift in board.shifts}
    rows = [
        [
            one.get_state_display(),
            *(getattr(one, name) for name in fields),
            "; ".join(str(ranked.role) for ranked in one.ranked_roles.all()),
            "; ".join(_place(shifts, place) for place in one.places),
        ]
        for one in board.listed
    ]
    return heads, rows


def entries(board):
    """Return a calendar entry for each shift, with the names of who holds it."""
    holders = {}
    for assignment in board.assignments:
        holders.setdefault(assignment.shift_id, []).append(assignment.application.name)
    zone = board.call.conference.tzinfo
    return [
        Entry(
            uid=uid("shift", shift.pk),
            summary=f"{shift.role} {shift.taken}/{shift.capacity}",
            starts=shift.starts_at.astimezone(zone),
            ends=shift.ends_at.astimezone(zone),
            changed_at=shift.updated_at,
            location=shift.where,
            description="\n".join(holders.get(shift.pk, [])),
        )
        for shift in board.shifts
    ]


def address_of(call):
    return settings.SITE_URL + call.get_absolute_url()


def _place(shifts, assignment):
    shift = shifts.get(assignment.shift_id)
    return f"{assignment.role} {shift.hours}" if shift else str(assignment.role)
