"""The daily chore of what only mattered until a conference was over: stars, and when speakers could be there."""

from datetime import timedelta

from django.utils.translation import gettext as _

from events.models import Presence, StarList

# Calendars may look back for a while.
KEPT_FOR = timedelta(days=180)


def tend(now, dry_run):
    """Do it; yield (sentence, count). A dry run only counts."""
    old = StarList.objects.filter(conference__over_at__lte=now - KEPT_FOR)
    yield _("Subscribed lists of stars deleted, long after their conference"), old.count()
    spans = Presence.objects.filter(conference__over_at__lte=now - KEPT_FOR)
    yield _("Spans in which speakers could be there deleted, long after their conference"), spans.count()
    if not dry_run:
        old.delete()
        over = list(spans.values_list("conference", flat=True))
        spans.delete()
        Presence.history.filter(conference__in=over).delete()  # what deleting has written as well
