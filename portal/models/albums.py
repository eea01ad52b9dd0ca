"""Albums and their photos."""

import secrets

from django.core.files.storage import default_storage
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from portal.addresses import AsciiSlugField, Sluggable
from portal.entered import Entered
from portal.missing import missing_anywhere
from portal.publishing import Owned, OwnedQuerySet, Publishable, PublishedQuerySet
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


# Whoever asks may have the photo at full size.
FREE_LICENCES = (Licence.CC0, Licence.CC_BY, Licence.CC_BY_SA, Licence.CC_BY_NC)

# How each format that pages load is named, and what it is called in HTTP.
SUFFIXES = {"avif": "avif", "jpeg": "jpg", "webp": "webp"}


class AlbumQuerySet(PublishedQuerySet):
    def within_mandates_of(self, user):
        """Return the albums of the user's occasions, and those the user made of no occasion."""
        return self.filter(
            Q(occasion__in=Occasion.objects.within_mandates_of(user)) | Q(occasion=None, entered_by=user)
        )

    def counted(self):
        """Add `photo_count`, and `first_photo`: the key of the first photo whose file is at hand, or None.

        For the albums of a page, not for a list that is yet to be cut: a database counts before it sorts.
        """
        photos = self.model._meta.get_field("photos").related_model.objects.filter(album=models.OuterRef("pk"))
        shown = photos.filter(hidden_at=None).order_by().values("album").annotate(count=models.Count("pk"))
        return self.annotate(
            photo_count=Coalesce(models.Subquery(shown.values("count")), 0),
            first_photo=models.Subquery(photos.exclude(key="").values("pk")[:1]),
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
    credit = models.CharField(pgettext_lazy("of a photo", "credit"), max_length=200, blank=True)
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


def name_of_original(photo, filename):
    """Return where an original lies: a name that nobody guesses, and that no name of a rendition tells."""
    return f"originals/{secrets.token_hex(16)}.{filename.rpartition('.')[2]}"


class PhotoQuerySet(OwnedQuerySet):
    def public(self, now, way=""):
        return super().public(now, way) & Q((f"{way}hidden_at", None))

    def in_a_grid(self):
        """Leave out what a grid of photos does not show."""
        return self.only("album", "key", "widths", "fallback", "width", "height", "placeholder", "caption", "alt")

    def in_the_making(self):
        """Return the photos that are shown, and whose renditions the worker has yet to make."""
        return self.filter(key="", hidden_at=None, unreadable_since=None).exclude(image="")

    def free(self):
        """Return the photos whose file is at hand, and whose licence, or their album's, lets anybody have it."""
        own, of_album = Q(licence__in=FREE_LICENCES), Q(licence="", album__licence__in=FREE_LICENCES)
        return self.exclude(image="").filter(own | of_album, unreadable_since=None)


class Photo(Owned):
    """One photograph; where its file is not at hand, its place is kept by a drawn placeholder.

    `image` is the original without its metadata. Pages show its renditions, whose
    names follow from `key`, `widths` and `fallback`; without a `key` there are none.
    """

    PARENT = "album"

    album = models.ForeignKey(Album, verbose_name=_("album"), on_delete=models.CASCADE, related_name="photos")
    image = models.FileField(_("file"), upload_to=name_of_original, blank=True, max_length=200, editable=False)
    width = models.PositiveIntegerField(null=True, blank=True, editable=False)
    height = models.PositiveIntegerField(null=True, blank=True, editable=False)
    size = models.PositiveIntegerField(null=True, blank=True, editable=False, help_text="Of the original, in bytes.")
    sha256 = models.CharField(max_length=64, blank=True, editable=False, help_text="Of the file as it was sent.")
    key = models.CharField(max_length=32, blank=True, editable=False)
    widths = models.JSONField(default=list, editable=False)
    fallback = models.CharField(max_length=4, blank=True, editable=False, help_text="The format beside AVIF.")
    placeholder = models.TextField(blank=True, editable=False)
    hidden_at = models.DateTimeField(_("hidden"), null=True, blank=True, editable=False)
    unreadable_since = models.DateTimeField(
        null=True, editable=False, help_text="When the worker found the original missing, or damaged."
    )
    caption = models.CharField(_("caption"), max_length=300, blank=True)
    alt = models.CharField(_("what it shows"), max_length=300, blank=True)
    photographer = models.ForeignKey(
        Person, verbose_name=_("photographer"), null=True, blank=True, on_delete=models.SET_NULL, related_name="photos"
    )
    credit = models.CharField(
        pgettext_lazy("of a photo", "credit"), max_length=200, blank=True, help_text=_("Empty: the album's.")
    )
    licence = models.CharField(_("licence"), max_length=24, choices=Licence, blank=True, default=Licence.UNKNOWN)
    source_url = models.URLField(_("source"), max_length=500, blank=True, validators=[validate_web_address])
    taken_at = models.DateTimeField(_("taken at"), null=True, blank=True)
    people = models.ManyToManyField(Person, verbose_name=_("people"), blank=True, related_name="appears_in")
    position = models.PositiveIntegerField(
        _("position"), default=0, help_text=_("Photos with the same position are ordered by the time they were taken.")
    )

    objects = PhotoQuerySet.as_manager()

    class Meta:
        verbose_name = _("photo")
        verbose_name_plural = _("photos")
        ordering = ["position", F("taken_at").asc(nulls_last=True), "pk"]
        # What waits for a translator is counted on the organizers' start page, and photos are by far the most rows.
        indexes = [
            models.Index(
                fields=["id"],
                name="photo_lacks_a_translation",
                condition=missing_anywhere(["caption", "alt", "credit"]),
            ),
        ]
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

    @property
    def is_free(self):
        """Whether anybody may have the original."""
        is_at_hand = bool(self.image) and self.unreadable_since is None
        return is_at_hand and (self.licence or self.album.licence) in FREE_LICENCES

    @property
    def is_in_the_making(self):
        """As `PhotoQuerySet.in_the_making` says of many."""
        return bool(self.image) and not self.key and self.hidden_at is None and self.unreadable_since is None

    def rendition_name(self, width, kind):
        """Return the name in the store of the rendition in a width and a format ("avif", "jpeg", "webp")."""
        return f"{self.rendition_stem}-{width}.{SUFFIXES[kind]}"

    @property
    def rendition_stem(self):
        """What the names of all its renditions begin with; nothing in it needs to be quoted in an address."""
        return f"photos/{self.key[:2]}/{self.key}"

    def rendition_names(self):
        """Return the names in the store of all that pages load of this photo."""
        return [self.rendition_name(width, kind) for width in self.widths for kind in ("avif", self.fallback)]

    def rendition_url(self, wanted, kind=""):
        """Return the address of the rendition next above `wanted` pixels, or of the widest; the fallback by default."""
        width = next((width for width in sorted(self.widths) if width >= wanted), max(self.widths))
        return default_storage.url(self.rendition_name(width, kind or self.fallback))

    def srcset(self, kind=""):
        """Return the renditions of a format as `srcset` says them; the fallback's by default."""
        # A grid names six hundred of them: what all of a photo begin with is asked of the store once.
        start, suffix = default_storage.url(self.rendition_stem), SUFFIXES[kind or self.fallback]
        return ", ".join(f"{start}-{width}.{suffix} {width}w" for width in sorted(self.widths))

    @property
    def thumbnail_url(self):
        return self.rendition_url(0)
