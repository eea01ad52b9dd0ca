"""What volunteers are wanted for: the call, its teams, their roles and shifts."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from events.models.conference import Conference
from events.models.venue import Venue
from portal import dates
from portal.addresses import AsciiSlugField, Sluggable
from portal.models.occasion import Occasion
from portal.models.people import Mandate, mandate_ends_after_it_begins, somebody_is_named
from portal.models.registration import Asked
from portal.models.signups import PrivacyNotice
from portal.models.text import Rendered
from portal.publishing import Owned, OwnedQuerySet


class VolunteerCall(Owned, Sluggable, Rendered):
    """A call for volunteers of a conference, or of one of its city venues."""

    PARENT = "conference"
    SLUG_SCOPE = "conference"
    # What a form may ask beyond its five basics, each by a field `asks_…`.
    QUESTIONS = ("university", "languages", "skills", "shirt_size", "diet", "phone", "wechat")

    conference = models.ForeignKey(
        Conference, verbose_name=_("conference"), on_delete=models.CASCADE, related_name="volunteer_calls"
    )
    venue = models.ForeignKey(
        Venue, verbose_name=_("venue"), null=True, blank=True, on_delete=models.SET_NULL, related_name="volunteer_calls"
    )
    slug = AsciiSlugField()
    title = models.CharField(_("title"), max_length=160)
    body = models.TextField(_("text"), blank=True, help_text=_("What volunteers do and get. Markdown."))
    body_html = models.TextField(editable=False, blank=True)
    opens_at = models.DateTimeField(_("opens"))
    closes_at = models.DateTimeField(_("closes"))
    changes_until = models.DateTimeField(
        _("changes until"), null=True, blank=True, help_text=_("Empty: until the conference begins.")
    )
    asks_university = models.CharField(_("university"), max_length=8, choices=Asked, default=Asked.OFF)
    asks_languages = models.CharField(_("languages"), max_length=8, choices=Asked, default=Asked.OFF)
    asks_skills = models.CharField(_("skills"), max_length=8, choices=Asked, default=Asked.OFF)
    asks_shirt_size = models.CharField(_("T-shirt size"), max_length=8, choices=Asked, default=Asked.OFF)
    asks_diet = models.CharField(_("diet"), max_length=8, choices=Asked, default=Asked.OFF)
    asks_phone = models.CharField(_("phone"), max_length=8, choices=Asked, default=Asked.OFF)
    asks_wechat = models.CharField(_("WeChat id"), max_length=8, choices=Asked, default=Asked.OFF)
    notice = models.ForeignKey(
        PrivacyNotice,
        verbose_name=_("privacy notice"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    retention_days = models.PositiveSmallIntegerField(
        _("days the data is kept afterwards"), default=60, help_text=_("Then contacts and answers are erased.")
    )
    handover_minutes = models.PositiveSmallIntegerField(
        _("minutes of handover"), default=0, help_text=_("By how much two shifts of one person may overlap.")
    )
    offer_hours = models.PositiveSmallIntegerField(_("hours an offer holds"), default=48)

    class Meta:
        verbose_name = _("call for volunteers")
        verbose_name_plural = _("calls for volunteers")
        ordering = ["opens_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["conference", "slug"],
                name="volunteer_call_slug_is_unique_in_its_conference",
                violation_error_message=_("This address is taken."),
            ),
            models.CheckConstraint(
                condition=Q(closes_at__gt=F("opens_at")),
                name="volunteer_call_closes_after_it_opens",
                violation_error_message=_("It cannot close before it opens."),
            ),
            models.CheckConstraint(
                condition=Q(offer_hours__gt=0),
                name="volunteer_call_offers_hold_for_a_while",
                violation_error_message=_("An offer holds for at least one hour."),
            ),
        ]

    def __str__(self):
        return self.title or self.slug

    def get_absolute_url(self):
        return reverse("volunteer-call", args=[self.conference.slug, self.slug])

    def clean(self):
        super().clean()
        if self.venue_id and self.venue.conference_id != self.conference_id:
            raise ValidationError({"venue": _("This venue belongs to another conference.")})

    def is_open(self, now=None):
        """Return whether one may apply: within its hours, and the conference is public and takes place."""
        now = now or timezone.now()
        return (
            self.conference.is_published
            and self.conference.standing == Occasion.Standing.SCHEDULED
            and self.opens_at <= now < self.closes_at
        )

    def may_change(self, now=None):
        """Return whether volunteers may still edit or withdraw by themselves."""
        return (now or timezone.now()) < (self.changes_until or self.conference.starts_at)

    def questions(self):
        """Return the pairs of question and whether it is required, of what this call asks beyond the basics."""
        asked = ((name, getattr(self, f"asks_{name}")) for name in self.QUESTIONS)
        return [(name, how == Asked.REQUIRED) for name, how in asked if how != Asked.OFF]


class TeamQuerySet(OwnedQuerySet):
    def within_mandates_of(self, user):
        return self.filter(
            Q(pk__in=Coordination.objects.scopes_of(user))
            | Q(call__conference__in=Conference.objects.within_mandates_of(user))
        )


class Team(Owned):
    """A group of roles with coordinators of its own."""

    PARENT = "call"

    call = models.ForeignKey(VolunteerCall, verbose_name=_("call"), on_delete=models.CASCADE, related_name="teams")
    name = models.CharField(_("name"), max_length=80)
    position = models.PositiveIntegerField(_("position"), default=0)

    objects = TeamQuerySet.as_manager()

    class Meta:
        verbose_name = _("team")
        verbose_name_plural = _("teams")
        ordering = ["position", "pk"]

    def __str__(self):
        return self.name


class Coordination(Mandate):
    """A coordinator of a team: may see and decide on its volunteers while the mandate lasts."""

    PARENT = "team"

    team = models.ForeignKey(Team, verbose_name=_("team"), on_delete=models.CASCADE, related_name="coordinations")
    sees_private_answers = models.BooleanField(
        _("sees private answers"), default=False, help_text=_("Phone, WeChat id, diet and notes of their volunteers.")
    )

    class Meta(Mandate.Meta):
        verbose_name = _("coordinator")
        verbose_name_plural = _("coordinators")
        constraints = [
            somebody_is_named("coordination_names_somebody"),
            mandate_ends_after_it_begins("coordination_ends_after_it_begins"),
        ]


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
        INSTANT = "instant", _("at once, while there is room")

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
        verbose_name = _("role")
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

    role = models.ForeignKey(Role, verbose_name=_("role"), on_delete=models.CASCADE, related_name="shifts")
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
