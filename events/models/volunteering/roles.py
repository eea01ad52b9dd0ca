"""What a volunteer can be, and when: roles and their shifts, with so many places."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from portal import dates
from portal.addresses import AsciiSlugField
from portal.publishing import Owned

from .call import Team


class Scarce(models.Model):
    """A row with places. `taken` changes under its lock alone (`events.volunteering.locks`), so no form writes it."""

    class Meta:
        abstract = True

    def save(self, *args, update_fields=None, **kwargs):
        if update_fields is None and not self._state.adding:
            update_fields = {field.name for field in self._meta.concrete_fields if not field.primary_key} - {"taken"}
        super().save(*args, update_fields=update_fields, **kwargs)


class Role(Scarce, Owned):
    """What a volunteer can be: check-in, guide, stage, host, translation, photography, live stream."""

    PARENT = "team"

    class Acceptance(models.TextChoices):
        REVIEW = "review", _("after a coordinator says yes")
        INSTANT = "instant", _("immediately, while there is room")

    team = models.ForeignKey(Team, verbose_name=_("team"), on_delete=models.CASCADE, related_name="roles")
    slug = AsciiSlugField()
    name = models.CharField(_("name"), max_length=80)
    summary = models.TextField(_("summary"), blank=True, help_text=_("Two or three sentences, without formatting."))
    place = models.CharField(_("place"), max_length=160, blank=True)
    minimum = models.PositiveSmallIntegerField(_("volunteers needed"), default=1)
    maximum = models.PositiveSmallIntegerField(_("volunteers at most"))
    taken = models.PositiveSmallIntegerField(_("places held"), default=0, editable=False)
    minimum_age = models.PositiveSmallIntegerField(_("minimum age"), null=True, blank=True)
    acceptance = models.CharField(_("acceptance"), max_length=7, choices=Acceptance, default=Acceptance.REVIEW)
    claims_shifts = models.BooleanField(
        _("volunteers choose their shifts"), default=False, help_text=_("Otherwise the coordinator offers them.")
    )
    lead_name = models.CharField(_("contact on the day"), max_length=80, blank=True)
    lead_contact = models.CharField(
        _("how to reach them"), max_length=160, blank=True, help_text=_("Shown to accepted volunteers only.")
    )
    is_public = models.BooleanField(_("shown in public"), default=True)
    position = models.PositiveIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = pgettext_lazy("of a volunteer", "role")
        verbose_name_plural = _("roles")
        ordering = ["team__position", "position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["team", "slug"],
                name="volunteer_role_slug_is_unique_in_its_team",
                violation_error_message=_("This address is taken."),
            ),
            models.CheckConstraint(
                condition=Q(maximum__gt=0) & Q(maximum__gte=F("minimum")),
                name="volunteer_role_has_room_for_its_minimum",
                violation_error_message=_("At most must be at least one, and no less than what is needed."),
            ),
            models.CheckConstraint(
                condition=Q(taken__lte=F("maximum")),
                name="volunteer_role_never_holds_more_than_its_maximum",
                violation_error_message=_("More places are held than that."),
            ),
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        call = self.team.call
        return reverse("volunteer-role", args=[call.conference.slug, call.slug, self.slug])

    @property
    def places_left(self):
        return self.maximum - self.taken

    def clean(self):
        super().clean()
        if not self.team_id:
            return
        twins = Role.objects.filter(team__call=self.team.call_id, slug=self.slug).exclude(pk=self.pk)
        if twins.exists():
            raise ValidationError({"slug": _("Another role of this call has that address.")})


class Shift(Scarce, Owned):
    """Hours of a role, with so many places."""

    PARENT = "role"

    role = models.ForeignKey(
        Role, verbose_name=pgettext_lazy("of a volunteer", "role"), on_delete=models.CASCADE, related_name="shifts"
    )
    starts_at = models.DateTimeField(_("begins"))
    ends_at = models.DateTimeField(_("ends"))
    place = models.CharField(_("place"), max_length=160, blank=True, help_text=_("Empty: the role's."))
    capacity = models.PositiveSmallIntegerField(_("places"))
    taken = models.PositiveSmallIntegerField(_("places held"), default=0, editable=False)
    is_cancelled = models.BooleanField(_("cancelled"), default=False, editable=False)

    class Meta:
        verbose_name = _("shift")
        verbose_name_plural = _("shifts")
        ordering = ["starts_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")),
                name="shift_ends_after_it_starts",
                violation_error_message=_("It cannot end before it begins."),
            ),
            models.CheckConstraint(
                condition=Q(taken__gte=0) & Q(taken__lte=F("capacity")),
                name="shift_never_holds_more_than_its_places",
                violation_error_message=_("More places are held than that."),
            ),
        ]

    def __str__(self):
        return f"{self.role} · {self.hours}"

    @property
    def span(self):
        """From when until when, as `portal.dates` wants it."""
        return dates.Span(self.starts_at, self.ends_at, self.role.team.call.conference.time_zone)

    @property
    def hours(self):
        """The day and the hours by the conference's own clock: 10月24日 09:00–12:00, 24 October 09:00–12:00."""
        zone = self.role.team.call.conference.tzinfo
        starts, ends = self.starts_at.astimezone(zone), self.ends_at.astimezone(zone)
        until = "" if starts.date() == ends.date() else f"{dates.day_of_year(ends, get_language())} "
        return f"{dates.day_of_year(starts, get_language())} {starts:%H:%M}–{until}{ends:%H:%M}"

    @property
    def where(self):
        return self.place or self.role.place

    @property
    def places_left(self):
        return self.capacity - self.taken

    @property
    def minutes(self):
        return int((self.ends_at - self.starts_at).total_seconds() // 60)
