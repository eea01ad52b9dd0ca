"""What is a guest's own on the pages behind their link."""

from django.utils.translation import gettext as _

from portal import forgetting_seats, registering
from portal.calendars import occasion_entry
from portal.models import Registration
from portal.qr import data_uri
from portal.registration_forms import ChangeForm
from portal.signups import Kind

State = Registration.State


class SeatKind(Kind):
    status_template = "portal/registration/status.html"
    edit_template = "portal/registration/edit.html"

    @property
    def verbs(self):
        return {"release": _release, "undo": _undo, "accept": _accept}

    def title(self, registration):
        return registration.desk.occasion.title

    def confirm(self, registration):
        return registering.confirm(registration)

    def status(self, registration):
        desk = registration.desk
        is_open = desk.is_open()
        return {
            "registration": registration,
            "desk": desk,
            "occasion": desk.occasion,
            "why_closed": desk.why_closed(),
            "may_release": registration.state in Registration.LIVE and desk.occasion.phase != "past",
            "may_change": registration.state in registering.CHANGEABLE and is_open,
            "way_back": registering.way_back(registration) if is_open else None,
            "code": data_uri(registration.status_url),
        }

    def edit_form(self, registration, data=None):
        if registration.state not in registering.CHANGEABLE or not registration.desk.is_open():
            return None
        return ChangeForm(data, registration=registration)

    def data(self, registration):
        """Everything stored about the person: answers, companions, state, consents."""
        return {
            "occasion": registration.desk.occasion.title,
            "state": registration.get_state_display(),
            "registered_at": registration.created_at,
            "confirmed_at": registration.confirmed_at,
            "approved_at": registration.approved_at,
            "state_changed_at": registration.state_changed_at,
            "offer_ends_at": registration.offer_ends_at,
            "reminded_at": registration.reminded_at,
            "checked_in_at": registration.checked_in_at,
            "is_walk_in": registration.is_walk_in,
            "place_in_line": registration.place_in_line,
            "name": registration.name,
            "email": registration.email,
            "language": registration.language,
            "organization": registration.organization,
            "phone": registration.phone,
            "question": registration.desk.question,
            "answer": registration.answer,
            "companions": registration.companions,
            "consents": [one.data for one in registration.consents.select_related("notice")],
        }

    def delete(self, registration):
        forgetting_seats.delete(registration)

    def calendar(self, registration):
        """The occasion, for who has a seat."""
        return [occasion_entry(registration.desk.occasion)] if registration.state == State.SEATED else []


def _release(registration, data):
    registering.release(registration)
    return _("Given back. Thank you for telling us.")


def _undo(registration, data):
    if registering.take_back(registration):
        return _("You have a seat.")
    return _("You are on the list again; see below where you stand.")


def _accept(registration, data):
    registering.accept_offer(registration)
    return _("Great, the seat is yours.")
