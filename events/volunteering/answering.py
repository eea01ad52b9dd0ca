"""What a coordinator answers, and what a volunteer says to an offer."""

from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from events.models import Application, Assignment
from events.volunteering.locks import everything_of, free_offered_place, take_place, tell
from portal.locking import for_each
from portal.models.signups import IllegalMove
from portal.refused import Refused

State = Application.State
Place = Assignment.State


def accept(application, role):
    """Accept into a role; the volunteer is asked whether they can come. Raises Refused where the role is full."""
    with everything_of(application) as application:
        if application.state not in {State.SUBMITTED, State.WAITLISTED}:
            raise IllegalMove(application, State.ACCEPTED)
        _refuse_full(role)
        accept_into(application, role, Place.OFFERED)
        return tell(application, "state")


def assign(application, role):
    """Give an accepted volunteer a further role; they are asked whether they can come."""
    with everything_of(application) as application:
        if application.state != State.ACCEPTED:
            raise Refused(_("Only accepted volunteers have roles."))
        if application.assignments.held().filter(role=role, shift=None).exists():
            raise Refused(_("This volunteer already has that role."))
        _refuse_full(role)
        Assignment.objects.create(application=application, role=role, state=Place.OFFERED)
        return tell(application, "state")


def decline(application):
    return _answer(application, State.DECLINED)


def waitlist(application):
    return _answer(application, State.WAITLISTED)


def reopen(application):
    """Take a "no" back: the application waits for an answer again."""
    with everything_of(application) as application:
        if application.state != State.DECLINED or application.is_replaced():
            raise IllegalMove(application, State.SUBMITTED)
        application.move_to(State.SUBMITTED)
        return tell(application, "state")


def offer(application, role):
    """Offer a free place to someone on the waiting list; it is held until they answer or the offer lapses."""
    with everything_of(application) as application:
        if application.state != State.WAITLISTED:
            raise IllegalMove(application, State.OFFERED)
        now, begins = timezone.now(), application.call.conference.starts_at
        if begins <= now:
            raise Refused(_("The conference has begun; nothing is offered any more."))
        _refuse_full(role)
        application.offered_role = role
        application.offer_ends_at = min(now + timedelta(hours=application.call.offer_hours), begins)
        application.move_to(State.OFFERED)
        return tell(application, "offered")


def accept_offer(application):
    """Say yes to an offered place. Twice is the same as once."""
    with everything_of(application) as application:
        if application.state == State.ACCEPTED:
            return application
        role = application.offered_role
        if application.state != State.OFFERED or role is None or application.offer_ends_at <= timezone.now():
            raise Refused(_("This offer has expired. You are on the waiting list again."))
        application.offered_role = application.offer_ends_at = None
        accept_into(application, role, Place.CONFIRMED)
        return tell(application, "state")


def lapse_offers(call, now=None):
    """Put those whose offer is up back on the waiting list and free their places. Returns how many."""
    now = now or timezone.now()
    offered = call.applications.filter(state=State.OFFERED, offer_ends_at__lte=now)
    return sum(for_each(offered, lambda application: _lapse(application, now)))


def _lapse(application, now):
    """Return whether its offer was up still."""
    with everything_of(application) as application:
        if application.state != State.OFFERED or application.offer_ends_at > now:
            return False
        free_offered_place(application)
        application.move_to(State.WAITLISTED)
        tell(application, "lapsed")
        return True


def accept_into(application, role, place):
    """Move an application whose place is held to accepted, and write the place down."""
    application.move_to(State.ACCEPTED)
    return Assignment.objects.create(application=application, role=role, state=place)


def _answer(application, state):
    with everything_of(application) as application:
        free_offered_place(application)
        application.move_to(state)
        return tell(application, "state")


def _refuse_full(role):
    if not take_place(role):
        raise Refused(_("%(role)s is full.") % {"role": role})
