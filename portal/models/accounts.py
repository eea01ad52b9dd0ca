"""What happened to an organizer's account: kept for a while, for its owner and for administrators to read."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class AccountEvent(models.Model):
    """One event. `network` is the visitor's network and never the full address; `key` counts tries of one name.

    A password that did not fit is kept also for names that no account has, without the name: `user` is empty
    and `key` is a keyed digest.
    """

    class Kind(models.TextChoices):
        SIGNED_IN = "in", _("signed in")
        SIGNED_OUT = "out", _("signed out")
        REFUSED = "refused", _("wrong password")
        LOCKED = "locked", _("locked out after too many tries")
        CODE_REFUSED = "code", _("wrong second factor")
        PASSWORD_CHANGED = "password", _("password changed")
        PASSWORD_RESET = "reset", _("password reset by mail")
        FACTOR_ADDED = "factor", _("second factor added")
        FACTOR_REMOVED = "no-factor", _("second factor removed")
        CODES_MADE = "codes", _("recovery codes made")
        CONNECTED = "connected", pgettext_lazy("of a sign-in elsewhere", "connected")
        DISCONNECTED = "parted", pgettext_lazy("of a sign-in elsewhere", "disconnected")
        SESSIONS_ENDED = "ended", _("sessions ended")

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("account"),
        null=True,
        on_delete=models.CASCADE,
        related_name="account_events",
    )
    kind = models.CharField(_("event"), max_length=10, choices=Kind)
    key = models.CharField(max_length=40, blank=True)
    network = models.CharField(_("network"), max_length=50)
    agent = models.CharField(_("browser"), max_length=200, blank=True)
    made_at = models.DateTimeField(_("when"), default=timezone.now, db_index=True)

    class Meta:
        ordering = ["-made_at", "-pk"]
        indexes = [
            models.Index(fields=["user", "-made_at"], name="account_event_of_user"),
            models.Index(fields=["key", "made_at"], name="account_event_key"),
            models.Index(fields=["network", "made_at"], name="account_event_network"),
        ]

    def __str__(self):
        return f"{self.made_at:%Y-%m-%d %H:%M} {self.get_kind_display()}"
