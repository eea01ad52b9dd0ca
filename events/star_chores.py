"""The daily chore of starred sessions."""

from datetime import timedelta

from django.utils.translation import gettext as _

from events.models import StarList

# Calendars may look back for a while.
KEPT_FOR = timedelta(days=180)


def tend(now, dry_run):
    """Do it; yield (sentence, count). A dry run only counts."""
    old = StarList.objects.filter(conference__over_at__lte=now - KEPT_FOR)
    yield _("Subscribed lists of stars deleted, long after their conference"), old.count()
    if not dry_run:
        old.delete()
