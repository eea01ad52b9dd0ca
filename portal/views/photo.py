"""One photo, between its neighbours."""

from django.shortcuts import render
from django.utils.translation import gettext as _

from portal.albums import find_album, find_in_album, to_photos
from portal.languages import fallback_lang
from portal.meta import Crumb, Meta, way
from portal.pagecache.marking import public_page


@public_page()
def photo(request, album, photo):
    row = find_album(album)
    found = find_in_album(row, photo)
    title = found.photo.caption or _("Photo %(number)d of %(count)d") % {"number": found.number, "count": found.count}
    meta = Meta(
        title=f"{title} · {row.title}",
        description=found.photo.alt,
        crumbs=way(to_photos(), Crumb(row.title, row.get_absolute_url(), fallback_lang(row, "title")), Crumb(title)),
        image="" if found.photo.is_missing else found.photo.shown_url,
        told={"seed": row.slug, "accent": row.colour},
    )
    return render(request, "portal/photo.html", {"meta": meta, "album": row, "found": found, "title": title})
