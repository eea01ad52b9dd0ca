"""Calls for proposals, what people propose, and what reviewers think of it."""

import re

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from portal.models.people import Person

from .conference import Conference
from .forum import Forum, Production
from .programme import Session
from .submissions import OpenCall, Submission, SubmissionConsent, SubmissionQuerySet, call_closes_after_it_opens

PROPOSED_KINDS = [
    (kind.value, kind.label)
    for kind in (
        Session.Kind.TALK,
        Session.Kind.LIGHTNING,
        Session.Kind.WORKSHOP,
        Session.Kind.PANEL,
        Session.Kind.KEYNOTE,
        Session.Kind.TALK_SHOW,
    )
]


def kinds_by_default():
    return [Session.Kind.TALK.value, Session.Kind.LIGHTNING.value]


def validate_kinds(kinds):
    if not kinds or not set(kinds) <= {kind for kind, _label in PROPOSED_KINDS}:
        raise ValidationError(_("Choose at least one kind of session."))


def validate_lengths(text):
    if text and not re.fullmatch(r"\d{1,3}(?:[ ,、，]+\d{1,3})*", text.strip()):
        raise ValidationError(_("Minutes, with commas between: 20, 40."))


class ProposalCall(OpenCall):
    """A call for proposals of a conference: for some of its forums, or for the conference as a whole."""

    conference = models.ForeignKey(
        Conference, verbose_name=_("conference"), on_delete=models.CASCADE, related_name="proposal_calls"
    )
    forums = models.ManyToManyField(
        Forum,
        verbose_name=_("forums"),
        blank=True,
        related_name="proposal_calls",
        help_text=_("Each gets a form of its own, and its producers review it. None: the organizers do."),
    )
    takes_without_forum = models.BooleanField(
        _("also without a forum"), default=False, help_text=_("For people who do not know where it fits.")
    )
    kinds = models.JSONField(_("kinds of session"), default=kinds_by_default, validators=[validate_kinds])
    lengths = models.CharField(
        _("lengths"),
        max_length=40,
        blank=True,
        validators=[validate_lengths],
        help_text=_("Minutes to choose from: 20, 40. Empty: not asked."),
    )

    class Meta(OpenCall.Meta):
        verbose_name = _("call for proposals")
        verbose_name_plural = _("calls for proposals")
        constraints = [call_closes_after_it_opens("proposal_call_closes_after_it_opens")]

    def get_absolute_url(self):
        return reverse("proposals", args=[self.conference.slug])

    @property
    def minutes(self):
        """The lengths to choose from, as a list of numbers."""
        return sorted({int(length) for length in re.findall(r"\d+", self.lengths)})

    @property
    def chosen_kinds(self):
        """The kinds to choose from, as pairs of value and words."""
        return [(kind, label) for kind, label in PROPOSED_KINDS if kind in self.kinds]


class ProposalQuerySet(SubmissionQuerySet):
    def within_mandates_of(self, user):
        """A producer sees what is proposed to their forum; a conference's organizers see all of it."""
        return self.filter(
            Q(forum__in=Production.objects.scopes_of(user))
            | Q(call__conference__in=Conference.objects.within_mandates_of(user))
        )


class Proposal(Submission):
    """A session that somebody would like to hold; accepted, it has a `session` in the programme."""

    TOKEN_KIND = "p"
    SENT_OFTEN = True
    PERSONAL = ("title_zh_hans", "title_en", "abstract_zh_hans", "abstract_en", "notes", "answer")

    call = models.ForeignKey(
        ProposalCall,
        verbose_name=pgettext_lazy("for proposals or booths", "call"),
        on_delete=models.CASCADE,
        related_name="proposals",
    )
    forum = models.ForeignKey(
        Forum, verbose_name=_("forum"), null=True, blank=True, on_delete=models.SET_NULL, related_name="proposals"
    )
    # Not django-modeltranslation's: nobody but its proposer writes these.
    title_zh_hans = models.CharField(_("title in Chinese"), max_length=240, blank=True)
    title_en = models.CharField(_("title in English"), max_length=240, blank=True)
    abstract_zh_hans = models.TextField(_("abstract in Chinese"), max_length=5000, blank=True)
    abstract_en = models.TextField(_("abstract in English"), max_length=5000, blank=True)
    kind = models.CharField(_("kind"), max_length=10, choices=Session.Kind, default=Session.Kind.TALK)
    minutes = models.PositiveSmallIntegerField(_("minutes"), null=True, blank=True)
    level = models.CharField(_("level"), max_length=12, choices=Session.Level, blank=True)
    spoken = models.CharField(_("language of the session"), max_length=20, blank=True)
    notes = models.TextField(_("notes to the reviewers"), max_length=2000, blank=True)
    # Halves of the conference's days, as `events.availability` calls them; none is all the time.
    available = models.JSONField(_("can be there"), default=list, db_default=[], blank=True)
    session = models.OneToOneField(
        Session, verbose_name=_("session"), null=True, editable=False, on_delete=models.SET_NULL
    )
    # The keys of the session's materials that the proposer put up, and so may take away.
    put_up = models.JSONField(default=list, editable=False)

    objects = ProposalQuerySet.as_manager()

    class Meta:
        verbose_name = _("proposal")
        verbose_name_plural = _("proposals")
        ordering = ["pk"]
        indexes = [models.Index(fields=["call", "state"]), models.Index(fields=["email_normalised"])]

    def __str__(self):
        return self.title or f"#{self.pk}"

    @property
    def title(self):
        return self.in_either("title")

    @property
    def abstract(self):
        return self.in_either("abstract")


class ProposalSpeaker(models.Model):
    """Someone who would speak. Accepted, they have a `person`; `is_new` where the acceptance made it."""

    MOST = 4

    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="speakers")
    name = models.CharField(pgettext_lazy("of a person", "name"), max_length=80)
    title = models.CharField(_("title"), max_length=120, blank=True)
    organization = models.CharField(_("organization"), max_length=120, blank=True)
    bio = models.TextField(_("bio"), max_length=2000, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    person = models.ForeignKey(
        Person, verbose_name=_("person"), null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    is_new = models.BooleanField(default=False, editable=False)
    position = models.PositiveSmallIntegerField(_("position"), default=1)

    class Meta:
        verbose_name = _("speaker")
        verbose_name_plural = _("speakers")
        ordering = ["position", "pk"]

    def __str__(self):
        return self.name


class ProposalReview(models.Model):
    """What one reviewer thinks of a proposal; never shown to who proposed it."""

    LOWEST, HIGHEST = 1, 5

    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="reviews")
    reviewer = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("reviewer"), null=True, on_delete=models.SET_NULL, related_name="+"
    )
    score = models.PositiveSmallIntegerField(
        _("score"), null=True, blank=True, validators=[MinValueValidator(LOWEST), MaxValueValidator(HIGHEST)]
    )
    comment = models.TextField(_("comment"), max_length=2000, blank=True)
    written_at = models.DateTimeField(_("written"), auto_now=True)

    class Meta:
        verbose_name = _("review")
        verbose_name_plural = _("reviews")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["proposal", "reviewer"], name="one_review_of_a_proposal_by_each"),
            models.CheckConstraint(
                condition=Q(score__isnull=True) | Q(score__range=(1, 5)), name="proposal_score_is_one_to_five"
            ),
        ]

    def __str__(self):
        return f"{self.proposal}: {self.score or '–'}"


class ProposalConsent(SubmissionConsent):
    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="consents")

    class Meta:
        verbose_name = _("consent")
        verbose_name_plural = _("consents")
