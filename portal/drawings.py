"""The addresses of drawn pictures: covers, share images and posters.

An address holds all that the picture shows, signed, so that it needs no row to be
drawn, may be kept for ever, and so that nobody can have the portal draw what no
page of it asked for.
"""

from dataclasses import fields
from functools import lru_cache

from django.core.signing import Signer
from django.urls import reverse

from portal.posters import Bill

COVER_RATIO = 1200 / 630

_covers = Signer(salt="portal.drawings.cover")
_share_images = Signer(salt="portal.drawings.share-image")
_defaults = {field.name: field.default for field in fields(Bill)}


@lru_cache(maxsize=4096)  # every list asks for the same ones, and to sign takes a while
def cover_url(seed, accent, ratio=COVER_RATIO):
    """Return the address of the cover that a slug and an accent such as "#d7263d" lead to."""
    return reverse("cover", args=[_covers.sign_object([seed, accent, round(ratio, 3)])])


def share_image_url(bill):
    """Return the address of the picture that a `Bill` tells."""
    return reverse("share-image", args=[_signed(bill)])


def poster_url(bill, shape):
    """Return the address of the poster of a `Bill` in one of the shapes of `portal.posters.SIZES`."""
    return reverse("poster", args=[shape, _signed(bill)])


@lru_cache(maxsize=1024)
def _signed(bill):
    told = {name: value for name, value in vars(bill).items() if value != _defaults[name]}
    return _share_images.sign_object(told, compress=True)


def read_cover(signed):
    """Return (seed, accent, ratio); raises `django.core.signing.BadSignature`."""
    return _covers.unsign_object(signed)


def read_share_image(signed):
    """Return the `Bill`; raises `django.core.signing.BadSignature`."""
    told = _share_images.unsign_object(signed)
    return Bill(**{**told, "guests": tuple(tuple(guest) for guest in told.get("guests", ()))})
