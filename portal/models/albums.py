"""Albums and their photos."""

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from portal.addresses import AsciiSlugField, Sluggable
from portal.publishing import Entered, Owned, Publishable, PublishedQuerySet
from portal.rights import ADMINISTRATOR, EDITOR

from .links import validate_web_address
from .occasion import Occasion
from .people import Person


class Licence(models.TextChoices):
    UNKNOWN = "", _("not said")
    CC0 = "CC0-1.0", "CC0 1.0"
    CC_BY = "CC-BY-4.0", "CC BY 4.0"
    CC_BY_SA = "CC-BY-SA-4.0", "CC BY-SA 4.0"
    CC_BY_NC = "CC-BY-NC-4.0", "CC BY-NC 4.0"
    ALL_RIGHTS_RESERVED = "all-rights-reserved", _("All rights reserved")


class AlbumQuerySet(PublishedQuerySet):
    def within_mandates_of(self, user):
        """Return the albums of the user's occasions, and those the user made of no occasion."""
        return self.filter(
            Q(occasion__in=Occasion.objects.within_mandates_of(user)) | Q(occasion=None, entered_by=user)
        )

    def with_covers(self):
        """Add `photo_count`, and `first_photos`: a list of the first photo whose file is at hand, or of none."""
        photos = self.model._meta.get_field("photos").related_model.objects
        return (
            self.select_related("cover", "occasion")
            .annotate(photo_count=models.Count("photos"))
            .prefetch_related(models.Prefetch("photos", photos.exclude(image="")[:1], to_attr="first_photos"))
        )


class Album(Entered, Publishable, Sluggable):
    """Photos of one occasion, with their credit and licence."""

    CURATORS = (ADMINISTRATOR, EDITOR)

    slug = AsciiSlugField(unique=True)
    title = models.CharField(_("title"), max_length=160)
    summary = models.TextField(_("summary"), blank=True)
    occasion = models.ForeignKey(
        Occasion, verbose_name=_("occasion"), null=True, blank=True, on_delete=models.SET_NULL, related_name="albums"
    )
    taken_on = models.DateField(_("taken on"), null=True, blank=True)
    photographer = models.ForeignKey(
        Person, verbose_name=_("photographer"), null=True, blank=True, on_delete=models.SET_NULL, related_name="albums"
    )
    credit = models.CharField(_("credit"), max_length=200, blank=True)
    licence = models.CharField(_("licence"), max_length=24, choices=Licence, blank=True, default=Licence.UNKNOWN)
    source_url = models.URLField(_("source"), max_length=500, blank=True, validators=[validate_web_address])
    cover = models.ForeignKey(
        "Photo", verbose_name=_("cover"), null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    objects = AlbumQuerySet.as_manager()

    class Meta:
        verbose_name = _("album")
        verbose_name_plural = _("albums")
        ordering = ["-taken_on", "-pk"]
        indexes = [models.Index(fields=["-taken_on", "-id"])]

    def __str__(self):
        return self.title or self.slug

    def get_absolute_url(self):
        return reverse("album", args=[self.slug])


class Photo(Owned):
    """One photograph; where its file is not at hand, its place is kept by a drawn placeholder."""

    PARENT = "album"

    album = models.ForeignKey(Album, verbose_name=_("album"), on_delete=models.CASCADE, related_name="photos")
    image = models.ImageField(
        _("file"), upload_to="photos/", blank=True, width_field="width", height_field="height", max_length=200
    )
    width = models.PositiveIntegerField(null=True, blank=True, editable=False)
    height = models.PositiveIntegerField(null=True, blank=True, editable=False)
    sha256 = models.CharField(max_length=64, blank=True, editable=False)
    caption = models.CharField(_("caption"), max_length=300, blank=True)
    alt = models.CharField(_("what it shows"), max_length=300, blank=True)
    photographer = models.ForeignKey(
        Person, verbose_name=_("photographer"), null=True, blank=True, on_delete=models.SET_NULL, related_name="photos"
    )
    credit = models.CharField(_("credit"), max_length=200, blank=True, help_text=_("Empty: the album's."))
    licence = models.CharField(_("licence"), max_length=24, choices=Licence, blank=True, default=Licence.UNKNOWN)
    source_url = models.URLField(_("source"), max_length=500, blank=True, validators=[validate_web_address])
    taken_at = models.DateTimeField(_("taken at"), null=True, blank=True)
    people = models.ManyToManyField(Person, verbose_name=_("people"), blank=True, related_name="appears_in")
    position = models.PositiveIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("photo")
        verbose_name_plural = _("photos")
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["album", "sha256"],
                condition=~Q(sha256=""),
                name="photo_is_in_its_album_once",
                violation_error_message=_("This photo is already in the album."),
            ),
        ]

    def __str__(self):
        return self.caption or f"{self.album} {self.pk}"

    def get_absolute_url(self):
        return reverse("photo", args=[self.album.slug, self.pk])
