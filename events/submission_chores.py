"""The daily chores of proposals and applications for booths."""

from django.utils.translation import gettext as _

from events import forgetting
from events.models import BoothApplication, Proposal
from portal.tending import forget_all, unconfirmed


def tend(now, dry_run):
    """Do them; yield (sentence, count) of each. A dry run only counts."""
    for model, deleted, erased in (
        (
            Proposal,
            _("Proposals deleted that were never confirmed"),
            _("Proposals whose personal data is erased"),
        ),
        (
            BoothApplication,
            _("Applications for booths deleted that were never confirmed"),
            _("Applications for booths whose personal data is erased"),
        ),
    ):
        never_confirmed = unconfirmed(model.objects.all(), now)
        yield deleted, forget_all(never_confirmed, forgetting.discard, dry_run)
        yield erased, forget_all(model.objects.due_for_erasure(now), forgetting.erase, dry_run)
