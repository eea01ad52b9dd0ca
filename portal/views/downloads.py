"""Photos at full size, where their licence lets anybody have them: one, or an album as a ZIP."""

from django.http import Http404, StreamingHttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from portal.albums import find_album, offered
from portal.archives import archive_of
from portal.views.media import opened, stored_file


@require_safe
def photo(request, album, photo):
    row = get_object_or_404(find_album(album).photos.published().free(), pk=photo)
    suffix = row.image.name.rpartition(".")[2]
    return stored_file(opened(row.image.name), row.image.name, "no-store", saved_as=f"{album}-{photo}.{suffix}")


@require_safe
def album(request, album):
    row = find_album(album)
    if not offered(row)["count"]:
        raise Http404("nothing of this album may be downloaded")
    response = StreamingHttpResponse(archive_of(row), content_type="application/zip")
    response["Content-Disposition"] = f'attachment; filename="{album}.zip"'
    response["Cache-Control"] = "no-store"
    return response
