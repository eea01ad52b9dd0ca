"""Releases of a schedule: what visitors and calendars go by, frozen until the next one."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.publishing import Owned

from .conference import Conference
from .programme import Session
from .venue import Room


class Release(Owned):
    """A version of a conference's places and times. Texts are live, so that a typo needs no release."""

    PARENT = "conference"

    conference = models.ForeignKey(
        Conference, verbose_name=_("conference"), on_delete=models.CASCADE, related_name="releases"
    )
    number = models.PositiveSmallIntegerField(_("number"))
    version = models.CharField(_("version"), max_length=40, help_text=_("As readers see it: 1, 2, final."))
    note = models.CharField(_("note"), max_length=300, blank=True, help_text=_("What readers should know of it."))
    released_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("released by"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    class Meta:
        verbose_name = _("release")
        verbose_name_plural = _("releases")
        ordering = ["conference", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["conference", "number"], name="release_number_is_unique"),
            models.UniqueConstraint(
                fields=["conference", "version"],
                name="release_version_is_unique",
                violation_error_message=_("There is a release of that version already."),
            ),
        ]

    def __str__(self):
        return self.version


class ReleasedPlace(Owned):
    """Where and when a session is, by one release.

    Its code, its title and the name of its room are kept too: the release can
    still be read when the session or the room is gone.
    """

    PARENT = "release"

    release = models.ForeignKey(Release, on_delete=models.CASCADE, related_name="places")
    session = models.ForeignKey(Session, null=True, on_delete=models.SET_NULL, related_name="released_places")
    code = models.CharField(max_length=6)
    title = models.CharField(max_length=240, blank=True)
    room = models.ForeignKey(Room, null=True, on_delete=models.SET_NULL, related_name="+")
    room_name = models.CharField(max_length=120, blank=True)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True)
    is_cancelled = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("place and time")
        verbose_name_plural = _("places and times")
        ordering = ["starts_at", "pk"]
        indexes = [models.Index(fields=["starts_at"]), models.Index(fields=["ends_at"])]
        constraints = [models.UniqueConstraint(fields=["release", "code"], name="released_place_is_said_once")]

    def __str__(self):
        return self.title or self.code
