"""Somebody asks that a photo be taken down, and what was done about it."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .albums import Album, Photo


class TakedownQuerySet(models.QuerySet):
    def editable_by(self, user):
        """Return the requests the user may decide: those about albums that are theirs to edit."""
        return self.filter(album__in=Album.objects.editable_by(user))

    def open(self):
        return self.filter(state=self.model.State.OPEN)

    def removed(self):
        return self.filter(state=self.model.State.REMOVED)


class Takedown(models.Model):
    """One request. What the person wrote is kept until it is decided, and not a moment longer.

    The file's hash stays where a photo was removed, so that the same file is not put up again.
    """

    class Reason(models.TextChoices):
        SHOWN = "shown", _("I am in the photo")
        CHILD = "child", _("It shows a child in my care")
        MINE = "mine", _("I made the photo, or hold the rights to it")
        OTHER = "other", _("Something else")

    class State(models.TextChoices):
        OPEN = "open", _("to be decided")
        REMOVED = "removed", _("removed")
        KEPT = "kept", _("kept")

    album = models.ForeignKey(Album, verbose_name=_("album"), on_delete=models.CASCADE, related_name="takedowns")
    photo = models.ForeignKey(
        Photo, verbose_name=_("photo"), null=True, on_delete=models.SET_NULL, related_name="takedowns"
    )
    number = models.PositiveBigIntegerField(_("number of the photo"))
    sha256 = models.CharField(max_length=64, blank=True, editable=False)
    reason = models.CharField(_("reason"), max_length=8, choices=Reason)
    message = models.TextField(_("in their words"), blank=True, max_length=2000)
    email = models.EmailField(_("e-mail"), blank=True)
    language = models.CharField(_("language"), max_length=7, choices=settings.LANGUAGES)
    state = models.CharField(_("state"), max_length=8, choices=State, default=State.OPEN)
    asked_at = models.DateTimeField(_("asked"), default=timezone.now)
    decided_at = models.DateTimeField(_("decided"), null=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("decided by"), null=True, on_delete=models.SET_NULL, related_name="+"
    )

    objects = TakedownQuerySet.as_manager()

    class Meta:
        verbose_name = _("request to take a photo down")
        verbose_name_plural = _("requests to take photos down")
        ordering = ["-asked_at"]
        indexes = [models.Index(fields=["sha256"]), models.Index(fields=["album", "number"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="open") | Q(email="", message=""), name="decided_takedown_forgets_the_person"
            ),
        ]

    def __str__(self):
        return f"{self.album} · {self.number}"
