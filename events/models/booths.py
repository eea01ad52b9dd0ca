"""Stands of the bazaar and the exhibition."""

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from portal.checks import StrictCheck
from portal.locking import lock
from portal.models.links import validate_web_address
from portal.models.organizations import Organization
from portal.publishing import Owned, OwnedQuerySet
from portal.refused import Refused

from .conference import Conference
from .venue import Venue

SPOT_TAKEN = _("%(spot)s is already the spot of “%(holder)s”. Choose another, or move that booth first.")


class BoothQuerySet(OwnedQuerySet):
    def public(self, now, way=""):
        """Leave out, with the rows of drafts, those of organizations that are not public themselves."""
        unknown = models.Q((f"{way}organization__isnull", True))
        return super().public(now, way) & (unknown | models.Q((f"{way}organization__published_at__lte", now)))


class Booth(Owned):
    """A stand, by an organization or by a name alone."""

    PARENT = "conference"

    class Kind(models.TextChoices):
        BAZAAR = "bazaar", _("open source bazaar")
        EXHIBITION = "exhibition", _("exhibition")
        AREA = "area", _("themed area")

    conference = models.ForeignKey(
        Conference, verbose_name=_("conference"), on_delete=models.CASCADE, related_name="booths"
    )
    kind = models.CharField(_("kind"), max_length=10, choices=Kind, default=Kind.BAZAAR)
    organization = models.ForeignKey(
        Organization,
        verbose_name=_("organization"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="booths",
    )
    title = models.CharField(_("title"), max_length=160, blank=True, help_text=_("Empty: the organization's name."))
    summary = models.TextField(_("what is shown"), blank=True)
    venue = models.ForeignKey(
        Venue, verbose_name=_("venue"), null=True, blank=True, on_delete=models.SET_NULL, related_name="booths"
    )
    spot = models.CharField(_("spot"), max_length=40, blank=True, help_text=_("For example A12."))
    url = models.URLField(_("link"), max_length=500, blank=True, validators=[validate_web_address])
    position = models.PositiveIntegerField(_("position"), default=0)

    objects = BoothQuerySet.as_manager()

    class Meta:
        verbose_name = _("booth")
        verbose_name_plural = _("booths")
        ordering = ["position", "pk"]
        constraints = [
            StrictCheck(
                condition=models.Q(organization__isnull=False)
                | models.Q(title_zh_hans__gt="")
                | models.Q(title_en__gt=""),
                name="booth_has_a_name",
                violation_error_message=_("Choose an organization or write a title."),
            ),
        ]

    def __str__(self):
        return self.name

    @property
    def name(self):
        return self.title or (self.organization.name if self.organization_id else "")

    def validate_constraints(self, exclude=None):
        """Refuse a spot that is another's. No constraint of the database does: rows from before may share one."""
        super().validate_constraints(exclude)
        if holder := self.spot_holder():
            field = NON_FIELD_ERRORS if "spot" in (exclude or ()) else "spot"
            raise ValidationError({field: self._taken_by(holder)})

    def refuse_to_return(self):
        if holder := self.spot_holder():
            raise Refused(self._taken_by(holder))

    @transaction.atomic
    def spot_holder(self):
        """Return another stand at this one's spot of its venue, or None; also where it stood there before.

        This stand and then the conference are held until the transaction at hand ends: of two who are given one spot
        at once, the second is told.
        """
        if not self.spot or not self.conference_id:
            return None
        before = lock(self)
        lock(Conference(pk=self.conference_id))  # which may be in the bin, with this stand
        if before and self.spot_key == before.spot_key:
            return None
        venue = {"conference": self.conference_id, "venue": self.venue_id}
        return Booth._base_manager.filter(**venue, spot__iexact=self.spot).exclude(pk=self.pk).first()

    def _taken_by(self, holder):
        return SPOT_TAKEN % {"spot": self.spot, "holder": holder}

    @property
    def spot_key(self):
        """What no other stand has: the spot, however it is written, in its venue."""
        return self.conference_id, self.venue_id, self.spot.casefold()
