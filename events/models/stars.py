"""A visitor's own choice of sessions: known by a link that nobody guesses, and by nothing else."""

import secrets

from django.db import models
from django.utils.translation import gettext_lazy as _

from .conference import Conference


def make_token():
    return secrets.token_urlsafe(18)


class StarList(models.Model):
    """The starred sessions behind a calendar subscription. Who starred them is not known; it goes with the conference.

    `codes` lists codes of sessions.
    """

    token = models.CharField(max_length=32, unique=True, default=make_token, editable=False)
    conference = models.ForeignKey(Conference, on_delete=models.CASCADE, related_name="star_lists")
    codes = models.JSONField(default=list)
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("starred sessions")
        verbose_name_plural = _("starred sessions")

    def __str__(self):
        return f"{self.conference_id}: {len(self.codes)}"
