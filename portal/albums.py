"""Finding an album, and a photo among its neighbours."""

from dataclasses import dataclass

from django.db.models import Count, Prefetch, Sum
from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _

from portal.addresses import get_published
from portal.context import the_community
from portal.dressing import coloured, dressed_photos
from portal.meta import Crumb
from portal.models import Album, Person, Photo
from portal.pagecache.known import once_a_generation


@dataclass(frozen=True)
class InAlbum:
    """A photo, dressed, as the `number`th of `count`; the neighbours are primary keys or None."""

    photo: Photo
    number: int
    count: int
    before: int | None
    after: int | None

    @property
    def credited(self):
        """The row that says whose the photo is: itself, or the album where the photo says nothing."""
        return self.photo if self.photo.credit else self.photo.album

    @property
    def photographer(self):
        return self.photo.photographer or self.photo.album.photographer

    @property
    def licence(self):
        return (self.photo if self.photo.licence else self.photo.album).get_licence_display()

    @property
    def source_url(self):
        return self.photo.source_url or self.photo.album.source_url


@once_a_generation
def find_album(slug):
    """Return the published album with its `colour`, which the pages of its photos share; raises Http404 or Moved."""
    album = get_published(Album.objects.select_related("photographer", "occasion"), slug)
    return coloured([album], the_community().accent)[0]


@once_a_generation
def keys_of(album):
    """Return the primary keys of its published photos in their order, which tells each its number and neighbours."""
    return list(album.photos.published().values_list("pk", flat=True))


def find_in_album(album, key):
    """Return the `InAlbum` of a photo's primary key; raises Http404."""
    keys = keys_of(album)
    if key not in keys:
        raise Http404(f"no photo {key} in {album.slug}")
    people = Prefetch("people", Person.objects.published())
    photos = album.photos.published().filter(pk=key).select_related("photographer").prefetch_related(people)
    photo = next(iter(dressed_photos(photos, album.colour)), None)
    if photo is None:
        raise Http404(f"photo {key} of {album.slug} has gone since")
    place = keys.index(key)
    return InAlbum(
        photo,
        number=place + 1,
        count=len(keys),
        before=keys[place - 1] if place else None,
        after=keys[place + 1] if place + 1 < len(keys) else None,
    )


def offered(album):
    """Return how many photos of the album anybody may have at full size, and their size in bytes together."""
    return album.photos.published().free().order_by().aggregate(count=Count("pk"), size=Sum("size", default=0))


def to_photos():
    """Return the crumb that leads to all albums."""
    return Crumb(_("Photos"), reverse("photos"))
