"""The verbs of a seat: request, confirm, approve, decline, release, offer, accept, check in.

Each takes the lock of the desk first, so that the number of seats held and the
order of the line are true while it decides. Mails go into the outbox in the
same transaction.
"""

from copy import copy

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portal import mail
from portal.locking import locked
from portal.models import Desk, PrivacyNotice, Registration, RegistrationConsent
from portal.models.signups import IllegalMove, normalise_email
from portal.refused import Refused
from portal.seating import (
    at_its_desk,
    give_back,
    has_seat_for,
    offer_free_seats,
    refuse_closed,
    remember_facts,
    seat_or_queue,
    someone_waits,
    tell,
)

State = Registration.State
# An offer was made for so many seats: it is answered before anything else changes.
CHANGEABLE = (State.REQUESTED, State.SEATED, State.WAITING)
# Who has left, and may come back.
GONE = (State.WITHDRAWN, State.LAPSED)
# What a form that is sent needs of its desk, read under the lock; of the occasion, it knows what its page says.
OF_A_DESK = ("opens_at", "closes_at", "told")


def request_seat(desk, *, name, email, language, consents=(), **answers):
    """Write an unconfirmed registration that holds nothing, and the mail with its link.

    Whoever is known already gets their link again instead: the caller cannot
    tell the two apart, and so neither can a stranger who tries addresses.
    Raises Refused where the desk is closed. Nothing of its occasion is read anew.
    """
    occasion, notice = copy(desk.occasion), PrivacyNotice.current()  # a desk makes itself known to its occasion
    with locked(desk, only=OF_A_DESK) as desk:
        desk.occasion = occasion
        refuse_closed(desk)
        known = desk.registrations.filter(email_normalised=normalise_email(email), state__in=Registration.LIVE)
        if known := known.only("state", "email", "language", "name", "link_version").first():
            return tell(known, "confirm" if known.state == State.UNCONFIRMED else "link-again")
        remember_facts(desk)
        registration = Registration.objects.create(
            desk=desk, name=name, email=email, language=language, notice=notice, state=State.UNCONFIRMED, **answers
        )
        RegistrationConsent.objects.bulk_create(
            RegistrationConsent(registration=registration, purpose=purpose, notice=notice) for purpose in consents
        )
        return tell(registration, "confirm")


def confirm(registration):
    """Confirm the address: a seat while there is one, else the next place in line, else a request to answer.

    Pressing the button twice is no mistake: a confirmed registration is returned as it is.
    """
    with at_its_desk(registration) as desk:
        if registration.state != State.UNCONFIRMED:
            return registration
        refuse_closed(desk)
        registration.confirmed_at = timezone.now()
        if _needs_an_answer(registration):
            registration.move_to(State.REQUESTED)
        else:
            seat_or_queue(desk, registration)
        return tell(registration, "state")


def change(registration, **answers):
    """Change the answers; more companions need free seats, and seats of fewer are offered to the line."""
    with at_its_desk(registration) as desk:
        if registration.state not in CHANGEABLE:
            raise IllegalMove(registration, registration.state)
        before = registration.seats
        for name, value in answers.items():
            setattr(registration, name, value)
        if registration.state == State.SEATED and registration.seats != before:
            more = registration.seats - before
            if more > 0 and (someone_waits(desk) or not desk.has_room_for(more)):
                raise Refused(_("There is no free seat for another companion."))
            desk.taken += more
            desk.save(update_fields=["taken"])
        registration.save()
        offer_free_seats(desk)
        return registration


def approve(registration):
    """Say yes to a request; a full desk puts it in line. One that was declined is not revived beside a newer one."""
    with at_its_desk(registration) as desk:
        if registration.state not in {State.REQUESTED, State.DECLINED} or registration.is_replaced():
            raise IllegalMove(registration, State.SEATED)
        registration.approved_at = timezone.now()
        seat_or_queue(desk, registration)
        return tell(registration, "state")


def decline(registration):
    with at_its_desk(registration):
        registration.move_to(State.DECLINED)
        return tell(registration, "state")


def release(registration):
    """Give back a seat, an offer or a place in line; freed seats are offered to who waited longest."""
    with at_its_desk(registration) as desk:
        if registration.state == State.WITHDRAWN:
            return registration
        held = registration.seats if registration.state in Registration.HOLDING else 0
        registration.offer_ends_at = None
        registration.move_to(State.WITHDRAWN)
        give_back(desk, held)
        offer_free_seats(desk)
        return tell(registration, "released")


def take_back(registration):
    """Undo a release, or come back after a lapsed offer: the seat if one is free, else the end of the line.

    Returns True where the seat is theirs again, False where they now wait.
    """
    with at_its_desk(registration) as desk:
        if registration.state not in GONE:
            raise IllegalMove(registration, State.SEATED)
        refuse_closed(desk)
        if registration.is_replaced():
            raise Refused(_("You have registered again in the meantime; please use the link of that registration."))
        registration.confirmed_at = registration.confirmed_at or timezone.now()
        if _needs_an_answer(registration):
            registration.move_to(State.REQUESTED)
        else:
            seat_or_queue(desk, registration)
        tell(registration, "state")
        return registration.state == State.SEATED


def way_back(registration):
    """Return the state that `take_back` would lead to now, or None for who has not left; others may be quicker."""
    if registration.state not in GONE:
        return None
    if _needs_an_answer(registration):
        return State.REQUESTED
    return State.SEATED if has_seat_for(registration.desk, registration) else State.WAITING


def _needs_an_answer(registration):
    return registration.desk.acceptance == Desk.Acceptance.APPROVAL and registration.approved_at is None


def accept_offer(registration):
    """Say yes to an offered seat, which has been held since it was offered."""
    with at_its_desk(registration):
        if registration.state == State.SEATED:
            return registration
        if registration.state != State.OFFERED or registration.offer_ends_at <= timezone.now():
            raise Refused(_("This offer has expired, and others may have the seat by now."))
        registration.offer_ends_at = None
        registration.move_to(State.SEATED)
        return tell(registration, "state")


def lapse_offers(desk, now=None):
    """End the offers whose time is up and pass their seats on to the next in line. Returns how many lapsed.

    Who let an offer lapse has left the line, so that no seat goes in circles; one tap joins it again at the end.
    """
    now = now or timezone.now()
    with locked(desk) as desk:
        lapsed = list(desk.registrations.filter(state=State.OFFERED, offer_ends_at__lte=now).order_by("line_number"))
        for registration in lapsed:
            give_back(desk, registration.seats)
            registration.offer_ends_at = None
            registration.move_to(State.LAPSED)
            tell(registration, "lapsed")
        offer_free_seats(desk, now)
        return len(lapsed)


def set_capacity(desk, capacity):
    """Change the number of seats; new ones are offered at once. Raises Refused below the number held."""
    with locked(desk) as desk:
        if capacity is not None and capacity < desk.taken:
            raise Refused(too_few_seats(desk))
        desk.capacity = capacity
        desk.save(update_fields=["capacity", "updated_at"])
        offer_free_seats(desk)
        return desk


def too_few_seats(desk):
    """Return the sentence with which a capacity below the seats held is refused."""
    words = ngettext(
        "%(taken)s seat is held. Choose at least that many.",
        "%(taken)s seats are held. Choose at least that many.",
        desk.taken,
    )
    return words % {"taken": desk.taken}


def walk_in(desk, *, name, email="", language, key=None):
    """Seat and check in who comes without a registration; where the address is registered, check that one in instead.

    `key`, a UUID, is of the tap: sent twice, as on a bad network, it counts once. Raises Refused where no seat is free.
    """
    with locked(desk) as desk:
        if key and (known := desk.registrations.filter(walk_in_key=key).first()):
            return known
        live = desk.registrations.filter(state__in=Registration.LIVE)
        if email and (known := live.filter(email_normalised=normalise_email(email)).first()):
            return check_in(known)
        if not desk.has_room_for(1):
            raise Refused(_("All seats are held. Give more seats, or give back that of someone who does not come."))
        now = timezone.now()
        registration = Registration.objects.create(
            desk=desk,
            name=name,
            email=email,
            language=language,
            state=State.SEATED,
            is_walk_in=True,
            walk_in_key=key,
            checked_in_at=now,
        )
        desk.taken += 1
        desk.save(update_fields=["taken"])
        return registration


def check_in(registration, came=True):
    """Mark that a person came, or take the mark back; twice is the same as once."""
    with at_its_desk(registration):
        if registration.state != State.SEATED:
            raise Refused(_("%(name)s has no seat, and so cannot be checked in.") % {"name": registration})
        if came != (registration.checked_in_at is not None):
            registration.checked_in_at = timezone.now() if came else None
            registration.save(update_fields=["checked_in_at", "updated_at"])
        return registration


def discard(registration):
    """Delete a registration whose address was never confirmed, and its mails; it holds nothing."""
    with locked(registration.desk):
        if Registration.objects.filter(pk=registration.pk, state=State.UNCONFIRMED).exists():
            mail.forget(registration)
            registration.delete()
