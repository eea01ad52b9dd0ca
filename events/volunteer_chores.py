"""The daily chores of volunteering."""

from django.utils.translation import gettext as _

from events.models import Application, VolunteerCall
from events.volunteering import answering, forgetting, reminding
from portal.locking import for_each
from portal.tending import forget_all, unconfirmed

State = Application.State


def tend(now, dry_run):
    """Do them; yield (sentence, count) of each. A dry run only counts."""
    never_confirmed = unconfirmed(Application.objects.all(), now)
    yield _("Applications deleted that were never confirmed"), forget_all(never_confirmed, forgetting.discard, dry_run)
    yield _("Offered places that lapsed"), _lapse(now, dry_run)
    yield _("Reminders sent to volunteers"), _remind(now, dry_run)
    due = forgetting.due_for_erasure(now)
    yield _("Applications whose personal data is erased"), forget_all(due, forgetting.erase, dry_run)


def _lapse(now, dry_run):
    offered = Application.objects.filter(state=State.OFFERED, offer_ends_at__lte=now)
    if dry_run:
        return offered.count()
    calls = VolunteerCall.objects.filter(applications__in=offered).distinct()
    return sum(for_each(calls, lambda call: answering.lapse_offers(call, now)))


def _remind(now, dry_run):
    due = [one for one in reminding.due_for_reminder(now) if reminding.reminder_due(one, now)]
    return len(due) if dry_run else sum(for_each(due, lambda one: reminding.remind(one, now)))
