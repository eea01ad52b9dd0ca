"""Seats at an occasion: the desk that gives them out, and who holds one or waits."""

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from portal import dates
from portal.publishing import Owned, PrivateQuerySet

from .occasion import Occasion
from .record import Source
from .signups import Consent, Signup


class Asked(models.TextChoices):
    """Whether a form asks for something beyond its basics."""

    OFF = "off", _("not asked")
    OPTIONAL = "optional", _("optional")
    REQUIRED = "required", _("required")


class Desk(Owned):
    """The registration of an occasion: when it is open, how many seats, what it asks.

    `taken` counts the seats that are held: those given, those on offer, and
    companions. It changes only under the lock of this row, which keeps the
    count right and leaves the occasion's cached pages alone.
    """

    PARENT = "occasion"
    # Written under the lock alone, by name.
    KEPT_UNDER_LOCK = NOT_ON_PAGES = ("taken", "last_in_line", "told", "source")

    class Acceptance(models.TextChoices):
        INSTANT = "instant", _("a seat immediately, while there are any")
        APPROVAL = "approval", _("after an organizer says yes")

    occasion = models.OneToOneField(
        Occasion, verbose_name=_("occasion"), on_delete=models.CASCADE, related_name="desk", primary_key=True
    )
    opens_at = models.DateTimeField(_("opens"), null=True, blank=True, help_text=_("Empty: at once."))
    closes_at = models.DateTimeField(
        _("closes"), null=True, blank=True, help_text=_("Empty: when the occasion begins.")
    )
    capacity = models.PositiveIntegerField(_("seats"), null=True, blank=True, help_text=_("Empty: no limit."))
    taken = models.PositiveIntegerField(_("seats held"), default=0, editable=False)
    last_in_line = models.PositiveIntegerField(default=0, editable=False)
    # Time, place and standing as the registered know them; see `portal.telling`.
    told = models.JSONField(default=dict, editable=False)
    # Where the figures of who came are said to be from; see `portal.counting`.
    source = models.ForeignKey(Source, null=True, editable=False, on_delete=models.SET_NULL, related_name="+")
    acceptance = models.CharField(_("acceptance"), max_length=8, choices=Acceptance, default=Acceptance.INSTANT)
    offer_hours = models.PositiveSmallIntegerField(
        _("hours an offer holds"), default=24, help_text=_("How long a released seat waits for a yes.")
    )
    companions = models.PositiveSmallIntegerField(_("companions a guest may bring"), default=0)
    asks_organization = models.CharField(_("organization"), max_length=8, choices=Asked, default=Asked.OFF)
    asks_phone = models.CharField(_("phone"), max_length=8, choices=Asked, default=Asked.OFF)
    asks_question = models.CharField(_("question of your own"), max_length=8, choices=Asked, default=Asked.OFF)
    question = models.CharField(_("the question"), max_length=200, blank=True)
    retention_days = models.PositiveSmallIntegerField(
        _("days the data is kept afterwards"), default=30, help_text=_("Then contacts and answers are erased.")
    )

    class Meta:
        verbose_name = _("registration desk")
        verbose_name_plural = _("registration desks")
        constraints = [
            models.CheckConstraint(
                condition=Q(capacity__isnull=True) | Q(capacity__gt=0),
                name="desk_has_at_least_one_seat",
                violation_error_message=_("Leave the seats empty for no limit, or give at least one."),
            ),
            models.CheckConstraint(
                condition=Q(capacity__isnull=True) | Q(taken__lte=F("capacity")),
                name="desk_never_holds_more_than_its_seats",
                violation_error_message=_("More seats are held than that."),
            ),
            models.CheckConstraint(
                condition=Q(closes_at__isnull=True) | Q(opens_at__isnull=True) | Q(closes_at__gt=F("opens_at")),
                name="desk_closes_after_it_opens",
                violation_error_message=_("It cannot close before it opens."),
            ),
            models.CheckConstraint(
                condition=Q(offer_hours__gt=0),
                name="desk_offers_hold_for_a_while",
                violation_error_message=_("An offer holds for at least one hour."),
            ),
        ]

    def __str__(self):
        return str(self.occasion)

    def save(self, *args, **kwargs):
        """Save the settings; a form that was open for long writes no former counts over those of today."""
        if not self._state.adding and kwargs.get("update_fields") is None:
            names = {field.name for field in self._meta.concrete_fields if not field.primary_key}
            kwargs["update_fields"] = names - set(self.KEPT_UNDER_LOCK)
        super().save(*args, **kwargs)

    def facts(self):
        """Return what the registered must hear of when it changes: times, place, standing; plain values for JSON."""
        occasion = self.occasion
        return {
            "starts_at": occasion.starts_at.isoformat(),
            "ends_at": occasion.ends_at.isoformat() if occasion.ends_at else "",
            "place": occasion.place_zh_hans or occasion.place_en or "",
            "address": occasion.address_zh_hans or occasion.address_en or "",
            "standing": occasion.standing,
        }

    @property
    def seats_left(self):
        """Return the number of free seats, or None where there is no limit."""
        return None if self.capacity is None else self.capacity - self.taken

    def has_room_for(self, seats):
        return self.capacity is None or self.taken + seats <= self.capacity

    def is_open(self, now=None):
        """Return whether one may register: within its hours, the occasion stands and has not begun."""
        return self.occasion.is_published and not self.why_closed(now)

    def why_closed(self, now=None):
        """Return in a sentence why nobody may register now, or "" where one may."""
        now = now or timezone.now()
        if self.occasion.is_cancelled:
            return _("This is cancelled, and registration is closed.")
        if self.occasion.is_postponed:
            return _("This is postponed. Registration opens again when the new date is known.")
        if now >= self.occasion.starts_at:
            return _("This has begun already. Registration is closed.")
        if self.opens_at and now < self.opens_at:
            opens = dates.Span(self.opens_at, None, self.occasion.time_zone)
            return _("Registration opens on %(moment)s.") % {"moment": dates.written_with_clock(opens, get_language())}
        if self.closes_at and now >= self.closes_at:
            closed = dates.written_end(self.closes_at, self.occasion.time_zone, get_language())
            return _("Registration closed on %(moment)s.") % {"moment": closed}
        return ""


class Registration(Signup, Owned):
    """One person's seat, or place in line, with the companions they bring."""

    PARENT = "desk"
    TOKEN_KIND = "r"

    class State(models.TextChoices):
        UNCONFIRMED = "unconfirmed", _("address not confirmed")
        REQUESTED = "requested", _("waits for an answer")
        SEATED = "seated", _("has a seat")
        WAITING = "waiting", _("in line")
        OFFERED = "offered", _("is offered a seat")
        LAPSED = "lapsed", _("let an offer lapse")
        DECLINED = "declined", pgettext_lazy("of a seat", "declined")
        WITHDRAWN = "withdrawn", _("withdrawn")

    LIVE = (State.UNCONFIRMED, State.REQUESTED, State.SEATED, State.WAITING, State.OFFERED)
    HOLDING = (State.SEATED, State.OFFERED)
    MOVES = {
        State.UNCONFIRMED: {State.REQUESTED, State.SEATED, State.WAITING, State.WITHDRAWN},
        State.REQUESTED: {State.SEATED, State.WAITING, State.DECLINED, State.WITHDRAWN},
        State.SEATED: {State.WITHDRAWN},
        State.WAITING: {State.OFFERED, State.WITHDRAWN},
        State.OFFERED: {State.SEATED, State.LAPSED, State.WITHDRAWN},
        State.LAPSED: {State.SEATED, State.WAITING, State.WITHDRAWN},
        State.DECLINED: {State.SEATED, State.WAITING},
        State.WITHDRAWN: {State.SEATED, State.WAITING, State.REQUESTED},
    }

    desk = models.ForeignKey(Desk, verbose_name=_("occasion"), on_delete=models.CASCADE, related_name="registrations")
    organization = models.CharField(_("organization"), max_length=120, blank=True)
    phone = models.CharField(_("phone"), max_length=40, blank=True)
    answer = models.TextField(_("answer"), max_length=1000, blank=True)
    companions = models.JSONField(_("companions"), default=list, blank=True)
    approved_at = models.DateTimeField(_("approved"), null=True, editable=False)
    line_number = models.PositiveIntegerField(_("number in line"), null=True, editable=False)
    offer_ends_at = models.DateTimeField(_("offer holds until"), null=True, editable=False)
    checked_in_at = models.DateTimeField(_("came"), null=True, editable=False)
    reminded_at = models.DateTimeField(_("reminded"), null=True, editable=False)
    is_walk_in = models.BooleanField(_("walk-in"), default=False, editable=False)
    # Made where somebody was let in, so that what the network brings twice is told from two people of one name.
    walk_in_key = models.UUIDField(null=True, editable=False)

    objects = PrivateQuerySet.as_manager()

    class Meta:
        verbose_name = _("registration")
        verbose_name_plural = _("registrations")
        ordering = ["pk"]
        indexes = [models.Index(fields=["desk", "state", "line_number"])]
        constraints = [
            models.UniqueConstraint(
                fields=["desk", "email_normalised"],
                condition=Q(state__in=["unconfirmed", "requested", "seated", "waiting", "offered"])
                & ~Q(email_normalised=""),
                name="one_live_registration_per_address",
                violation_error_message=_("This address is registered already."),
            ),
            models.UniqueConstraint(
                fields=["desk", "walk_in_key"], condition=Q(walk_in_key__isnull=False), name="walk_in_counts_once"
            ),
            models.UniqueConstraint(fields=["desk", "line_number"], name="registration_has_its_own_number_in_line"),
            models.CheckConstraint(
                condition=~Q(state="waiting") | Q(line_number__isnull=False),
                name="registration_in_line_has_a_number",
            ),
            models.CheckConstraint(
                condition=Q(state="offered", offer_ends_at__isnull=False)
                | (~Q(state="offered") & Q(offer_ends_at__isnull=True)),
                name="registration_offer_has_an_end",
            ),
        ]

    @property
    def seats(self):
        """How many seats it needs: one, and one for each companion."""
        return 1 + len(self.companions)

    @property
    def place_in_line(self):
        """Return 1 for who is next, or None outside the line."""
        if self.state != self.State.WAITING:
            return None
        return self.desk.registrations.filter(state=self.State.WAITING, line_number__lt=self.line_number).count() + 1


class RegistrationConsent(Consent):
    """What a registered person agreed to."""

    registration = models.ForeignKey(Registration, on_delete=models.CASCADE, related_name="consents")

    class Meta:
        verbose_name = _("consent")
        verbose_name_plural = _("consents")
        constraints = [
            models.UniqueConstraint(
                fields=["registration", "purpose"],
                condition=Q(withdrawn_at__isnull=True),
                name="one_live_consent_per_purpose_of_a_registration",
            ),
        ]
