"""The daily chores: what lapses, what is reminded of, what is erased. Doing them twice changes nothing."""

from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from portal import forgetting_seats, registering, tasks, telling, wings
from portal.accounts import sessions
from portal.accounts.events import forgettable
from portal.binning import forget, old_in_bin
from portal.inviting import lapsed
from portal.locking import for_each
from portal.models import Desk, Registration, SignupAttempt
from portal.unmerging import old_merges
from portal.webhooks import sending

UNCONFIRMED_FOR = timedelta(hours=72)
ATTEMPTS_FOR = timedelta(days=1)


def tend(now=None, dry_run=False):
    """Do every chore of the ground and of the wings; yield (sentence, count) of each. A dry run only counts."""
    now = now or timezone.now()
    yield from _ground(now, dry_run)
    for wing in wings.every():
        yield from wing.tend(now, dry_run)


def unconfirmed(signups, now):
    """Return the sign-ups whose address was never confirmed, for longer than one may take."""
    return signups.filter(state="unconfirmed", created_at__lte=now - UNCONFIRMED_FOR)


def _ground(now, dry_run):
    yield _("Deleted rows forgotten"), old_in_bin(now).count()
    if not dry_run:
        for binned in old_in_bin(now).iterator():
            forget(binned)
    expired, notes = sessions.left_over(now)
    for sentence, rows in (
        (_("Merges that cannot be undone any more"), old_merges(now)),
        (_("Invitations that nobody accepted in time"), lapsed(now)),
        (_("Digests of sent forms deleted"), SignupAttempt.objects.filter(made_at__lte=now - ATTEMPTS_FOR)),
        (_("Events of accounts forgotten"), forgettable(now)),
        (_("Sessions that ran out deleted"), expired),
        (_("Messages to other servers forgotten"), sending.old(now)),
        (_("Finished tasks of the worker forgotten"), tasks.done(now)),
    ):
        yield sentence, rows.count()
        if not dry_run:
            rows.delete()
    if not dry_run:
        notes.delete()
    left = tasks.left(now)
    yield _("Tasks begun anew that a killed worker left"), left.count()
    if not dry_run:
        tasks.begin_anew(left)
    due = unconfirmed(Registration.objects.all(), now)
    yield _("Registrations deleted that were never confirmed"), forget_all(due, registering.discard, dry_run)
    offered = Registration.objects.filter(state=Registration.State.OFFERED, offer_ends_at__lte=now)
    yield _("Offered seats that lapsed"), offered.count()
    if not dry_run:
        desks = Desk.objects.filter(registrations__in=offered).distinct()
        for_each(desks, lambda desk: registering.lapse_offers(desk, now))
    changed = telling.changed_desks(now)
    yield _("Occasions whose guests are told of a change"), forget_all(changed, telling.tell_changes, dry_run)
    due = telling.due_for_reminder(now)
    yield _("Reminders sent to guests"), forget_all(due, lambda one: telling.remind(one, now), dry_run)
    due = forgetting_seats.due_for_erasure(now)
    yield _("Registrations whose personal data is erased"), forget_all(due, forgetting_seats.erase, dry_run)


def forget_all(signups, forget, dry_run):
    """Call `forget` with each sign-up, one transaction each; return how many there are. A dry run only counts."""
    rows = list(signups)
    return len(rows) if dry_run else len(for_each(rows, forget))
