"""A volunteer's application. Never public, and erased when it is no longer needed."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from portal.models.signups import Consent, Signup
from portal.publishing import Owned, PrivateQuerySet

from .call import Coordination, VolunteerCall
from .roles import Role


class ApplicationQuerySet(PrivateQuerySet):
    """Nobody's application is ever public."""

    def within_mandates_of(self, user):
        """A coordinator sees who ranked or holds a role of their teams; a conference's organizers see all of it."""
        teams = Coordination.objects.scopes_of(user)
        holding = self.model._meta.get_field("assignments").related_model.objects.filter(role__team__in=teams)
        return self.filter(
            Q(pk__in=RankedRole.objects.filter(role__team__in=teams).values("application"))
            | Q(pk__in=holding.values("application"))
            | Q(call__in=VolunteerCall.objects.filter(conference__in=_conferences_of(user)))
        )


def _conferences_of(user):
    conferences = VolunteerCall._meta.get_field("conference").related_model
    return conferences.objects.within_mandates_of(user)


class Application(Signup, Owned):
    """What one person tells a call: who, from where, which roles, when.

    `merged_into` is set on a duplicate: it holds nothing but the old link, which leads to the other one.
    """

    PARENT = "call"
    TOKEN_KIND = "v"

    class State(models.TextChoices):
        UNCONFIRMED = "unconfirmed", _("address not confirmed")
        SUBMITTED = "submitted", _("waits for an answer")
        ACCEPTED = "accepted", _("accepted")
        WAITLISTED = "waitlisted", _("on the waiting list")
        OFFERED = "offered", _("is offered a place")
        DECLINED = "declined", _("declined")
        WITHDRAWN = "withdrawn", _("withdrawn")
        COMPLETED = "completed", _("completed")
        ANONYMISED = "anonymised", _("erased")

    class AgeBand(models.TextChoices):
        UNDER_14 = "0-13", _("under 14")
        UNDER_18 = "14-17", _("14 to 17")
        ADULT = "18+", _("18 or older")

    LIVE = (State.UNCONFIRMED, State.SUBMITTED, State.ACCEPTED, State.WAITLISTED, State.OFFERED)
    MOVES = {
        State.UNCONFIRMED: {State.SUBMITTED, State.WITHDRAWN, State.ANONYMISED},
        State.SUBMITTED: {
            State.ACCEPTED,
            State.WAITLISTED,
            State.DECLINED,
            State.WITHDRAWN,
            State.ANONYMISED,
        },
        State.WAITLISTED: {State.OFFERED, State.ACCEPTED, State.DECLINED, State.WITHDRAWN, State.ANONYMISED},
        State.OFFERED: {State.ACCEPTED, State.WAITLISTED, State.WITHDRAWN, State.ANONYMISED},
        State.ACCEPTED: {State.COMPLETED, State.WITHDRAWN, State.ANONYMISED},
        State.DECLINED: {State.SUBMITTED, State.ANONYMISED},
        State.WITHDRAWN: {State.SUBMITTED, State.ACCEPTED, State.ANONYMISED},
        State.COMPLETED: {State.ANONYMISED},
        State.ANONYMISED: set(),
    }

    call = models.ForeignKey(
        VolunteerCall, verbose_name=_("call"), on_delete=models.CASCADE, related_name="applications"
    )
    city = models.CharField(_("city"), max_length=80)
    age_band = models.CharField(_("age"), max_length=5, choices=AgeBand, blank=True)
    availability = models.TextField(_("availability"), max_length=500, blank=True)
    university = models.CharField(_("university"), max_length=120, blank=True)
    languages = models.CharField(_("languages"), max_length=160, blank=True)
    skills = models.CharField(_("skills"), max_length=300, blank=True)
    shirt_size = models.CharField(_("T-shirt size"), max_length=8, blank=True)
    diet = models.CharField(_("diet"), max_length=160, blank=True)
    phone = models.CharField(_("phone"), max_length=40, blank=True)
    wechat = models.CharField(_("WeChat id"), max_length=60, blank=True)
    note = models.TextField(_("note"), max_length=1000, blank=True)
    offered_role = models.ForeignKey(
        Role, verbose_name=_("role on offer"), null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    offer_ends_at = models.DateTimeField(_("offer holds until"), null=True, editable=False)
    reminded_days = models.PositiveSmallIntegerField(
        _("last reminder, days before"), null=True, blank=True, editable=False
    )
    merged_into = models.ForeignKey(
        "self",
        verbose_name=_("merged into"),
        null=True,
        editable=False,
        on_delete=models.CASCADE,
        related_name="merged",
    )

    objects = ApplicationQuerySet.as_manager()

    class Meta:
        verbose_name = _("application")
        verbose_name_plural = _("applications")
        ordering = ["pk"]
        indexes = [models.Index(fields=["call", "state"]), models.Index(fields=["email_normalised"])]
        permissions = [("see_private_answers_application", _("Can see phone, WeChat id, diet and notes"))]
        constraints = [
            models.UniqueConstraint(
                fields=["call", "email_normalised"],
                condition=Q(state__in=["unconfirmed", "submitted", "accepted", "waitlisted", "offered"])
                & ~Q(email_normalised=""),
                name="one_live_application_per_address",
                violation_error_message=_("This address has applied already."),
            ),
            models.CheckConstraint(
                condition=Q(state="offered", offer_ends_at__isnull=False)
                | (~Q(state="offered") & Q(offer_ends_at__isnull=True)),
                name="application_offer_has_an_end",
            ),
        ]

    @property
    def survivor(self):
        return self.merged_into or self

    def revoke_links(self):
        """End the links of those that were merged into this one, too: they lead here."""
        super().revoke_links()
        self.merged.update(link_version=F("link_version") + 1)


class RankedRole(models.Model):
    """One of up to three roles a volunteer would like, the first with rank 1."""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="ranked_roles")
    role = models.ForeignKey(
        Role, verbose_name=pgettext_lazy("of a volunteer", "role"), on_delete=models.CASCADE, related_name="ranked_by"
    )
    rank = models.PositiveSmallIntegerField(_("rank"))

    class Meta:
        verbose_name = _("ranked role")
        verbose_name_plural = _("ranked roles")
        ordering = ["rank"]
        constraints = [
            models.UniqueConstraint(fields=["application", "role"], name="role_is_ranked_once"),
            models.UniqueConstraint(fields=["application", "rank"], name="rank_is_given_once"),
            models.CheckConstraint(condition=Q(rank__range=(1, 3)), name="rank_is_one_to_three"),
        ]

    def __str__(self):
        return f"{self.rank}. {self.role}"


class ApplicationConsent(Consent):
    """What a volunteer agreed to; for the credit, under which name."""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="consents")
    credit_name = models.CharField(_("thanked as"), max_length=80, blank=True)

    class Meta:
        verbose_name = _("consent")
        verbose_name_plural = _("consents")
        constraints = [
            models.UniqueConstraint(
                fields=["application", "purpose"],
                condition=Q(withdrawn_at__isnull=True),
                name="one_live_consent_per_purpose_of_an_application",
            ),
        ]

    @property
    def data(self):
        return {**super().data, "thanked_as": self.credit_name}
