"""The verbs of volunteering: apply, confirm, answer, offer, claim a shift, withdraw, check in, complete.

Whoever locks takes the applications of the person first, then what is scarce:
the role, then shifts by ascending key. Places held are counted in `taken` of
the role (one for each live assignment without a shift, one for each offer) and
of the shift, and change only under those locks. Mails go into the outbox in
the same transaction.
"""

from contextlib import contextmanager
from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from events.models import Application, ApplicationConsent, Assignment, RankedRole, Role, Shift
from portal import mail
from portal.locking import locked, locked_all
from portal.models import PrivacyNotice
from portal.models.signups import IllegalMove, normalise_email
from portal.registering import Refused

State = Application.State
Place = Assignment.State


def apply_for(call, *, name, email, language, roles, consents=(), **answers):
    """Write an unconfirmed application that holds no place, and the mail with its link.

    `roles` are one to three, the dearest first; `consents` a mapping of purpose
    to the name for the roll of thanks (empty for other purposes). Whoever is
    known already gets their link again instead, and the caller cannot tell.
    """
    with locked(call) as call:
        if not call.is_open():
            raise Refused(_("This call is closed."))
        known = call.applications.filter(email_normalised=normalise_email(email), state__in=Application.LIVE).first()
        if known:
            return _mail(known, "confirm" if known.state == State.UNCONFIRMED else "link-again")
        notice = call.notice or PrivacyNotice.current()
        application = Application.objects.create(
            call=call, name=name, email=email, language=language, notice=notice, state=State.UNCONFIRMED, **answers
        )
        RankedRole.objects.bulk_create(
            RankedRole(application=application, role=role, rank=rank) for rank, role in enumerate(roles, start=1)
        )
        ApplicationConsent.objects.bulk_create(
            ApplicationConsent(application=application, purpose=purpose, credit_name=credit_name, notice=notice)
            for purpose, credit_name in dict(consents).items()
        )
        return _mail(application, "confirm")


def confirm(application):
    """Confirm the address. A role that accepts at once and has room takes the volunteer; else an answer is awaited.

    Pressing the button twice is no mistake: a confirmed application is returned as it is.
    """
    with locked(application) as application:
        if application.state != State.UNCONFIRMED:
            return application
        application.confirmed_at = timezone.now()
        application.move_to(State.SUBMITTED)
        for ranked in application.ranked_roles.select_related("role"):
            if ranked.role.acceptance == Role.Acceptance.INSTANT and _take_place(ranked.role):
                _accept_into(application, ranked.role, Place.CONFIRMED)
                break
        return _mail(application, "state")


def accept(application, role):
    """Accept into a role; the volunteer is asked whether they can come. Raises Refused where the role is full."""
    with locked(application) as application:
        if State.ACCEPTED not in Application.MOVES[application.state]:
            raise IllegalMove(application, State.ACCEPTED)
        if not _take_place(role):
            raise Refused(_("%(role)s is full.") % {"role": role})
        _accept_into(application, role, Place.OFFERED)
        return _mail(application, "state")


def decline(application):
    return _answer(application, State.DECLINED)


def waitlist(application):
    return _answer(application, State.WAITLISTED)


def offer(application, role):
    """Offer a free place to someone on the waiting list; it is held until they answer or the offer lapses."""
    with locked(application) as application:
        if application.state != State.WAITLISTED:
            raise IllegalMove(application, State.OFFERED)
        if not _take_place(role):
            raise Refused(_("%(role)s is full.") % {"role": role})
        application.offered_role = role
        application.offer_ends_at = timezone.now() + timedelta(hours=application.call.offer_hours)
        application.move_to(State.OFFERED)
        return _mail(application, "offered")


def accept_offer(application):
    """Say yes to an offered place. Twice is the same as once."""
    with locked(application) as application:
        if application.state == State.ACCEPTED:
            return application
        if application.state != State.OFFERED or application.offer_ends_at <= timezone.now():
            raise Refused(_("This offer has lapsed. You are on the waiting list again."))
        role, application.offered_role, application.offer_ends_at = application.offered_role, None, None
        _accept_into(application, role, Place.CONFIRMED)
        return _mail(application, "state")


def lapse_offers(call, now=None):
    """Put those whose offer is up back on the waiting list and free their places. Returns how many."""
    now = now or timezone.now()
    with locked_all(call.applications.filter(state=State.OFFERED, offer_ends_at__lte=now)) as lapsed:
        for application in lapsed:
            _free_offered_place(application)
            application.move_to(State.WAITLISTED)
            _mail(application, "lapsed")
        return len(lapsed)


def withdraw(application):
    """Withdraw, and free every place held."""
    with _everything_of(application) as application:
        if application.state == State.WITHDRAWN:
            return application
        _free_offered_place(application)
        for assignment in application.assignments.live().order_by("shift_id"):
            _cancel(assignment)
        application.move_to(State.WITHDRAWN)
        return _mail(application, "withdrawn")


def take_back(application):
    """Undo a withdrawal: the former role while it still has room, else back to waiting for an answer.

    Returns True where they are accepted again. Shifts are not restored, since others may hold them by now.
    """
    with _everything_of(application) as application:
        if application.state != State.WITHDRAWN:
            raise IllegalMove(application, State.SUBMITTED)
        live = application.call.applications.filter(
            email_normalised=application.email_normalised, state__in=Application.LIVE
        )
        if live.exists():
            raise Refused(_("You have applied again since; use the link of that application."))
        application.confirmed_at = application.confirmed_at or timezone.now()
        former = application.assignments.filter(shift=None, state=Place.CANCELLED).order_by("-state_changed_at").first()
        if former and _take_place(former.role):
            application.move_to(State.ACCEPTED)
            former.move_to(Place.CONFIRMED)
        else:
            application.move_to(State.SUBMITTED)
        _mail(application, "state")
        return application.state == State.ACCEPTED


def claim_shift(application, shift):
    """Take a free shift of a role one holds. Raises Refused with the reason where that cannot be."""
    return _give_shift(application, shift, Place.CONFIRMED)


def offer_shift(application, shift):
    """Offer a shift as its coordinator; the place is held until the volunteer answers."""
    assignment = _give_shift(application, shift, Place.OFFERED)
    _mail(assignment.application, "shift-offered", assignment=assignment)
    return assignment


def confirm_assignment(assignment):
    """Answer "Can you still come?" with yes. Twice is the same as once."""
    with locked(assignment) as assignment:
        if assignment.state == Place.OFFERED:
            assignment.move_to(Place.CONFIRMED)
        elif assignment.state != Place.CONFIRMED:
            raise Refused(_("This place is no longer held for you."))
        return assignment


def cancel_assignment(assignment):
    """Answer with no, or give a place back later; it is free for others at once."""
    with _everything_of(assignment.application):
        assignment.refresh_from_db()
        if assignment.state != Place.CANCELLED:
            _cancel(assignment)
        return assignment


def check_in(assignment, came=True):
    """Mark that a volunteer is here, or take the mark back."""
    return _mark(assignment, Place.CHECKED_IN if came else Place.CONFIRMED)


def mark_no_show(assignment, missing=True):
    return _mark(assignment, Place.NO_SHOW if missing else Place.CONFIRMED)


def complete(assignment, minutes=None):
    """Close a place with the minutes served: those given, else the length of its shift."""
    with locked(assignment) as assignment:
        assignment.minutes_served = minutes if minutes is not None else assignment.shift and assignment.shift.minutes
        assignment.move_to(Place.COMPLETED)
        return assignment


def set_shift_capacity(shift, capacity):
    """Change the places of a shift. Raises Refused with the names of those who would fall out."""
    with locked(shift) as shift:
        if capacity < shift.taken:
            held = shift.assignments.live().select_related("application").order_by("-pk")[: shift.taken - capacity]
            names = ", ".join(assignment.application.name for assignment in held)
            raise Refused(
                _("%(taken)s places are held. With %(capacity)s, these would fall out: %(names)s.")
                % {"taken": shift.taken, "capacity": capacity, "names": names}
            )
        shift.capacity = capacity
        shift.save()
        return shift


@contextmanager
def _everything_of(application):
    """Lock every application of this person's address in the event, and yield this one as it is now."""
    same_person = Application.objects.filter(
        call__conference=application.call.conference_id, email_normalised=application.email_normalised
    )
    with locked_all(same_person) as applications:
        yield next(one for one in applications if one.pk == application.pk)


def _answer(application, state):
    with locked(application) as application:
        _free_offered_place(application)
        application.move_to(state)
        return _mail(application, "state")


def _accept_into(application, role, place):
    application.move_to(State.ACCEPTED)
    return Assignment.objects.create(application=application, role=role, state=place)


def _give_shift(application, shift, place):
    with _everything_of(application) as application:
        if application.state != State.ACCEPTED:
            raise Refused(_("Only accepted volunteers have shifts."))
        if not application.assignments.live().filter(role=shift.role_id).exists():
            raise Refused(_("This shift belongs to another role."))
        if place == Place.CONFIRMED and not shift.role.claims_shifts:
            raise Refused(_("The coordinator gives out the shifts of this role."))
        with locked(shift) as shift:
            if shift.starts_at <= timezone.now():
                raise Refused(_("This shift has begun already."))
            if shift.assignments.live().filter(application=application).exists():
                raise Refused(_("You have this shift already."))
            if shift.places_left < 1:
                raise Refused(_("Someone was faster: this shift is full. Please choose another."))
            _refuse_overlap(application, shift)
            _count(shift, +1)
            return Assignment.objects.create(application=application, role=shift.role, shift=shift, state=place)


def _refuse_overlap(application, shift):
    """Raise Refused where the person already holds a shift at that time, beyond the grace for handing over."""
    grace = timedelta(minutes=application.call.handover_minutes)
    clash = Shift.objects.filter(
        assignments__state__in=Assignment.LIVE,
        assignments__application__email_normalised=application.email_normalised,
        assignments__application__call__conference=application.call.conference_id,
        starts_at__lt=shift.ends_at - grace,
        ends_at__gt=shift.starts_at + grace,
    ).first()
    if clash:
        raise Refused(_("You already have a shift at that time: %(shift)s.") % {"shift": clash})


def _mark(assignment, state):
    with locked(assignment) as assignment:
        if assignment.state != state:
            assignment.move_to(state)
        return assignment


def _cancel(assignment):
    assignment.move_to(Place.CANCELLED)
    with locked(assignment.shift or assignment.role) as scarce:
        _count(scarce, -1)


def _free_offered_place(application):
    role, application.offered_role, application.offer_ends_at = application.offered_role, None, None
    if role and application.state == State.OFFERED:
        with locked(role) as role:
            _count(role, -1)


def _take_place(role):
    """Hold one place of a role; return whether there was one."""
    with locked(role) as role:
        if role.taken >= role.maximum:
            return False
        _count(role, +1)
        return True


def _count(scarce, places):
    """Change the number of places held. By the base manager: kept pages and history have no part in it."""
    scarce.taken += places
    type(scarce)._base_manager.filter(pk=scarce.pk).update(taken=scarce.taken)


def _mail(application, name, **context):
    """Queue a mail about the application and return the application."""
    mail.queue(f"volunteering/{name}", application.email, application.language, application=application, **context)
    return application
