"""Two rows that were made one, kept for a while so that it can be undone."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Merge(models.Model):
    """One merge: which row was kept, which is gone, and every step in the order it was done.

    Each step is [what, ...] as `portal.merging` writes and reads it.
    """

    kind = models.CharField(_("kind"), max_length=80)
    kept_id = models.PositiveBigIntegerField()
    kept_title = models.CharField(_("kept"), max_length=200)
    gone_id = models.PositiveBigIntegerField()
    gone_title = models.CharField(_("merged into it"), max_length=200)
    steps = models.JSONField()
    merged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("merged by"), null=True, on_delete=models.SET_NULL, related_name="+"
    )
    merged_at = models.DateTimeField(_("merged"), auto_now_add=True, db_index=True)

    class Meta:
        verbose_name = _("merge")
        verbose_name_plural = _("merges")
        ordering = ["-merged_at", "-pk"]

    def __str__(self):
        return f"{self.gone_title} → {self.kept_title}"
