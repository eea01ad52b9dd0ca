"""What volunteers are wanted for: the call, its teams, and who coordinates them."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from events.models.conference import Conference
from events.models.hours import WithinHours
from events.models.venue import Venue
from portal.addresses import AsciiSlugField, Sluggable
from portal.models.people import Mandate, mandate_ends_after_it_begins, somebody_is_named
from portal.models.registration import Asked
from portal.models.signups import PrivacyNotice
from portal.models.text import Rendered
from portal.publishing import Owned, OwnedQuerySet


class VolunteerCall(WithinHours, Owned, Sluggable, Rendered):
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
