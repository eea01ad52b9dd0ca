"""A visitor's own choice of sessions: read by a link that nobody guesses, changed by the browser that made it."""

import secrets

from django.core import signing
from django.db import models
from django.utils.translation import gettext_lazy as _

from .conference import Conference

SALT = "events.stars"


def make_token():
    return secrets.token_urlsafe(18)


class StarListQuerySet(models.QuerySet):
    def owned_by(self, own_token):
        """Take the list that an `own_token` belongs to, or none."""
        try:
            return self.filter(token=signing.Signer(salt=SALT).unsign(own_token))
        except (signing.BadSignature, UnicodeEncodeError):  # half of a pair of surrogates is no text
            return self.none()


class StarList(models.Model):
    """The starred sessions behind a calendar subscription. Who starred them is not known; it goes with the conference.

    `codes` lists codes of sessions. Whoever has the `token`, which stands in the addresses that are handed on, reads
    them; only the browser that made the list has its `own_token`, and changes them.
    """

    token = models.CharField(max_length=32, unique=True, default=make_token, editable=False)
    conference = models.ForeignKey(Conference, on_delete=models.CASCADE, related_name="star_lists")
    codes = models.JSONField(default=list)
    changed_at = models.DateTimeField(auto_now=True)

    objects = StarListQuerySet.as_manager()

    class Meta:
        verbose_name = _("starred sessions")
        verbose_name_plural = _("starred sessions")

    def __str__(self):
        return f"{self.conference_id}: {len(self.codes)}"

    @property
    def own_token(self):
        return signing.Signer(salt=SALT).sign(self.token)
