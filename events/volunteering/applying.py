"""What a volunteer does: apply, confirm, change, withdraw, take the withdrawal back."""

from django.utils import timezone
from django.utils.translation import gettext as _

from events.models import Application, ApplicationConsent, Assignment, RankedRole, Role
from events.volunteering.answering import accept_into
from events.volunteering.locks import everything_of, free_offered_place, take_place, tell
from events.volunteering.placing import give_back, restore
from portal.locking import lock, locked
from portal.models import PrivacyNotice
from portal.models.signups import IllegalMove, normalise_email
from portal.refused import Refused

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
            return tell(known, "confirm" if known.state == State.UNCONFIRMED else "link-again")
        application = Application.objects.create(
            call=call,
            name=name,
            email=email,
            language=language,
            notice=call.notice or PrivacyNotice.current(),
            state=State.UNCONFIRMED,
            **answers,
        )
        _rank(application, roles)
        _agree(application, consents)
        return tell(application, "confirm")


def confirm(application):
    """Confirm the address. A role that accepts at once and has room takes the volunteer; else an answer is awaited.

    Pressing the button twice is no mistake: a confirmed application is returned as it is.
    """
    with everything_of(application) as application:
        if application.state != State.UNCONFIRMED:
            return application
        application.confirmed_at = timezone.now()
        application.move_to(State.SUBMITTED)
        for ranked in application.ranked_roles.select_related("role"):
            if ranked.role.acceptance == Role.Acceptance.INSTANT and take_place(ranked.role):
                accept_into(application, ranked.role, Place.CONFIRMED)
                break
        return tell(application, "state")


def change(application, *, roles, consents, **answers):
    """Change what was told, while the call allows; who has a role already keeps it whatever is wished now."""
    with everything_of(application) as application:
        if application.state not in Application.LIVE or not application.call.may_change():
            raise Refused(_("It is too late to change this. Please write to the coordinators."))
        for name, value in answers.items():
            setattr(application, name, value)
        application.save()
        application.ranked_roles.all().delete()
        _rank(application, roles)
        _agree(application, consents)
        return application


def withdraw(application):
    """Withdraw, and free every place held. Who is checked in stays, until a coordinator takes the mark back."""
    with everything_of(application) as application:
        if application.state == State.WITHDRAWN:
            return application
        if application.assignments.filter(state=Place.CHECKED_IN).exists():
            raise Refused(_("You are checked in already. Please tell your coordinator if you have to leave."))
        free_offered_place(application)
        now = timezone.now()
        for assignment in application.assignments.live().order_by("shift_id", "role_id"):
            give_back(assignment, now)
        application.move_to(State.WITHDRAWN)
        return tell(application, "withdrawn")


def take_back(application):
    """Undo a withdrawal: the former role while it still has room, with its shifts; else back to waiting for an answer.

    Returns True where they are accepted again, with as many of their shifts as nobody else has taken since.
    """
    with everything_of(application) as application:
        if application.state != State.WITHDRAWN:
            raise IllegalMove(application, State.SUBMITTED)
        _refuse_to_come_back(application)
        application.confirmed_at = application.confirmed_at or timezone.now()
        given_back = _last_given_back(application)
        for assignment in given_back:
            if assignment.shift_id:
                lock(assignment.shift)  # shifts before their role, as everywhere
        role = next((assignment for assignment in given_back if assignment.shift_id is None), None)
        if role and take_place(role.role):
            application.move_to(State.ACCEPTED)
            role.given_back_at = None
            role.move_to(Place.CONFIRMED)
            for assignment in given_back:
                if assignment.shift_id:
                    restore(application, assignment)
        else:
            application.move_to(State.SUBMITTED)
        tell(application, "state")
        return application.state == State.ACCEPTED


def _refuse_to_come_back(application):
    if not application.call.may_change():
        raise Refused(_("It is too late to change this. Please write to the coordinators."))
    if application.is_replaced():
        raise Refused(_("You have applied again in the meantime; please use the link of that application."))


def _last_given_back(application):
    """Return what was given back in one go with the withdrawal, shifts by ascending key."""
    cancelled = application.assignments.filter(state=Place.CANCELLED, given_back_at__isnull=False)
    latest = cancelled.order_by("given_back_at").values_list("given_back_at", flat=True).last()
    return list(cancelled.filter(given_back_at=latest).select_related("role", "shift").order_by("shift_id"))


def _rank(application, roles):
    RankedRole.objects.bulk_create(
        RankedRole(application=application, role=role, rank=rank) for rank, role in enumerate(roles, start=1)
    )


def _agree(application, consents):
    """Write down what is agreed to now, and when anything was taken back."""
    consents = dict(consents)
    for live in application.consents.filter(withdrawn_at=None):
        if live.purpose not in consents or consents[live.purpose] != live.credit_name:
            live.withdrawn_at = timezone.now()
            live.save()
        else:
            del consents[live.purpose]
    ApplicationConsent.objects.bulk_create(
        ApplicationConsent(application=application, purpose=purpose, credit_name=credit_name, notice=application.notice)
        for purpose, credit_name in consents.items()
    )
