"""City sites and the online main site of a conference, and the rooms inside them."""

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from portal.addresses import AsciiSlugField, Sluggable
from portal.models.albums import Album
from portal.models.occasion import Occasion
from portal.models.places import City, on_the_globe_or_nowhere, validate_time_zone
from portal.models.text import Rendered
from portal.publishing import Owned

from .conference import Conference


class Venue(Owned, Sluggable, Rendered):
    """A site of one conference; it can be cancelled by itself."""

    PARENT = "conference"
    SLUG_SCOPE = "conference"

    class Kind(models.TextChoices):
        MAIN = "main", _("main venue")
        CITY = "city", _("city venue")

    conference = models.ForeignKey(
        Conference, verbose_name=_("conference"), on_delete=models.CASCADE, related_name="venues"
    )
    slug = AsciiSlugField()
    name = models.CharField(_("name"), max_length=160)
    kind = models.CharField(_("kind"), max_length=4, choices=Kind, default=Kind.MAIN)
    is_online = models.BooleanField(_("online"), default=False)
    city = models.ForeignKey(
        City, verbose_name=_("city"), null=True, blank=True, on_delete=models.PROTECT, related_name="venues"
    )
    address = models.CharField(_("street address"), max_length=300, blank=True)
    latitude = models.DecimalField(_("latitude"), max_digits=8, decimal_places=5, null=True, blank=True)
    longitude = models.DecimalField(_("longitude"), max_digits=8, decimal_places=5, null=True, blank=True)
    time_zone = models.CharField(
        _("time zone"),
        max_length=40,
        blank=True,
        validators=[validate_time_zone],
        help_text=_("Empty: the conference's."),
    )
    opens_at = models.TimeField(
        _("opens"),
        null=True,
        blank=True,
        help_text=_("Every day, in local time; earlier sessions are pointed out to you."),
    )
    closes_at = models.TimeField(
        _("closes"), null=True, blank=True, help_text=_("Before it opens: that is after midnight.")
    )
    body = models.TextField(_("text"), blank=True, help_text=_("How to get there, what is where. Markdown."))
    body_html = models.TextField(editable=False, blank=True)
    standing = models.CharField(
        _("event status"), max_length=9, choices=Occasion.Standing, default=Occasion.Standing.SCHEDULED
    )
    standing_note = models.CharField(_("note on the event status"), max_length=300, blank=True)
    albums = models.ManyToManyField(Album, verbose_name=_("albums"), blank=True, related_name="venues")
    position = models.PositiveIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("venue")
        verbose_name_plural = _("venues")
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["conference", "slug"],
                name="venue_slug_is_unique_in_its_conference",
                violation_error_message=_("This address is taken."),
            ),
            models.CheckConstraint(
                condition=Q(is_online=False) | Q(city__isnull=True),
                name="online_venue_has_no_city",
                violation_error_message=_("An online venue has no city."),
            ),
            on_the_globe_or_nowhere("venue_is_on_the_globe"),
        ]

    def __str__(self):
        return self.name or self.slug

    def get_absolute_url(self):
        return reverse("venue", args=[self.conference.slug, self.slug])

    @property
    def is_cancelled(self):
        return self.standing == Occasion.Standing.CANCELLED


class Room(Owned):
    """A place inside a venue where sessions run."""

    PARENT = "venue"

    venue = models.ForeignKey(Venue, verbose_name=_("venue"), on_delete=models.CASCADE, related_name="rooms")
    slug = AsciiSlugField()
    name = models.CharField(_("name"), max_length=120)
    capacity = models.PositiveIntegerField(_("capacity"), null=True, blank=True)
    position = models.PositiveIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("room")
        verbose_name_plural = _("rooms")
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["venue", "slug"],
                name="room_slug_is_unique_in_its_venue",
                violation_error_message=_("This address is taken."),
            ),
        ]

    def __str__(self):
        return self.name
