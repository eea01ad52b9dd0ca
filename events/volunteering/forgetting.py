"""Personal data goes away: after the retention, and at once for who asks.

Erased are the contacts, the answers, the link, the mails in the outbox. What is
counted stays (role, city, university, hours), and so do a credit and a
certificate, which from then on are tied to nothing: they stand on their own
consent. "Delete me" takes these two along.
"""

from datetime import timedelta

from django.utils import timezone

from events.models import Application, Certificate, VolunteerCall
from events.volunteering.locks import count, everything_of, free_offered_place
from events.volunteering.thanking import forget_credits
from portal import mail
from portal.locking import locked
from portal.traces import forget_log

State = Application.State
# What is erased; name, address and language are blanked with it.
ANSWERS = ("age_band", "availability", "languages", "skills", "shirt_size", "diet", "phone", "wechat", "note")


def due_for_erasure(now):
    """Return the confirmed applications whose call's days of retention are over."""
    due = [
        call.pk
        for call in VolunteerCall.objects.filter(conference__over_at__lte=now).select_related("conference")
        if call.conference.over_at + timedelta(days=call.retention_days) <= now
    ]
    return Application.objects.filter(call__in=due, erased_at=None, merged_into=None).exclude(state=State.UNCONFIRMED)


def erase(application):
    """Erase what is personal; the row stays for the counts, a credit and a certificate for their own sake."""
    with everything_of(application) as application:
        if application.erased_at:
            return
        free_offered_place(application)
        mail.forget(application)
        Certificate.objects.filter(application=application).update(application=None)
        application.consents.all().delete()
        application.merged.all().delete()
        application.erased_at = timezone.now()
        blank(application)


def blank(application):
    """Take everything personal off the row and move it to the end of its map."""
    application.name = application.email = ""
    for answer in ANSWERS:
        setattr(application, answer, "")
    application.offered_role = application.offer_ends_at = None
    application.move_to(State.ANONYMISED)


def delete(application):
    """Delete everything about one person's application: places, credit, certificate, mails, traces in the history."""
    with everything_of(application) as application:
        free_offered_place(application)
        for assignment in application.assignments.held().order_by("shift_id", "role_id"):
            with locked(assignment.shift or assignment.role) as scarce:
                count(scarce, -1)
        everyone = [application, *application.merged.all()]
        for one in everyone:
            mail.forget(one)
        forget_credits(application.consents)
        Certificate.objects.filter(application=application).delete()
        forget_log(*everyone)
        application.delete()


def discard(application):
    """Delete an application whose address was never confirmed; one that was confirmed meanwhile stays."""
    with everything_of(application) as application:
        if application.state == State.UNCONFIRMED:
            delete(application)
