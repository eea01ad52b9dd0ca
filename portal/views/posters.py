"""Drawn pictures at addresses that hold what they show."""

from hashlib import sha256

from django.core.cache import cache
from django.core.signing import BadSignature
from django.http import Http404, HttpResponse
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from portal import covers, posters
from portal.drawings import read_cover, read_share_image
from portal.models import Community

KEPT_SECONDS = 7 * 24 * 3600
FOR_EVER = "public, max-age=31536000, immutable"
FOR_A_DAY = "public, max-age=86400"


@require_safe
def cover(request, signed):
    """Return the cover of an event without a picture, as SVG."""
    seed, accent, ratio = _read(read_cover, signed)
    drawn_in = accent or Community.current().accent
    return _drawn(
        request,
        _etag(signed, drawn_in),
        lambda: covers.pattern_svg(seed, drawn_in, ratio),
        {"Content-Type": "image/svg+xml", "Cache-Control": FOR_EVER if accent else FOR_A_DAY},
    )


@require_safe
def share_image(request, signed):
    """Return what other sites show beside a link, as PNG. Drawing takes a moment, so the picture is kept for a week."""
    bill = _read(read_share_image, signed)
    etag = _etag(signed)
    return _drawn(
        request,
        etag,
        lambda: cache.get_or_set(f"share-image:{etag}", lambda: posters.share_image(bill), KEPT_SECONDS),
        {"Content-Type": "image/png", "Cache-Control": FOR_EVER},
    )


def _read(read, signed):
    try:
        return read(signed)
    except BadSignature as error:
        raise Http404("no page asked for this picture") from error


def _etag(*told):
    return f'"{sha256(" ".join(told).encode()).hexdigest()[:32]}"'


def _drawn(request, etag, draw, headers):
    """Answer 304 to whoever has the picture already, before it is drawn."""
    response = get_conditional_response(request, etag=etag) or HttpResponse(draw())
    response.headers.update({**headers, "ETag": etag})
    return response
