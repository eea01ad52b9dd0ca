"""What the weekly look at a web address found. One row an address, however many rows of others name it."""

from datetime import timedelta

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

# A server that is down tonight is not a dead link.
DEAD_AFTER = timedelta(days=6)


class LinkCheckQuerySet(models.QuerySet):
    def dead(self, now=None):
        """Return the addresses that have failed for so long that somebody should look."""
        return self.filter(failing_since__lte=(now or timezone.now()) - DEAD_AFTER)


class LinkCheck(models.Model):
    """The last check of an address; `finding` says what was wrong with it, for organizers."""

    url = models.URLField(_("link"), max_length=500, unique=True)
    checked_at = models.DateTimeField(_("checked"), db_index=True)
    status = models.PositiveSmallIntegerField(_("status"), null=True)
    finding = models.CharField(_("finding"), max_length=200, blank=True)
    failing_since = models.DateTimeField(_("failing since"), null=True, db_index=True)

    objects = LinkCheckQuerySet.as_manager()

    class Meta:
        verbose_name = _("link check")
        verbose_name_plural = _("link checks")

    def __str__(self):
        return self.url
