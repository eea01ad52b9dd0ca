"""Texts that were translated once and whose original has changed since."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class OutdatedText(models.Model):
    """A text of a row in one language that is older than the same text in the other.

    `former` is the other language's wording from which it was translated.
    Written by `portal.outdating` from the history of the row.
    """

    kind = models.CharField(max_length=80)
    row_id = models.PositiveBigIntegerField()
    text = models.CharField(max_length=60)
    language = models.CharField(max_length=7, choices=settings.LANGUAGES)
    former = models.TextField()
    since = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("outdated text")
        verbose_name_plural = _("outdated texts")
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "row_id", "language", "text"], name="text_is_outdated_once_in_a_language"
            ),
        ]

    def __str__(self):
        return f"{self.kind} {self.row_id}: {self.text} ({self.language})"
