"""The seats of a desk, under its lock: who has one, who waits in line, what is offered and to whom that is told."""

from contextlib import contextmanager
from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from portal import mail
from portal.locking import locked
from portal.models import Desk, Occasion, Registration
from portal.refused import Refused

State = Registration.State


@contextmanager
def at_its_desk(registration):
    """Lock the desk, and read the registration as it is now, with it and its occasion; yield the desk."""
    with locked(Desk(pk=registration.desk_id), "occasion") as desk:
        registration.refresh_from_db()
        registration.desk = desk
        yield desk


def refuse_closed(desk):
    if not desk.is_open():
        raise Refused(desk.why_closed() or _("Registration is closed."))


def remember_facts(desk):
    """From the first registration on, changes of time and place are told."""
    if not desk.told:
        desk.told = desk.facts()
        desk.save(update_fields=["told"])


def seat_or_queue(desk, registration):
    """Seat the registration where there is a seat for it; else it joins the line."""
    if not has_seat_for(desk, registration):
        _queue_up(desk, registration)
        return
    registration.move_to(State.SEATED)
    desk.taken += registration.seats
    desk.save(update_fields=["taken"])


def has_seat_for(desk, registration):
    """Return whether one may sit down: who comes later never passes who waits, even where a small party would fit."""
    return not someone_waits(desk) and desk.has_room_for(registration.seats)


def someone_waits(desk):
    return desk.registrations.filter(state=State.WAITING).exists()


def _queue_up(desk, registration):
    desk.last_in_line += 1
    desk.save(update_fields=["last_in_line"])
    registration.line_number = desk.last_in_line
    registration.move_to(State.WAITING)


def give_back(desk, seats):
    if seats:
        desk.taken -= seats
        desk.save(update_fields=["taken"])


def offer_free_seats(desk, now=None):
    """Offer what is free to the line, strictly in its order; nothing once the occasion has begun."""
    now = now or timezone.now()
    if now >= desk.occasion.starts_at or desk.occasion.standing != Occasion.Standing.SCHEDULED:
        return
    line = desk.registrations.filter(state=State.WAITING).order_by("line_number")
    for registration in line[: desk.seats_left]:
        if not desk.has_room_for(registration.seats):
            return
        registration.offer_ends_at = min(now + timedelta(hours=desk.offer_hours), desk.occasion.starts_at)
        registration.move_to(State.OFFERED)
        desk.taken += registration.seats
        desk.save(update_fields=["taken"])
        tell(registration, "offered")


def tell(registration, name):
    """Queue a mail about the registration and return the registration."""
    mail.queue(f"registration/{name}", registration.email, registration.language, registration=registration)
    return registration
