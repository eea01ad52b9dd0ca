"""What organizers deleted, kept for a while."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Binned(models.Model):
    """A deleted row with all that went along.

    `rows` is Django's serialization of them; `untied` lists what had pointed to
    them and stayed, as [model, primary key, column, former value].
    """

    title = models.CharField(_("title"), max_length=200)
    kind = models.CharField(_("kind"), max_length=80)
    rows = models.JSONField()
    untied = models.JSONField(default=list)
    count = models.PositiveIntegerField(_("rows"))
    deleted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("deleted by"), null=True, on_delete=models.SET_NULL, related_name="+"
    )
    deleted_at = models.DateTimeField(_("deleted"), auto_now_add=True, db_index=True)

    class Meta:
        verbose_name = _("deleted row")
        verbose_name_plural = _("bin")
        ordering = ["-deleted_at"]

    def __str__(self):
        return self.title
