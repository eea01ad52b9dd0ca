"""Invitations by mail: who is asked to take a role, and over what."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from .people import Person


class Invitation(models.Model):
    """An address that is invited to a role of a person: the account and the mandate are made when it is accepted.

    `role` is the label of a model of mandates, `scope_id` the row that the mandate will be over.
    """

    email = models.EmailField(_("e-mail"))
    person = models.ForeignKey(Person, verbose_name=_("person"), on_delete=models.CASCADE, related_name="invitations")
    role = models.CharField(_("role"), max_length=80)
    scope_id = models.PositiveBigIntegerField()
    until = models.DateField(_("until"), null=True, blank=True)
    language = models.CharField(_("language"), max_length=7, choices=settings.LANGUAGES)
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("invited by"), on_delete=models.CASCADE, related_name="+"
    )
    invited_at = models.DateTimeField(_("invited"), auto_now_add=True, db_index=True)

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        ordering = ["-invited_at"]

    def __str__(self):
        return self.email
