"""Albums: the list of them, and one with its photos."""

from copy import copy

from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portal.album_filters import AlbumFilters
from portal.albums import find_album, keys_of, offered, to_photos
from portal.context import community_of
from portal.dressing import dressed_albums, dressed_photos, pictured
from portal.languages import fallback_lang
from portal.listing import Listing
from portal.meta import Crumb, Meta, way
from portal.models import Album
from portal.pagecache.marking import public_page
from portal.paging import paged

PHOTOS_PER_PAGE = 60


@public_page(*AlbumFilters.base_filters, "page")
def photos(request):
    listing = Listing(request, AlbumFilters, Album.objects.published())
    meta = Meta(
        title=_("Photos"),
        description=_("Albums of conferences and meetups, with credit and licence."),
        crumbs=way(Crumb(_("Photos"))),
        query=listing.query,
        is_indexed=not listing.is_filtered,
    )
    context = {
        "meta": meta,
        "listing": listing,
        "albums": dressed_albums(listing.page, community_of(request).accent),
        "count_text": ngettext("%(count)d album", "%(count)d albums", listing.count) % {"count": listing.count},
    }
    return render(request, "portal/photos.html", context)


@public_page("page")
def album(request, album):
    [row] = pictured([copy(find_album(album))])
    part = paged(request, keys_of(row), PHOTOS_PER_PAGE)
    photos = row.photos.published().filter(pk__in=part.page.object_list).in_a_grid()
    meta = Meta(
        title=row.title,
        description=row.summary,
        crumbs=way(to_photos(), Crumb(row.title, lang=fallback_lang(row, "title"))),
        image=row.cover_picture,
        told={"seed": row.slug, "accent": row.colour, "kicker": _("Photos")},
        query=part.query,
    )
    context = {
        "meta": meta,
        "album": row,
        "paged": part,
        "photos": dressed_photos(photos, row.colour),
        "download": offered(row),
    }
    return render(request, "portal/album.html", context)
