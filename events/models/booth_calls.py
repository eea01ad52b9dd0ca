"""Calls for stands of the bazaar and the exhibition, and who applies for one."""

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from portal.models.links import validate_web_address

from .booths import Booth
from .conference import Conference
from .submissions import OpenCall, Submission, SubmissionConsent, SubmissionQuerySet, call_closes_after_it_opens


class BoothCall(OpenCall):
    """A call for stands of one kind."""

    conference = models.ForeignKey(
        Conference, verbose_name=_("conference"), on_delete=models.CASCADE, related_name="booth_calls"
    )
    kind = models.CharField(_("kind"), max_length=10, choices=Booth.Kind, default=Booth.Kind.BAZAAR)

    class Meta(OpenCall.Meta):
        verbose_name = _("call for booths")
        verbose_name_plural = _("calls for booths")
        constraints = [
            call_closes_after_it_opens("booth_call_closes_after_it_opens"),
            models.UniqueConstraint(
                fields=["conference", "kind"],
                name="one_booth_call_of_a_kind",
                violation_error_message=_("There is a call for this kind of booth already."),
            ),
        ]

    def get_absolute_url(self):
        return reverse("booth-apply", args=[self.conference.slug, self.kind])


class BoothApplicationQuerySet(SubmissionQuerySet):
    def within_mandates_of(self, user):
        return self.filter(call__conference__in=Conference.objects.within_mandates_of(user))


class BoothApplication(Submission):
    """Who would like a stand, for what; accepted, it has a `booth`, which the public list shows."""

    TOKEN_KIND = "b"
    PERSONAL = ("title_zh_hans", "title_en", "summary_zh_hans", "summary_en", "url", "phone", "needs", "answer")

    call = models.ForeignKey(
        BoothCall,
        verbose_name=pgettext_lazy("for proposals or booths", "call"),
        on_delete=models.CASCADE,
        related_name="applications",
    )
    title_zh_hans = models.CharField(_("name of the booth in Chinese"), max_length=160, blank=True)
    title_en = models.CharField(_("name of the booth in English"), max_length=160, blank=True)
    summary_zh_hans = models.TextField(_("what is shown, in Chinese"), max_length=600, blank=True)
    summary_en = models.TextField(_("what is shown, in English"), max_length=600, blank=True)
    url = models.URLField(_("link"), max_length=500, blank=True, validators=[validate_web_address])
    phone = models.CharField(_("phone"), max_length=40, blank=True)
    people = models.PositiveSmallIntegerField(_("people at the booth"), null=True, blank=True)
    needs = models.TextField(_("what you need"), max_length=1000, blank=True)
    # The key of the venue and the spot of the stand that a withdrawal took off, as {"venue", "spot"}.
    gave_back = models.JSONField(default=dict, db_default={}, editable=False)
    booth = models.OneToOneField(
        Booth, verbose_name=_("booth"), null=True, editable=False, on_delete=models.SET_NULL, related_name="application"
    )

    objects = BoothApplicationQuerySet.as_manager()

    class Meta:
        verbose_name = _("application for a booth")
        verbose_name_plural = _("applications for booths")
        ordering = ["pk"]
        indexes = [models.Index(fields=["call", "state"]), models.Index(fields=["email_normalised"])]
        constraints = [
            models.UniqueConstraint(
                fields=["call", "email_normalised"],
                condition=Q(state__in=["unconfirmed", "submitted", "waiting", "accepted", "confirmed"])
                & ~Q(email_normalised=""),
                name="one_live_booth_application_per_address",
                violation_error_message=_("This address has applied already."),
            ),
        ]

    def __str__(self):
        return self.title or f"#{self.pk}"

    @property
    def title(self):
        return self.in_either("title")

    @property
    def summary(self):
        return self.in_either("summary")


class BoothConsent(SubmissionConsent):
    application = models.ForeignKey(BoothApplication, on_delete=models.CASCADE, related_name="consents")

    class Meta:
        verbose_name = _("consent")
        verbose_name_plural = _("consents")
