"""The files that organizers put up, from wherever they are kept: a folder or an S3 store."""

import mimetypes
import posixpath

from django.core.exceptions import SuspiciousOperation
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404
from django.views.decorators.http import require_safe

# Originals are for organizers, and for everybody where the licence allows it: views of their own answer them. What is
# held between a preview and its button is nobody's but the sender's.
NOT_PUBLIC = ("originals/", "held/")
# What a browser may show in its place; anything else, PDF and SVG above all, is handed over to be saved.
SHOWN = {"image/avif", "image/webp", "image/jpeg", "image/png", "image/gif"}
# A visitor's browser keeps a photo for a week; a cache in between asks again within the hour, since photos are removed.
CACHING = "public, max-age=604800, s-maxage=3600"


@require_safe
def media(request, name):
    """Answer a stored file by its name; 404 for what is not there, not public, or reaches out of the store."""
    if posixpath.normpath(name) != name or name.startswith(NOT_PUBLIC) or "\\" in name or "\0" in name:
        raise Http404(name)
    return stored_file(opened(name), name, CACHING)


def opened(name):
    """Return the stored file of that name, open for reading; raises Http404 where it is not in the store."""
    try:
        return default_storage.open(name)
    except (OSError, SuspiciousOperation) as problem:
        raise Http404(name) from problem


def stored_file(file, name, caching, saved_as=""):
    """Return the response with an open file: shown by browsers only if it is a picture and is not to be `saved_as`."""
    content_type = mimetypes.guess_type(name)[0] or "application/octet-stream"
    response = FileResponse(
        file,
        as_attachment=bool(saved_as) or content_type not in SHOWN,
        filename=saved_as or posixpath.basename(name),
        content_type=content_type,
    )
    response["Cache-Control"] = caching
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response
