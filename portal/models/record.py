"""The record of an occasion: what was counted, what happened, who was honoured, who took part."""

from django.db import models
from django.db.models import Q
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from modeltranslation.utils import build_localized_fieldname

from portal.checks import StrictCheck
from portal.entered import Entered, EnteredRows
from portal.publishing import Curated, Owned, SharedQuerySet
from portal.rights import ADMINISTRATOR, EDITOR

from .links import validate_web_address
from .occasion import Occasion
from .organizations import Organization
from .people import AsOfThen, Person, StandInQuerySet, somebody_is_named
from .text import Rendered


class SourceQuerySet(EnteredRows, SharedQuerySet):
    """Sources are never hidden, and belong to whoever wrote them down."""


class Source(Entered, Curated):
    """Where a fact was read: a report, a post, an organizer's count."""

    CURATORS = (ADMINISTRATOR, EDITOR)

    title = models.CharField(_("title"), max_length=240)
    publisher = models.CharField(_("published by"), max_length=160, blank=True)
    url = models.URLField(_("link"), max_length=500, blank=True, validators=[validate_web_address])
    dated = models.DateField(_("dated"), null=True, blank=True)
    note = models.TextField(
        _("note"), blank=True, help_text=_("What to know about it: gaps, mistakes, contradictions.")
    )

    objects = SourceQuerySet.as_manager()

    class Meta:
        verbose_name = _("source")
        verbose_name_plural = _("sources")
        ordering = ["-dated", "pk"]

    def __str__(self):
        return self.title


class Figure(Owned):
    """A counted fact, in its own unit and with its source; figures are never added up."""

    PARENT = "occasion"

    class Measure(models.TextChoices):
        PEOPLE_ON_SITE = "people-on-site", _("people on site")
        PEOPLE_ONLINE = "people-online", _("people online")
        NO_SHOWS = "no-shows", _("registered and did not come")
        VIEWS_ONLINE = "views-online", _("online views")
        SPEAKERS = "speakers", _("speakers")
        TALKS = "talks", _("talks")
        KEYNOTES = "keynotes", _("keynotes")
        PANELS = "panels", _("panels")
        WORKSHOPS = "workshops", _("hands-on camps")
        FORUMS = "forums", _("forums")
        CITIES = "cities", _("cities")
        VOLUNTEERS = "volunteers", _("volunteers")
        VOLUNTEER_CITIES = "volunteer-cities", _("cities volunteers came from")
        VOLUNTEER_UNIVERSITIES = "volunteer-universities", _("universities volunteers came from")
        COMMUNITIES = "communities", _("community partners")
        BOOTHS = "booths", _("community booths")
        MEDIA_REACH = "media-reach", _("reached through media partners")
        REGISTRATION_VIEWERS = "registration-viewers", _("viewers of the registration site")
        OTHER = "other", _("other")

    class Precision(models.TextChoices):
        EXACT = "exact", _("exactly")
        AT_LEAST = "at-least", pgettext_lazy("figure", "more than")
        ABOUT = "about", pgettext_lazy("figure", "about")
        NEARLY = "nearly", pgettext_lazy("figure", "nearly")

    occasion = models.ForeignKey(Occasion, verbose_name=_("occasion"), on_delete=models.CASCADE, related_name="figures")
    measure = models.CharField(_("measure"), max_length=24, choices=Measure)
    label = models.CharField(
        _("label"), max_length=120, blank=True, help_text=_("Empty: the measure's own. Say it as the source does.")
    )
    value = models.PositiveBigIntegerField(_("value"))
    unit = models.CharField(_("unit"), max_length=40, blank=True)
    precision = models.CharField(_("precision"), max_length=8, choices=Precision, default=Precision.EXACT)
    source = models.ForeignKey(Source, verbose_name=_("source"), on_delete=models.PROTECT, related_name="figures")
    is_featured = models.BooleanField(_("shown large"), default=False)
    position = models.PositiveIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("figure")
        verbose_name_plural = _("figures")
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["occasion", "measure"],
                condition=~Q(measure="other"),
                name="figure_is_counted_once",
                violation_error_message=_("This occasion already has that figure."),
            ),
        ]

    def __str__(self):
        return f"{self.name}: {self.value}"

    @property
    def name(self):
        return self.label or self.get_measure_display()

    @property
    def value_text(self):
        """The number with its separators: 261,705 in both languages, since Django groups no digits in Chinese."""
        return f"{self.value:,}"

    @property
    def unit_text(self):
        """The unit in the page's language; the label says what is counted, so that no other stands in."""
        return getattr(self, build_localized_fieldname("unit", get_language())) or ""

    @property
    def precision_text(self):
        """The word before the number, empty for an exact one."""
        return "" if self.precision == self.Precision.EXACT else self.get_precision_display()


class Highlight(Owned, Rendered):
    """A named moment: a launch, a signing, a project open-sourced on stage."""

    PARENT = "occasion"

    occasion = models.ForeignKey(
        Occasion, verbose_name=_("occasion"), on_delete=models.CASCADE, related_name="highlights"
    )
    title = models.CharField(_("title"), max_length=200)
    body = models.TextField(_("text"), blank=True, help_text=_("Markdown."))
    body_html = models.TextField(editable=False, blank=True)
    image = models.ImageField(_("picture"), upload_to="highlights/", blank=True)
    url = models.URLField(_("link"), max_length=500, blank=True, validators=[validate_web_address])
    people = models.ManyToManyField(Person, verbose_name=_("people"), blank=True, related_name="highlights")
    organizations = models.ManyToManyField(
        Organization, verbose_name=_("organizations"), blank=True, related_name="highlights"
    )
    source = models.ForeignKey(
        Source, verbose_name=_("source"), null=True, blank=True, on_delete=models.SET_NULL, related_name="highlights"
    )
    position = models.PositiveIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("highlight")
        verbose_name_plural = _("highlights")
        ordering = ["position", "pk"]

    def __str__(self):
        return self.title


class Award(Owned):
    """An award given at an occasion."""

    PARENT = "occasion"

    occasion = models.ForeignKey(Occasion, verbose_name=_("occasion"), on_delete=models.CASCADE, related_name="awards")
    name = models.CharField(_("name"), max_length=160)
    summary = models.TextField(_("what for"), blank=True)
    source = models.ForeignKey(
        Source, verbose_name=_("source"), null=True, blank=True, on_delete=models.SET_NULL, related_name="awards"
    )
    position = models.PositiveIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("award")
        verbose_name_plural = _("awards")
        ordering = ["position", "pk"]

    def __str__(self):
        return self.name


class AwardRecipient(AsOfThen):
    """Who received an award: a person, or an organization alone."""

    PARENT = "award"

    award = models.ForeignKey(Award, verbose_name=_("award"), on_delete=models.CASCADE, related_name="recipients")

    objects = StandInQuerySet.as_manager()

    class Meta(AsOfThen.Meta):
        verbose_name = _("recipient")
        verbose_name_plural = _("recipients")
        constraints = [
            StrictCheck(
                condition=Q(person__isnull=False)
                | Q(organization__isnull=False)
                | Q(name_then_zh_hans__gt="")
                | Q(name_then_en__gt=""),
                name="award_recipient_is_named",
                violation_error_message=_("Choose a person or an organization, or write a name."),
            ),
        ]

    @property
    def name(self):
        return super().name or self.organization_name


class Part(AsOfThen):
    """What a person did at an occasion besides speaking."""

    PARENT = "occasion"

    class Role(models.TextChoices):
        CHAIR = "chair", _("Chair")
        STEERING_COMMITTEE = "steering-committee", _("Steering committee")
        ORGANIZER = "organizer", pgettext_lazy("part", "Organizer")
        HOST = "host", pgettext_lazy("part", "Host")
        WELCOME = "welcome", _("Welcome speech")
        OPENING = "opening", _("Opening speech")
        GREETING = "greeting", _("Greeting")
        GUEST = "guest", _("Guest")
        SPEAKER = "speaker", _("Speaker")
        INTERVIEWEE = "interviewee", _("Interview")
        LAUNCH = "launch", _("Launch on stage")

    occasion = models.ForeignKey(Occasion, verbose_name=_("occasion"), on_delete=models.CASCADE, related_name="parts")
    role = models.CharField(_("role"), max_length=20, choices=Role)
    note = models.CharField(_("note"), max_length=300, blank=True)
    url = models.URLField(_("link"), max_length=500, blank=True, validators=[validate_web_address])

    class Meta(AsOfThen.Meta):
        verbose_name = _("part")
        verbose_name_plural = _("parts")
        constraints = [somebody_is_named("part_names_somebody")]
