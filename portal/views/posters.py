"""Drawn pictures at addresses that hold what they show."""

from django.core.cache import caches
from django.core.signing import BadSignature
from django.http import Http404
from django.views.decorators.http import require_safe

from portal import covers, posters
from portal.drawings import read_cover, read_share_image
from portal.files import answer_file, digest
from portal.pagecache.marking import public_page

KEPT_SECONDS = 7 * 24 * 3600
FOR_EVER = "public, max-age=31536000, immutable"


@public_page(caching=None)
@require_safe
def cover(request, signed):
    """Return the cover of an event without a picture, as SVG."""
    told = _read(read_cover, signed)
    return answer_file(request, digest(signed), lambda: covers.pattern_svg(*told), "image/svg+xml", FOR_EVER)


@public_page(caching=None)
@require_safe
def share_image(request, signed):
    """Return what other sites show beside a link, as PNG."""
    return _drawn(request, "wide", signed)


@public_page(caching=None)
@require_safe
def poster(request, shape, signed):
    """Return a poster, as PNG."""
    if shape not in posters.SIZES:
        raise Http404("no such shape")
    return _drawn(request, shape, signed)


def _drawn(request, shape, signed):
    """Drawing takes a moment, so the picture is kept for a week."""
    bill = _read(read_share_image, signed)
    name = digest(f"{shape} {signed}")

    def drawn_once():
        return caches["drawings"].get_or_set(f"poster:{name}", lambda: posters.poster(bill, shape), KEPT_SECONDS)

    return answer_file(request, name, drawn_once, "image/png", FOR_EVER)


def _read(read, signed):
    try:
        return read(signed)
    except BadSignature as error:
        raise Http404("no page asked for this picture") from error
