"""The community of one city, and who leads it."""

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.addresses import AsciiSlugField, Sluggable
from portal.models.links import TypedLink
from portal.models.people import Mandate, mandate_ends_after_it_begins, somebody_is_named
from portal.models.places import City
from portal.models.text import Rendered
from portal.publishing import Publishable, PublishedQuerySet


class ChapterQuerySet(PublishedQuerySet):
    def within_mandates_of(self, user):
        return self.filter(pk__in=Leadership.objects.scopes_of(user))


class Chapter(Publishable, Sluggable, Rendered):
    """A city's chapter. Its group's QR code expires; then the contact note stands in its place."""

    slug = AsciiSlugField(unique=True)
    name = models.CharField(_("name"), max_length=80)
    city = models.ForeignKey(City, verbose_name=_("city"), on_delete=models.PROTECT, related_name="chapters")
    summary = models.TextField(_("summary"), blank=True, help_text=_("Two or three sentences, without formatting."))
    body = models.TextField(_("text"), blank=True, help_text=_("Markdown."))
    body_html = models.TextField(editable=False, blank=True)
    founded_on = models.DateField(_("founded"), null=True, blank=True)
    group_qr = models.ImageField(_("QR code of the group"), upload_to="groups/", blank=True)
    group_qr_expires_on = models.DateField(
        _("last day of the QR code"), null=True, blank=True, help_text=_("After it the contact note is shown instead.")
    )
    contact_note = models.TextField(_("how to join"), blank=True)
    # The last day that the leads have been told of; see `meetups.reminding`.
    group_qr_told_of = models.DateField(null=True, editable=False)
    template = models.ForeignKey(
        "meetups.Meetup",
        verbose_name=_("template of meetups"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("A meetup of the chapter, public or a draft, that new ones are made from. Empty: the last one."),
    )
    cover = models.ImageField(_("cover"), upload_to="chapters/", blank=True)
    cover_alt = models.CharField(_("what the cover shows"), max_length=200, blank=True)
    position = models.PositiveIntegerField(_("position"), default=0)

    objects = ChapterQuerySet.as_manager()

    class Meta:
        verbose_name = _("chapter")
        verbose_name_plural = _("chapters")
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(group_qr="") | Q(group_qr_expires_on__isnull=False),
                name="chapter_qr_has_a_last_day",
                violation_error_message=_("Say on which day the QR code expires."),
            ),
        ]

    def __str__(self):
        return self.name or self.slug

    def get_absolute_url(self):
        return reverse("chapter", args=[self.slug])

    @property
    def live_group_qr(self):
        """The QR code's file while it works, else None."""
        if not self.group_qr or self.group_qr_expires_on < timezone.localdate():
            return None
        return self.group_qr


class ChapterLink(TypedLink):
    """Where a chapter lives elsewhere."""

    PARENT = "chapter"

    class Kind(models.TextChoices):
        WEBSITE = "website", _("Website")
        GROUP = "group", _("Group")
        FORUM = "forum", _("Discussion")
        SOCIAL = "social", _("Social network")

    chapter = models.ForeignKey(Chapter, verbose_name=_("chapter"), on_delete=models.CASCADE, related_name="links")
    kind = models.CharField(_("kind"), max_length=8, choices=Kind, default=Kind.WEBSITE)

    class Meta(TypedLink.Meta):
        verbose_name = _("link")
        verbose_name_plural = _("links")


class Leadership(Mandate):
    """A lead of a chapter: may edit it and its meetups while the mandate lasts."""

    PARENT = "chapter"

    chapter = models.ForeignKey(
        Chapter, verbose_name=_("chapter"), on_delete=models.CASCADE, related_name="leaderships"
    )

    class Meta(Mandate.Meta):
        verbose_name = _("lead")
        verbose_name_plural = _("leads")
        constraints = [
            somebody_is_named("leadership_names_somebody"),
            mandate_ends_after_it_begins("leadership_ends_after_it_begins"),
        ]
