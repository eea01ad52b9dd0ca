"""Places in roles and shifts: claimed, offered, answered, given back, moved, cancelled, checked in."""

from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from events.models import Application, Assignment, Shift
from events.volunteering.locks import count, everything_of, everything_of_all, place_of, tell
from portal.locking import lock, locked
from portal.refused import Refused

State = Application.State
Place = Assignment.State


def claim_shift(application, shift):
    """Take a free shift of a role one holds. Raises Refused with the reason where that cannot be."""
    with everything_of(application) as application:
        return _give_shift(application, shift, Place.CONFIRMED)


def offer_shift(application, shift):
    """Offer a shift as its coordinator; the place is held until the volunteer answers."""
    with everything_of(application) as application:
        assignment = _give_shift(application, shift, Place.OFFERED)
        tell(application, "shift-offered", assignment=assignment)
        return assignment


def confirm_assignment(assignment):
    """Answer "Can you still come?" with yes. Twice is the same as once."""
    with place_of(assignment) as assignment:
        if assignment.state == Place.OFFERED:
            assignment.move_to(Place.CONFIRMED)
        elif assignment.state != Place.CONFIRMED:
            raise Refused(_("This place is no longer held for you."))
        return assignment


def return_assignment(assignment):
    """Answer with no, or give a place back later; it is free for others at once, and for oneself until then.

    Whoever gives back a role gives back its shifts with it.
    """
    with place_of(assignment) as assignment:
        if assignment.state not in {Place.OFFERED, Place.CONFIRMED, Place.CANCELLED}:
            raise Refused(_("You are checked in already. Please tell your coordinator if you have to leave."))
        now = timezone.now()
        for one in _with_its_shifts(assignment):
            give_back(one, now)
        return assignment


def retake_assignment(assignment):
    """Undo having given a place back; with a role come those of its shifts that went with it and are still free.

    Raises Refused once someone else has it, where a coordinator cancelled it,
    and for a shift whose role is not held any more. A role that was given anew
    since stays as it is.
    """
    with place_of(assignment) as assignment:
        roles = assignment.application.assignments.held().filter(role=assignment.role_id, shift=None)
        if assignment.state in Assignment.LIVE or (assignment.shift_id is None and roles.exists()):
            return assignment
        if assignment.state != Place.CANCELLED or assignment.given_back_at is None:
            raise Refused(_("This place is no longer held for you."))
        if assignment.application.state != State.ACCEPTED:
            raise Refused(_("Only accepted volunteers have shifts."))
        if assignment.shift_id and not roles.live().exists():
            raise Refused(_("This shift belongs to another role."))
        shifts = _shifts_that_went_with(assignment)
        for one in shifts:
            lock(one.shift)  # shifts before their role, as everywhere
        if not restore(assignment.application, assignment):
            raise Refused(_("Someone else has this place now."))
        for one in shifts:
            restore(assignment.application, one)
        return assignment


def cancel_assignment(assignment):
    """Take a place from a volunteer as their coordinator, and tell them."""
    with place_of(assignment) as assignment:
        if assignment.state == Place.CANCELLED:
            return assignment
        for one in _with_its_shifts(assignment):
            give_back(one, None)
        tell(assignment.application, "changed", assignment=assignment, cancelled=True)
        return assignment


def check_in(assignment, came=True):
    """Mark that a volunteer is here, or take the mark back; twice is the same as once."""
    return _mark(assignment, Place.CHECKED_IN if came else Place.CONFIRMED)


def mark_no_show(assignment, missing=True):
    return _mark(assignment, Place.NO_SHOW if missing else Place.CONFIRMED)


def refuse_capacity(shift, capacity):
    """Raise Refused, naming those who would fall out, where fewer places are asked for than are held."""
    if capacity >= shift.taken:
        return
    held = shift.assignments.held().select_related("application").order_by("-pk")[: shift.taken - capacity]
    names = ", ".join(assignment.application.name for assignment in held)
    raise Refused(
        ngettext(
            "%(taken)s place is held. With %(capacity)s, this would fall out: %(names)s.",
            "%(taken)s places are held. With %(capacity)s, these would fall out: %(names)s.",
            shift.taken,
        )
        % {"taken": shift.taken, "capacity": capacity, "names": names}
    )


def tell_of_move(shift):
    """Write one mail to each who holds the shift, once its hours or its place are others."""
    for assignment in shift.assignments.live().select_related("application__call__conference"):
        tell(assignment.application, "changed", assignment=assignment, cancelled=False)


def cancel_shift(shift):
    """Call a shift off: its places are gone, and each who held one gets a mail; all of it or nothing. Returns how many.

    People are locked before their shift. So whoever claims it in between has us look again who holds it.
    """
    conference = shift.role.team.call.conference_id
    while True:
        held = shift.assignments.filter(state__in=[Place.OFFERED, Place.CONFIRMED]).order_by("pk")
        holders = Application.objects.filter(assignments__in=held).distinct()
        with everything_of_all(list(holders), conference) as locked_people, locked(shift) as now:
            places = list(held)
            if all(place.application_id in locked_people for place in places):
                return _called_off(now, places, locked_people)


def _called_off(shift, places, people):
    shift.is_cancelled = True
    shift.save()
    for assignment in places:
        assignment.shift, assignment.application = shift, people[assignment.application_id]
        give_back(assignment, None)
        tell(assignment.application, "changed", assignment=assignment, cancelled=True)
    return len(places)


def give_back(assignment, by_volunteer_at):
    """Cancel a place under the locks of its person, and count it free; without a moment, a coordinator does it."""
    if assignment.state == Place.CANCELLED:
        return
    assignment.given_back_at = by_volunteer_at
    assignment.move_to(Place.CANCELLED)
    with locked(assignment.shift or assignment.role) as scarce:
        count(scarce, -1)


def restore(application, assignment):
    """Give a cancelled place back to its volunteer, under the locks of the person; return whether it was still free."""
    with locked(assignment.shift or assignment.role) as scarce:
        gone = assignment.shift_id and (scarce.is_cancelled or scarce.starts_at <= timezone.now())
        if gone or scarce.places_left < 1 or (assignment.shift_id and clash_of(application, scarce)):
            return False
        count(scarce, +1)
    assignment.given_back_at = None
    assignment.move_to(Place.CONFIRMED)
    return True


def refuse_person(application, role):
    """Raise Refused where a volunteer can have no shift of the role."""
    if application.state != State.ACCEPTED:
        raise Refused(_("Only accepted volunteers have shifts."))
    if not application.assignments.live().filter(role=role, shift=None).exists():
        raise Refused(_("This shift belongs to another role."))


def refuse_hours(application, shift, instead_of=None):
    """Raise Refused where a shift, which is held, is none to have any more, or not for this volunteer.

    `instead_of` is a shift that they would give away for it.
    """
    if shift.is_cancelled:
        raise Refused(_("This shift is cancelled."))
    if shift.starts_at <= timezone.now():
        raise Refused(_("This shift has begun already."))
    if shift.assignments.held().filter(application=application).exists():
        raise Refused(_("You have this shift already."))
    clash = clash_of(application, shift, instead_of)
    if clash:
        raise Refused(_("You already have a shift at that time: %(shift)s.") % {"shift": clash})


def clash_of(application, shift, instead_of=None):
    """Return a shift the person already holds at that time, beyond the grace for handing over, or None."""
    grace = timedelta(minutes=application.call.handover_minutes)
    others = Shift.objects.exclude(pk=instead_of.pk) if instead_of else Shift.objects.all()
    return others.filter(
        assignments__state__in=Assignment.LIVE,
        assignments__application__email_normalised=application.email_normalised,
        assignments__application__call__conference=application.call.conference_id,
        starts_at__lt=shift.ends_at - grace,
        ends_at__gt=shift.starts_at + grace,
    ).first()


def _give_shift(application, shift, place):
    refuse_person(application, shift.role_id)
    if place == Place.CONFIRMED and not shift.role.claims_shifts:
        raise Refused(_("The coordinator gives out the shifts of this role."))
    with locked(shift) as shift:
        refuse_hours(application, shift)
        if shift.places_left < 1:
            raise Refused(_("Someone was faster: this shift is full. Please choose another."))
        count(shift, +1)
        return Assignment.objects.create(application=application, role=shift.role, shift=shift, state=place)


def _with_its_shifts(assignment):
    """Return the assignment after the shifts that come with it, where it is a role; each as it is now."""
    shifts = []
    if assignment.shift_id is None:
        shifts = assignment.application.assignments.filter(
            role=assignment.role_id, shift__isnull=False, state__in=[Place.OFFERED, Place.CONFIRMED]
        ).order_by("shift_id")
    return [*shifts, assignment]


def _shifts_that_went_with(assignment):
    """Return the shifts that were given back in one go with a role, by ascending key; none with a shift."""
    if assignment.shift_id:
        return []
    went = {"role": assignment.role_id, "state": Place.CANCELLED, "given_back_at": assignment.given_back_at}
    shifts = assignment.application.assignments.filter(**went, shift__isnull=False)
    return list(shifts.select_related("shift").order_by("shift_id"))


def _mark(assignment, state):
    with place_of(assignment) as assignment:
        if assignment.state != state:
            assignment.move_to(state)
        return assignment
