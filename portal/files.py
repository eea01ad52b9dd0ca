"""Files that the portal makes: answered with an ETag, and not made at all for whoever has them already."""

from hashlib import sha256

from django.http import HttpResponse
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag


def digest(text):
    """Return a short name for a text or bytes: the same for the same, another for any other."""
    return sha256(text.encode() if isinstance(text, str) else text).hexdigest()[:32]


def answer_file(request, name, make, content_type, cache_control):
    """Return the response with what `make()` returns; 304 without making it where the visitor has `name` already.

    `name` changes whenever the content does: the digest of the content, or of all that it is made from.
    """
    etag = quote_etag(name)
    response = get_conditional_response(request, etag=etag) or HttpResponse(make())
    response["Content-Type"], response["ETag"], response["Cache-Control"] = content_type, etag, cache_control
    return response
