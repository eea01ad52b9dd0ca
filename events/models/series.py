"""A conference that recurs, and who organizes it."""

from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.addresses import AsciiSlugField, Sluggable
from portal.models.community import validate_colour
from portal.models.organizations import Organization
from portal.models.people import Mandate, mandate_ends_after_it_begins, somebody_is_named
from portal.models.text import Rendered
from portal.publishing import Curated, CuratedQuerySet


class SeriesQuerySet(CuratedQuerySet):
    def public(self, now, way=""):
        """Take the series of which at least one edition is public."""
        conferences = self.model._meta.get_field("conferences").related_model.objects.published(now)
        return models.Q(models.Exists(conferences.filter(series=models.OuterRef(f"{way}pk"))))

    def with_editions(self):
        """Add `edition_count`, and `first_at` and `last_at`, when the first and the last public edition begin."""
        public = models.Q(conferences__published_at__lte=timezone.now())
        return self.annotate(
            edition_count=models.Count("conferences", filter=public),
            first_at=models.Min("conferences__starts_at", filter=public),
            last_at=models.Max("conferences__starts_at", filter=public),
        )

    def within_mandates_of(self, user):
        return self.filter(pk__in=Organizing.objects.scopes_of(user))


class Series(Curated, Sluggable, Rendered):
    """COSCon, GOTC: one name, an edition a year."""

    slug = AsciiSlugField(unique=True)
    name = models.CharField(_("name"), max_length=80)
    full_name = models.CharField(_("full name"), max_length=160, blank=True)
    summary = models.TextField(_("summary"), blank=True, help_text=_("Two or three sentences, without formatting."))
    body = models.TextField(_("text"), blank=True, help_text=_("Markdown."))
    body_html = models.TextField(editable=False, blank=True)
    accent = models.CharField(_("accent colour"), max_length=7, default="#1f6f5c", validators=[validate_colour])
    logo = models.ImageField(_("logo"), upload_to="series/", blank=True)
    organization = models.ForeignKey(
        Organization,
        verbose_name=_("host"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="series",
    )
    position = models.PositiveIntegerField(_("position"), default=0)

    objects = SeriesQuerySet.as_manager()

    class Meta:
        verbose_name = _("series")
        verbose_name_plural = _("series")
        ordering = ["position", "pk"]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("series", args=[self.slug])


class Organizing(Mandate):
    """Gives a person's user every conference of a series."""

    PARENT = "series"

    series = models.ForeignKey(Series, verbose_name=_("series"), on_delete=models.CASCADE, related_name="organizers")

    class Meta(Mandate.Meta):
        verbose_name = _("organizer of a series")
        verbose_name_plural = _("organizers of series")
        constraints = [
            somebody_is_named("organizing_names_somebody"),
            mandate_ends_after_it_begins("organizing_ends_after_it_begins"),
        ]
