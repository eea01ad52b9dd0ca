"""What calls of a conference have in common, and what people send to them: proposals, and applications for a stand."""

from datetime import timedelta

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from portal.models.signups import Consent, PrivacyNotice, Signup
from portal.models.text import Rendered
from portal.publishing import Owned, PrivateQuerySet

from .hours import WithinHours


class OpenCall(WithinHours, Owned, Rendered):
    """A call of a conference that anyone may answer while it is open; a subclass says for what."""

    PARENT = "conference"

    title = models.CharField(_("title"), max_length=160)
    body = models.TextField(_("text"), blank=True, help_text=_("What you look for, and what is offered. Markdown."))
    body_html = models.TextField(editable=False, blank=True)
    opens_at = models.DateTimeField(_("opens"))
    closes_at = models.DateTimeField(_("closes"))
    notice = models.ForeignKey(
        PrivacyNotice,
        verbose_name=_("privacy notice"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text=_("Empty: the latest one."),
    )
    retention_days = models.PositiveSmallIntegerField(
        _("days the data is kept afterwards"), default=60, help_text=_("Then contacts and answers are erased.")
    )

    class Meta:
        abstract = True
        ordering = ["closes_at", "pk"]

    def __str__(self):
        return self.title or f"#{self.pk}"


def call_closes_after_it_opens(name):
    return models.CheckConstraint(
        condition=Q(closes_at__gt=F("opens_at")),
        name=name,
        violation_error_message=_("It cannot close before it opens."),
    )


class SubmissionQuerySet(PrivateQuerySet):
    """What was sent in confidence: seen by whoever may answer it, and by nobody else; what comes of it is public."""

    def to_review(self):
        """Leave out whose address nobody confirmed, and what is erased."""
        return self.exclude(state__in=[Submission.State.UNCONFIRMED, Submission.State.ANONYMISED])

    def due_for_erasure(self, now):
        """Return what was confirmed and whose call's days of retention are over."""
        calls = self.model._meta.get_field("call").related_model.objects
        over = calls.filter(conference__over_at__lte=now).select_related("conference")
        due = [call.pk for call in over if call.conference.over_at + timedelta(days=call.retention_days) <= now]
        return self.filter(call__in=due, erased_at=None).exclude(state=Submission.State.UNCONFIRMED)


class Submission(Signup, Owned):
    """What one person sends to a call, and how it stands. Never public, and erased when it is no longer needed.

    A subclass has a `call`, consents named `consents`, and says in `PERSONAL`
    which columns are emptied with name and address when it is erased.
    """

    PARENT = "call"
    PERSONAL = ()

    class State(models.TextChoices):
        UNCONFIRMED = "unconfirmed", _("address not confirmed")
        SUBMITTED = "submitted", _("waits for an answer")
        WAITING = "waiting", _("on the waiting list")
        ACCEPTED = "accepted", pgettext_lazy("submission", "accepted")
        CONFIRMED = "confirmed", _("accepted, and they come")
        DECLINED = "declined", pgettext_lazy("submission", "declined")
        WITHDRAWN = "withdrawn", _("withdrawn")
        ANONYMISED = "anonymised", _("erased")

    LIVE = (State.UNCONFIRMED, State.SUBMITTED, State.WAITING, State.ACCEPTED, State.CONFIRMED)
    TAKEN = (State.ACCEPTED, State.CONFIRMED)
    MOVES = {
        State.UNCONFIRMED: {State.SUBMITTED, State.WITHDRAWN, State.ANONYMISED},
        State.SUBMITTED: {State.ACCEPTED, State.WAITING, State.DECLINED, State.WITHDRAWN, State.ANONYMISED},
        State.WAITING: {State.ACCEPTED, State.DECLINED, State.WITHDRAWN, State.ANONYMISED},
        State.ACCEPTED: {State.CONFIRMED, State.WITHDRAWN, State.ANONYMISED},
        State.CONFIRMED: {State.WITHDRAWN, State.ANONYMISED},
        State.DECLINED: {State.SUBMITTED, State.ANONYMISED},
        State.WITHDRAWN: {State.SUBMITTED, State.ACCEPTED, State.ANONYMISED},
        State.ANONYMISED: set(),
    }

    answer = models.TextField(_("a word to them"), max_length=1000, blank=True, help_text=_("Goes into the mail."))

    objects = SubmissionQuerySet.as_manager()

    class Meta:
        abstract = True

    def in_either(self, name):
        """Return a text that is told in Chinese, in English or in both, in the language that is asked for first."""
        own, other = ("zh_hans", "en") if self.language.startswith("zh") else ("en", "zh_hans")
        return getattr(self, f"{name}_{own}") or getattr(self, f"{name}_{other}")


class SubmissionConsent(Consent):
    """What somebody agreed to who sent something to a call."""

    class Purpose(models.TextChoices):
        RUN = "run", _("run the event")
        PUBLISH = "publish", _("show it in public")

    purpose = models.CharField(_("purpose"), max_length=8, choices=Purpose)

    class Meta:
        abstract = True
