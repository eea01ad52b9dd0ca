"""After the event: hours served, the name on the roll of thanks, the certificate."""

from django.utils import timezone
from django.utils.translation import gettext as _

from events.models import Application, Assignment, Certificate, PublicCredit
from events.volunteering.locks import everything_of, tell
from portal.binning import in_bin_with
from portal.models import Community
from portal.models.signups import Consent
from portal.refused import Refused
from portal.traces import forget_traces

State = Application.State
Place = Assignment.State


def finish(application, minutes=None):
    """Close a volunteer's part: every place they came to, the roll of thanks, a mail of thanks.

    `minutes` are those served in roles without shifts. Places that were
    confirmed and never checked in count as served: whoever finishes says so.
    """
    with everything_of(application) as application:
        if application.state != State.ACCEPTED:
            raise Refused(_("Only accepted volunteers can be thanked."))
        served = list(application.assignments.exclude(state__in=[Place.CANCELLED, Place.NO_SHOW, Place.OFFERED]))
        if not served:
            raise Refused(_("They have no place at which they were checked in."))
        roles_with_shifts = {one.role_id for one in served if one.shift_id}
        for assignment in served:
            if assignment.state != Place.COMPLETED:
                whole_role = assignment.shift_id is None and assignment.role_id not in roles_with_shifts
                _complete(assignment, minutes if whole_role else None)
        application.move_to(State.COMPLETED)
        keep_credit_in_step(application)
        return tell(application, "thanks", minutes=minutes_served(application))


def minutes_served(application):
    return sum(one.minutes_served or 0 for one in application.assignments.filter(state=Place.COMPLETED))


def keep_credit_in_step(application):
    """Put the name of who served and agrees onto the roll of thanks, and take it off where they no longer agree."""
    consent = application.consents.filter(purpose=Consent.Purpose.CREDIT, withdrawn_at=None).first()
    forget_credits(application.consents.exclude(pk=consent.pk if consent else None))
    if consent is None or application.state != State.COMPLETED:
        return
    if PublicCredit.objects.filter(consent=consent).exists():
        return
    role = _main_role(application)
    if role is None:
        return
    PublicCredit.objects.create(
        conference=application.call.conference,
        consent=consent,
        name_zh_hans=consent.credit_name,
        name_en=consent.credit_name,
        role_zh_hans=role.name_zh_hans,
        role_en=role.name_en,
        agreed_at=consent.given_at,
        notice_version=consent.notice.version if consent.notice else "",
        position=application.call.conference.credits.count() + 1,
    )


def forget_credits(consents):
    """Delete what stands on the roll by these consents, with its traces; what an organizer put into the bin as well."""
    keys = set(consents.values_list("pk", flat=True))
    credits = PublicCredit.objects.filter(consent__in=keys)
    gone = set(credits.values_list("pk", flat=True)) | in_bin_with(PublicCredit, "consent", keys)
    credits.delete()
    forget_traces(PublicCredit, gone)


def consent_to_roll(application):
    """Return the latest consent to stand on the roll of thanks, given or taken back; None where there never was one."""
    return application.consents.filter(purpose=Consent.Purpose.CREDIT).order_by("given_at", "pk").last()


def answer_for_roll(application, agrees):
    """Take the consent to the roll of thanks back, or give it anew, by the name that was chosen; the roll follows."""
    with everything_of(application) as application:
        consent = consent_to_roll(application)
        if consent is None:
            raise Refused(_("You chose no name for the roll of thanks."))
        if consent.is_live and not agrees:
            consent.withdrawn_at = timezone.now()
            consent.save()
        elif agrees and not consent.is_live:
            again = {"purpose": consent.purpose, "credit_name": consent.credit_name, "notice": consent.notice}
            application.consents.create(**again)
        keep_credit_in_step(application)
        return application


def issue_certificate(application):
    """Make the certificate that a volunteer asks for, once; from then on anyone can verify what stands on it."""
    with everything_of(application) as application:
        known = Certificate.objects.filter(application=application).first()
        if known:
            return known
        role, community = _main_role(application), Community.current()
        if application.state != State.COMPLETED or role is None:
            raise Refused(_("You can get a certificate once your hours are recorded."))
        return Certificate.objects.create(
            conference=application.call.conference,
            application=application,
            name=application.name,
            role_zh_hans=role.name_zh_hans,
            role_en=role.name_en,
            minutes=minutes_served(application),
            issuer_zh_hans=community.name_zh_hans,
            issuer_en=community.name_en,
        )


def _main_role(application):
    """Return the role in which the volunteer served longest; None where a coordinator has opened every place again."""
    served = application.assignments.filter(state=Place.COMPLETED).select_related("role")
    longest = max(served, key=lambda one: (one.minutes_served or 0, -one.pk), default=None)
    return longest and longest.role


def _complete(assignment, minutes):
    if assignment.state == Place.CONFIRMED:
        assignment.move_to(Place.CHECKED_IN)
    assignment.minutes_served = minutes if minutes is not None else assignment.shift and assignment.shift.minutes
    assignment.move_to(Place.COMPLETED)
