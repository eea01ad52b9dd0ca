"""What was said of a row by the file that it was last imported from."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ImportedRow(models.Model):
    """The memory of an import: which row a file's own key led to, and what it said of each field.

    So the same file changes nothing, a newer one updates what it knows, and a
    field that somebody has edited since is told from one that nobody has.
    `source` names the format, `scope` the occasion that the file belongs to (0
    for none), `model` and `object_id` the row. `unread` lists, as {"field",
    "said", "why"}, what could not be understood: it is kept in words.
    """

    source = models.CharField(_("format"), max_length=20)
    scope = models.PositiveBigIntegerField(default=0)
    model = models.CharField(max_length=80)
    key = models.CharField(_("key in the file"), max_length=200)
    object_id = models.PositiveBigIntegerField()
    values = models.JSONField(default=dict)
    unread = models.JSONField(_("not understood"), default=list, blank=True)
    imported_at = models.DateTimeField(_("imported"), auto_now=True)

    class Meta:
        verbose_name = _("imported row")
        verbose_name_plural = _("imported rows")
        constraints = [
            models.UniqueConstraint(fields=["source", "scope", "model", "key"], name="imported_row_is_known_once"),
        ]
        indexes = [models.Index(fields=["model", "object_id"])]

    def __str__(self):
        return f"{self.model} {self.key}"
