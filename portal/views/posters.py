"""Drawn pictures at addresses that hold what they show."""

from hashlib import sha256

from django.core.cache import cache
from django.core.signing import BadSignature
from django.http import Http404, HttpResponse
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag
from django.views.decorators.http import require_safe

from portal import covers, posters
from portal.drawings import read_cover, read_share_image

KEPT_SECONDS = 7 * 24 * 3600
FOR_EVER = "public, max-age=31536000, immutable"


@require_safe
def cover(request, signed):
    """Return the cover of an event without a picture, as SVG."""
    told = _read(read_cover, signed)
    return _drawn(request, signed, "image/svg+xml", lambda: covers.pattern_svg(*told))


@require_safe
def share_image(request, signed):
    """Return what other sites show beside a link, as PNG. Drawing takes a moment, so the picture is kept for a week."""
    bill = _read(read_share_image, signed)
    key = f"share-image:{_digest(signed)}"
    return _drawn(
        request,
        signed,
        "image/png",
        lambda: cache.get_or_set(key, lambda: posters.share_image(bill), KEPT_SECONDS),
    )


def _read(read, signed):
    try:
        return read(signed)
    except BadSignature as error:
        raise Http404("no page asked for this picture") from error


def _drawn(request, signed, content_type, draw):
    """Answer 304 to whoever has the picture already, before it is drawn."""
    etag = quote_etag(_digest(signed))
    response = get_conditional_response(request, etag=etag) or HttpResponse(draw())
    response.headers.update({"Content-Type": content_type, "Cache-Control": FOR_EVER, "ETag": etag})
    return response


def _digest(signed):
    return sha256(signed.encode()).hexdigest()[:32]
