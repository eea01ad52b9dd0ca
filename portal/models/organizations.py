"""Organizations, the names they went by, and what they did for an occasion."""

from functools import cached_property

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from portal.addresses import AsciiSlugField, Sluggable
from portal.entered import Entered, EnteredQuerySet
from portal.publishing import Curated, Owned, OwnedQuerySet, Publishable, SharedQuerySet
from portal.referring import may_refer
from portal.rights import ADMINISTRATOR, EDITOR

from .occasion import Occasion


class Organization(Entered, Publishable, Sluggable):
    """A company, foundation, community or project; its names change, the row stays."""

    CURATORS = (ADMINISTRATOR, EDITOR)

    class Kind(models.TextChoices):
        COMPANY = "company", _("company")
        FOUNDATION = "foundation", _("foundation")
        COMMUNITY = "community", _("community")
        UNIVERSITY = "university", _("university")
        GOVERNMENT = "government", _("government")
        ASSOCIATION = "association", _("association or alliance")
        MEDIA = "media", _("media")
        PROJECT = "project", _("project")
        OTHER = "other", _("other")

    slug = AsciiSlugField(unique=True)
    name = models.CharField(_("name"), max_length=160)
    kind = models.CharField(_("kind"), max_length=12, choices=Kind, default=Kind.COMPANY)
    summary = models.TextField(_("summary"), blank=True)
    made_by = models.ForeignKey(
        "self",
        verbose_name=_("made by"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="projects",
        help_text=_("The organization behind a project, for example PingCAP for TiDB."),
    )
    website = models.URLField(_("website"), max_length=300, blank=True)
    logo = models.ImageField(_("logo"), upload_to="logos/", blank=True)

    objects = EnteredQuerySet.as_manager()

    class Meta:
        verbose_name = _("organization")
        verbose_name_plural = _("organizations")
        ordering = ["slug"]
        constraints = [
            models.CheckConstraint(
                condition=Q(made_by__isnull=True) | ~Q(made_by=models.F("pk")),
                name="organization_is_not_made_by_itself",
                violation_error_message=_("An organization cannot be made by itself."),
            ),
        ]

    def __str__(self):
        return self.name or self.slug

    def get_absolute_url(self):
        return reverse("organization", args=[self.slug])

    @cached_property
    def may_have_other_names(self):
        return may_refer(OrganizationName, organization=self)

    def name_on(self, day):
        """Return the name in use on that day: a former name whose years cover it, else the name of today.

        Reads `self.names`, so prefetch it for lists, of those that `may_have_other_names`.
        """
        for former in self.names.all() if self.may_have_other_names else ():
            if former.covers(day):
                return former.name
        return self.name


class OrganizationName(Owned):
    """Another name of an organization: a former one with its years, a short form, a spelling."""

    PARENT = "organization"

    organization = models.ForeignKey(Organization, on_delete=models.CASCADE, related_name="names")
    name = models.CharField(_("name"), max_length=160)
    since = models.DateField(_("in use from"), null=True, blank=True)
    until = models.DateField(
        _("in use until"),
        null=True,
        blank=True,
        help_text=_(
            "With a last day, it is shown for the years it was in use; without, it only helps to find the page."
        ),
    )

    class Meta:
        verbose_name = _("other name")
        verbose_name_plural = _("other names")
        ordering = ["-until", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(since__isnull=True) | Q(until__isnull=True) | Q(until__gte=models.F("since")),
                name="organization_name_ends_after_it_begins",
                violation_error_message=_("It cannot end before it begins."),
            ),
        ]

    def __str__(self):
        return self.name

    def covers(self, day):
        """Return whether the name was the one in use on that day."""
        return self.until is not None and day <= self.until and (self.since is None or day >= self.since)


class PartnerLevel(Curated):
    """A role or a sponsor level, in the order and the size that the organizers promised."""

    CURATORS = (ADMINISTRATOR,)

    class Display(models.TextChoices):
        ROW = "row", _("a row of its own")
        LARGE = "large", _("large")
        MEDIUM = "medium", _("medium")
        SMALL = "small", _("small")
        TEXT = "text", _("name only")

    class Role(models.TextChoices):
        HOST = "host", _("Host")
        CO_HOST = "co-host", _("Co-host")
        CO_ORGANIZER = "co-organizer", _("Co-organizer")
        ORGANIZER = "organizer", _("Organizer")
        GUIDANCE = "guidance", _("Guidance")
        SPONSOR = "sponsor", _("Sponsor")
        COMMUNITY = "community", _("Community partner")
        MEDIA = "media", _("Media partner")
        LIVE_STREAM = "live-stream", _("Live-stream partner")
        REGISTRATION = "registration", _("Registration partner")
        VENUE = "venue", _("Venue partner")
        EXHIBITOR = "exhibitor", _("Exhibitor")
        OTHER = "other", _("Partner")

    slug = AsciiSlugField(unique=True)
    role = models.CharField(_("role"), max_length=12, choices=Role)
    name = models.CharField(_("name"), max_length=80)
    display = models.CharField(_("how logos are shown"), max_length=6, choices=Display, default=Display.MEDIUM)
    position = models.PositiveIntegerField(_("position"), default=0)

    objects = SharedQuerySet.as_manager()

    class Meta:
        verbose_name = _("partner level")
        verbose_name_plural = _("partner levels")
        ordering = ["position", "pk"]

    def __str__(self):
        return self.name


class PartnershipQuerySet(OwnedQuerySet):
    def public(self, now, way=""):
        """Leave out, with the rows of drafts, those of organizations that are not public themselves."""
        return super().public(now, way) & models.Q((f"{way}organization__published_at__lte", now))

    def as_a_wall(self):
        """Return a list of the rows by the levels that the organizers promised, with no more than their wall shows.

        Of the other names of an organization, `name_on()` asks for those alone that were in use until some day.
        """
        shown = [f"organization__{name}" for name in ("name", "slug", "logo")]
        level = [f"level__{name}" for name in ("name", "display", "role")]
        rows = self.select_related("level", "organization").only("shown_as", "note", "occasion", *level, *shown)
        rows = list(rows.order_by("level__position", "level", "position", "pk"))
        renamed = [row for row in rows if row.organization.may_have_other_names]
        former = models.Prefetch("organization__names", OrganizationName.objects.exclude(until=None))
        models.prefetch_related_objects(renamed, former)
        return rows


class Partnership(Owned):
    """What an organization was to an occasion."""

    PARENT = "occasion"

    occasion = models.ForeignKey(
        Occasion, verbose_name=_("occasion"), on_delete=models.CASCADE, related_name="partnerships"
    )
    organization = models.ForeignKey(
        Organization, verbose_name=_("organization"), on_delete=models.PROTECT, related_name="partnerships"
    )
    level = models.ForeignKey(
        PartnerLevel,
        verbose_name=pgettext_lazy("partnership", "level"),
        on_delete=models.PROTECT,
        related_name="partnerships",
    )
    shown_as = models.CharField(
        _("shown as"),
        max_length=160,
        blank=True,
        help_text=_("Its name at the time, if it differs from what its dated names say."),
    )
    note = models.CharField(_("note"), max_length=200, blank=True)
    position = models.PositiveIntegerField(_("position"), default=0)

    objects = PartnershipQuerySet.as_manager()

    class Meta:
        verbose_name = _("partnership")
        verbose_name_plural = _("partnerships")
        ordering = ["level__position", "position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["occasion", "organization", "level"],
                name="partnership_is_said_once",
                violation_error_message=_("This organization already has that role here."),
            ),
        ]

    def __str__(self):
        return f"{self.organization} · {self.level}"

    @property
    def name(self):
        """The organization's name as of the occasion."""
        return self.shown_as or self.organization.name_on(self.occasion.starts_on)
