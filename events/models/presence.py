"""When a speaker can be there. For whoever makes the schedule; never shown in public."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from portal.models.people import Person
from portal.publishing import Owned

from .conference import Conference


class Presence(Owned):
    """A span of time in which a person is at a conference. Without any, they are taken to be there throughout."""

    PARENT = "conference"
    SHOWN_ON_PAGES = False

    conference = models.ForeignKey(
        Conference, verbose_name=_("conference"), on_delete=models.CASCADE, related_name="presences"
    )
    person = models.ForeignKey(Person, verbose_name=_("person"), on_delete=models.CASCADE, related_name="presences")
    starts_at = models.DateTimeField(_("from"))
    ends_at = models.DateTimeField(_("until"))

    class Meta:
        verbose_name = _("presence of a speaker")
        verbose_name_plural = _("presence of speakers")
        ordering = ["conference", "person", "starts_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")),
                name="presence_ends_after_it_starts",
                violation_error_message=_("It cannot end before it begins."),
            ),
        ]

    def __str__(self):
        return str(self.person)
