"""The programme: sessions, who speaks, what remains of them."""

import uuid

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.crypto import get_random_string
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from portal.checks import StrictCheck
from portal.models.materials import Material, link_or_file
from portal.models.people import AsOfThen, StandInQuerySet
from portal.models.text import Rendered
from portal.publishing import Owned, OwnedQuerySet

from .codes import LEGIBLE
from .conference import Conference
from .forum import Forum, Production
from .venue import Room


def make_code():
    """Return six characters that name a session for good."""
    return get_random_string(6, LEGIBLE)


class SessionQuerySet(OwnedQuerySet):
    def without_abstracts(self):
        """Return the sessions as lists show them: what a page of its own tells of each is not fetched."""
        return self.defer("abstract", "abstract_html", "level", "uuid", "created_at", "updated_at")

    def with_remains(self):
        """Fetch what remains of each session, its materials, as the list `remains`; one query."""
        return self.prefetch_related(models.Prefetch("materials", to_attr="remains"))

    def within_mandates_of(self, user):
        return self.filter(
            Q(forum__in=Production.objects.scopes_of(user))
            | Q(conference__in=Conference.objects.within_mandates_of(user))
        )


class Session(Owned, Rendered):
    """One item of the programme, known for good by its code."""

    PARENT = "conference"
    MARKDOWN = {"abstract": "abstract_html"}

    class Kind(models.TextChoices):
        KEYNOTE = "keynote", _("keynote")
        TALK = "talk", _("talk")
        PANEL = "panel", _("panel")
        WORKSHOP = "workshop", _("workshop")
        LIGHTNING = "lightning", _("lightning talk")
        TALK_SHOW = "talk-show", _("talk show")
        CEREMONY = "ceremony", _("ceremony")
        SOCIAL = "social", _("gathering")
        BREAK = "break", _("break")

    class Level(models.TextChoices):
        UNKNOWN = "", _("not said")
        BEGINNER = "beginner", _("for everyone")
        INTERMEDIATE = "intermediate", _("some experience needed")
        ADVANCED = "advanced", _("for specialists")

    conference = models.ForeignKey(
        Conference, verbose_name=_("conference"), on_delete=models.CASCADE, related_name="sessions"
    )
    forum = models.ForeignKey(
        Forum, verbose_name=_("forum"), null=True, blank=True, on_delete=models.SET_NULL, related_name="sessions"
    )
    code = models.CharField(
        _("code"), max_length=6, default=make_code, validators=[RegexValidator(r"^[A-Z0-9]{6}\Z")], editable=False
    )
    uuid = models.UUIDField(default=uuid.uuid4, editable=False, unique=True)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind, default=Kind.TALK)
    title = models.CharField(_("title"), max_length=240)
    abstract = models.TextField(_("abstract"), blank=True, help_text=_("Markdown."))
    abstract_html = models.TextField(editable=False, blank=True)
    language = models.CharField(
        _("language"), max_length=20, blank=True, help_text=_("As a language tag: zh, en; several with commas.")
    )
    level = models.CharField(_("level"), max_length=12, choices=Level, blank=True, default=Level.UNKNOWN)
    room = models.ForeignKey(
        Room, verbose_name=_("room"), null=True, blank=True, on_delete=models.SET_NULL, related_name="sessions"
    )
    starts_at = models.DateTimeField(_("begins"), null=True, blank=True)
    ends_at = models.DateTimeField(_("ends"), null=True, blank=True)
    is_cancelled = models.BooleanField(_("cancelled"), default=False)
    is_featured = models.BooleanField(_("shown on the conference's page"), default=False)
    position = models.PositiveIntegerField(_("position"), default=0)

    objects = SessionQuerySet.as_manager()

    class Meta:
        verbose_name = _("session")
        verbose_name_plural = _("sessions")
        ordering = [F("starts_at").asc(nulls_last=True), "position", "pk"]
        indexes = [models.Index(fields=["conference", "starts_at"])]
        constraints = [
            models.UniqueConstraint(
                fields=["conference", "code"],
                name="session_code_is_unique_in_its_conference",
                violation_error_message=_("This code is taken."),
            ),
            models.CheckConstraint(
                condition=Q(ends_at__isnull=True) | Q(starts_at__isnull=False, ends_at__gt=F("starts_at")),
                name="session_ends_after_it_starts",
                violation_error_message=_("It cannot end before it begins."),
            ),
        ]

    def __str__(self):
        return self.title or self.code

    def get_absolute_url(self):
        return reverse("session", args=[self.conference.slug, self.code])

    def clean(self):
        super().clean()
        errors = {}
        if self.forum_id and self.forum.conference_id != self.conference_id:
            errors["forum"] = _("This forum belongs to another conference.")
        if self.room_id and self.room.venue.conference_id != self.conference_id:
            errors["room"] = _("This room belongs to another conference.")
        if errors:
            raise ValidationError(errors)


class Speaking(AsOfThen):
    """Someone on the stage of a session."""

    PARENT = "session"

    class Role(models.TextChoices):
        SPEAKER = "speaker", _("Speaker")
        PANELIST = "panelist", _("Panelist")
        MODERATOR = "moderator", _("Moderator")
        HOST = "host", pgettext_lazy("part", "Host")

    session = models.ForeignKey(Session, verbose_name=_("session"), on_delete=models.CASCADE, related_name="speakings")
    role = models.CharField(_("role"), max_length=10, choices=Role, default=Role.SPEAKER)

    objects = StandInQuerySet.as_manager()

    class Meta(AsOfThen.Meta):
        verbose_name = _("speaker")
        verbose_name_plural = _("speakers")
        constraints = [
            StrictCheck(
                condition=Q(person__isnull=False)
                | Q(organization__isnull=False)
                | Q(name_then_zh_hans__gt="")
                | Q(name_then_en__gt=""),
                name="speaking_names_somebody",
                violation_error_message=_("Choose a person or a project, or write a name."),
            ),
        ]

    @property
    def name(self):
        """The speaker's name; a project that presented itself stands in where nobody is named."""
        return super().name or self.organization_name


class SessionMaterial(Material):
    """What remains of a session: its recording, slides, transcript."""

    PARENT = "session"

    class Kind(models.TextChoices):
        RECORDING = "recording", _("Recording")
        SLIDES = "slides", _("Slides")
        TRANSCRIPT = "transcript", _("Transcript")
        ARTICLE = "article", _("Article")
        CODE = "code", _("Code")
        OTHER = "other", _("Link")

    session = models.ForeignKey(Session, verbose_name=_("session"), on_delete=models.CASCADE, related_name="materials")
    kind = models.CharField(_("kind"), max_length=10, choices=Kind, default=Kind.SLIDES)

    class Meta(Material.Meta):
        verbose_name = _("material")
        verbose_name_plural = _("materials")
        constraints = [link_or_file("session_material_is_a_link_or_a_file")]
