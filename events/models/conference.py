"""One edition of a series."""

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from portal.models.occasion import Occasion, OccasionQuerySet

from .series import Organizing, Series


class ConferenceQuerySet(OccasionQuerySet):
    def published(self, now=None):
        """Return the public conferences; naming their wing, they are found by its index and not among all meetups."""
        return super().published(now).filter(wing=Conference.WING)

    def within_mandates_of(self, user):
        return self.filter(series__in=Organizing.objects.scopes_of(user))

    def fillable_by(self, user):
        """A producer adds sessions to a conference without editing it: those of the forum they produce."""
        forums = self.model._meta.get_field("forums").related_model.objects
        return self.filter(
            Q(pk__in=Conference.objects.editable_by(user).values("pk"))
            | Q(pk__in=forums.editable_by(user).values("conference"))
        )


class Conference(Occasion):
    """COSCon'23: a series, the number of the edition, and everything an occasion has."""

    WING = "events"

    series = models.ForeignKey(Series, verbose_name=_("series"), on_delete=models.PROTECT, related_name="conferences")
    edition = models.PositiveSmallIntegerField(_("edition"), null=True, blank=True, help_text=_("8 for the eighth."))
    full_name = models.CharField(_("full name"), max_length=200, blank=True)
    format_note = models.CharField(
        _("format"), max_length=200, blank=True, help_text=_("For example “1+N: one online venue, seven cities”.")
    )

    objects = ConferenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("conference")
        verbose_name_plural = _("conferences")
        constraints = [
            models.UniqueConstraint(
                fields=["series", "edition"],
                name="conference_edition_is_unique_in_its_series",
                violation_error_message=_("The series already has an edition of that number."),
            ),
            models.CheckConstraint(
                condition=Q(edition__isnull=True) | Q(edition__gt=0),
                name="conference_edition_counts_from_one",
                violation_error_message=_("Editions are counted from 1."),
            ),
        ]

    def get_absolute_url(self):
        return reverse("conference", args=[self.slug])

    @cached_property
    def release_pk(self):
        """The primary key of the latest release of its schedule; None before the first."""
        return self.releases.order_by("-number").values_list("pk", flat=True).first()
