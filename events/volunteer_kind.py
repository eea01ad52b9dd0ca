"""What is a volunteer's own on the pages behind their link."""

from datetime import timedelta

from django.conf import settings
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _

from events.forms import ChangeForm
from events.models import Application, Assignment, PublicCredit, Shift
from events.volunteering import answering, applying, forgetting, placing, thanking
from portal.calendars import Entry, occasion_entry, uid
from portal.keys import key_in
from portal.qr import data_uri
from portal.signups import Kind

State = Application.State
Place = Assignment.State


class Volunteering(Kind):
    status_template = "events/volunteer/status.html"
    edit_template = "events/volunteer/edit.html"

    @property
    def verbs(self):
        return {
            "withdraw": _withdraw,
            "undo": _undo,
            "accept": _accept_offer,
            "yes": _yes,
            "no": _no,
            "retake": _retake,
            "claim": _claim,
            "here": _here,
            "certificate": _certificate,
            "unthanked": _unthanked,
            "thanked": _thanked,
        }

    def title(self, application):
        return application.call.title

    def confirm(self, application):
        return applying.confirm(application)

    def status(self, application):
        call = application.call
        assignments = list(
            application.assignments.select_related("role", "shift__role__team__call__conference").order_by(
                "shift__starts_at", "shift_id", "pk"
            )
        )
        live = [one for one in assignments if one.state in (*Assignment.LIVE, Place.COMPLETED, Place.NO_SHOW)]
        roles = [one for one in live if one.shift_id is None]
        return {
            "application": application,
            "call": call,
            "conference": call.conference,
            "roles": roles,
            "shifts": [one for one in live if one.shift_id],
            "returned": _just_returned(application, assignments),
            "free_shifts": _free_shifts(application, roles),
            "wishes": application.ranked_roles.select_related("role"),
            "may_change": application.state in Application.LIVE and call.may_change(),
            "may_undo": application.state == State.WITHDRAWN and call.may_change(),
            "hours": round(thanking.minutes_served(application) / 30) / 2,
            "certificate": getattr(application, "certificate", None),
            "roll": thanking.consent_to_roll(application),
            "credit": _credits(application).first(),
            "code": data_uri(application.status_url),
            "may_say_here": _is_near(call.conference),
        }

    def edit_form(self, application, data=None):
        if application.state not in Application.LIVE or not application.call.may_change():
            return None
        return ChangeForm(data, application=application)

    def data(self, application):
        """Everything stored about the person: answers, wishes, consents, places, credit, certificate."""
        certificate = getattr(application, "certificate", None)
        return {
            "call": application.call.title,
            "state": application.get_state_display(),
            "applied_at": application.created_at,
            "confirmed_at": application.confirmed_at,
            "email": application.email,
            "language": application.language,
            **{name: getattr(application, name) for name in ("name", "city", "university", *forgetting.ANSWERS)},
            "wishes": [str(ranked.role) for ranked in application.ranked_roles.select_related("role")],
            "places": [_place(one) for one in application.assignments.select_related("role__team__call", "shift")],
            "consents": [one.data for one in application.consents.select_related("notice")],
            "thanked_in_public_as": [credit.name for credit in _credits(application)],
            "certificate": certificate and certificate.number,
        }

    def kept_in_public(self, application):
        said = [_("your name on the roll of thanks: %(name)s") % {"name": one.name} for one in _credits(application)]
        certificate = getattr(application, "certificate", None)
        if certificate:
            number = {"number": certificate.number}
            said.append(_("your certificate %(number)s, which can no longer be verified") % number)
        return said

    def delete(self, application):
        forgetting.delete(application)

    def calendar(self, application):
        """The shifts that are held, else the conference, for who is accepted."""
        if application.state not in {State.ACCEPTED, State.COMPLETED}:
            return []
        held = application.assignments.filter(shift__isnull=False).select_related(
            "role__team__call__conference", "shift__role__team__call__conference"
        )
        entries = [_entry(application, one) for one in held]
        return entries or [occasion_entry(application.call.conference)]


def _withdraw(application, data):
    applying.withdraw(application)
    return _("You have withdrawn. Thank you for telling us.")


def _undo(application, data):
    if applying.take_back(application):
        return _("You are back, in your former role.")
    return _("You are back; your application waits for an answer.")


def _accept_offer(application, data):
    answering.accept_offer(application)
    return _("Great, the place is yours.")


def _yes(application, data):
    placing.confirm_assignment(_assignment(application, data))
    return _("Thank you, we look forward to seeing you.")


def _no(application, data):
    placing.return_assignment(_assignment(application, data))
    return _("Given back. Changed your mind? You can undo it below, until someone else has the place.")


def _retake(application, data):
    placing.retake_assignment(_assignment(application, data))
    return _("The place is yours again.")


def _claim(application, data):
    shift = get_object_or_404(Shift, pk=key_in(data.get("shift")), role__team__call=application.call)
    placing.claim_shift(application, shift)
    return _("The shift is yours.")


def _here(application, data):
    placing.check_in(_assignment(application, data))
    return _("Welcome! You are checked in.")


def _certificate(application, data):
    thanking.issue_certificate(application)
    return _("Your certificate is ready.")


def _unthanked(application, data):
    thanking.answer_for_roll(application, agrees=False)
    return _("Your name is off the roll of thanks.")


def _thanked(application, data):
    thanking.answer_for_roll(application, agrees=True)
    return _("The roll of thanks names you again.")


def _assignment(application, data):
    return get_object_or_404(application.assignments, pk=key_in(data.get("assignment")))


def _just_returned(application, assignments):
    """Return the places given back while accepted that may be taken again: a shift only where its role is held."""
    if application.state != State.ACCEPTED:
        return []
    taken = {(one.role_id, one.shift_id) for one in assignments if one.state != Place.CANCELLED}
    back = {(one.role_id, one.shift_id): one for one in assignments if one.given_back_at}
    roles = {one.role_id for one in assignments if one.shift_id is None and one.state in Assignment.LIVE}
    return [one for key, one in back.items() if key not in taken and (one.shift_id is None or one.role_id in roles)]


def _free_shifts(application, roles):
    """Return the shifts to choose from: of roles that let volunteers choose, with places left, not yet begun."""
    if application.state != State.ACCEPTED:
        return []
    choosing = [one.role for one in roles if one.role.claims_shifts and one.state in Assignment.LIVE]
    shifts = Shift.objects.filter(role__in=choosing, is_cancelled=False, starts_at__gt=timezone.now())
    mine = application.assignments.held().filter(shift__isnull=False).values("shift")
    shifts = shifts.exclude(pk__in=mine).select_related("role__team__call__conference")
    return [shift for shift in shifts if shift.places_left > 0]


def _is_near(conference):
    """Whether volunteers may say "I'm here": from the day before the conference until it is over."""
    now = timezone.now()
    return conference.starts_at - timedelta(days=1) <= now < conference.over_at


def _credits(application):
    return PublicCredit.objects.filter(consent__application=application)


def _place(assignment):
    return {
        "role": str(assignment.role),
        "shift": assignment.shift and assignment.shift.hours,
        "state": assignment.get_state_display(),
        "minutes_served": assignment.minutes_served,
    }


def _entry(application, assignment):
    shift, conference = assignment.shift, application.call.conference
    called_off = assignment.state == Place.CANCELLED
    return Entry(
        uid=uid("assignment", assignment.pk),
        summary=f"{assignment.role} · {conference.title}",
        starts=shift.starts_at.astimezone(conference.tzinfo),
        ends=shift.ends_at.astimezone(conference.tzinfo),
        changed_at=max(assignment.updated_at, shift.updated_at),
        location=", ".join(filter(None, [shift.where, conference.place])),
        url=settings.SITE_URL + conference.get_absolute_url(),
        standing="cancelled" if called_off else "scheduled",
    )
