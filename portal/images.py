"""Checking the pictures that people send, and making the sizes that pages show.

    received = receive(upload)              one decoding for all that follows
    received.facts                          what the file is, when taken and by whom
    received.original                       its bytes without metadata, the pixels untouched
    renditions(received.image, widths)      {(width, "avif"): bytes, (width, "jpeg"): bytes, ...}
    placeholder(received.image)             a data: address, to stand there until the picture comes

A file is judged by its content, never by its name. What is decoded is the stripped
file, so nothing that a camera or an attacker added reaches a decoder.
"""

import base64
import hashlib
import re
import struct
import threading
import zlib
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from io import BytesIO

import pillow_heif
from django.utils.translation import gettext_lazy as _
from PIL import ExifTags, Image, ImageCms, ImageFilter, ImageOps

from portal.exif import credit, parsed_exif, time_taken
from portal.stripping import Damaged, strip_jpeg, strip_png, strip_webp
from portal.stripping_heif import strip_heif

pillow_heif.register_heif_opener()

MOST_BYTES = 40 * 2**20
LONGEST_SIDE = 20_000
# What a decoder may be given, in pixels: each takes another share of memory, up to 16 bytes a pixel for WebP.
MOST_PIXELS = {"jpeg": 64_000_000, "png": 64_000_000, "heif": 50_000_000, "avif": 50_000_000, "webp": 28_000_000}
MOST_FRAMES = 60
LARGE = 16_000_000  # pixels; larger ones are decoded one at a time in a process
LARGEST_WIDTH = 2560
PLACEHOLDER_BYTES = 600

FORMATS = {"jpeg": "JPEG", "png": "PNG", "webp": "WEBP", "avif": "AVIF", "heif": "HEIF"}
STRIPPERS = {"jpeg": strip_jpeg, "png": strip_png, "webp": strip_webp, "avif": strip_heif, "heif": strip_heif}
HEIF_BRANDS = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"}
# What Pillow and the libraries under it raise for a file that is not what it says.
DECODER_ERRORS = (
    *(OSError, ValueError, SyntaxError, EOFError, LookupError, TypeError, ArithmeticError, RuntimeError, MemoryError),
    *(struct.error, zlib.error),
)


class BadImage(ValueError):
    """A picture that is refused; `str()` of it is the reason, for who sent it."""


@dataclass(frozen=True)
class ImageFacts:
    """What is known of a picture: upright width and height in pixels, and of the file as it was sent.

    `kind` is one of `FORMATS`. `taken_at` is naive where the camera did not tell its
    time zone: then it is the wall clock of the place. `credit` is whom the
    camera names as artist, owner or holder of the copyright, or "".
    """

    kind: str
    width: int
    height: int
    sha256: str
    size: int
    taken_at: datetime | None
    credit: str


@dataclass(frozen=True)
class Received:
    """An accepted picture; `image` is upright, sRGB, RGB or RGBA, and no longer than what was asked for."""

    facts: ImageFacts
    original: bytes
    image: Image.Image


def receive(file, longest=LARGEST_WIDTH):
    """Check, strip and decode a picture, in one go. Raises `BadImage`.

    `file` is a binary file, from its beginning; `longest` is the most pixels that either side of the image is to have.
    """
    data = _read(file)
    kind = _kind_of(data)
    stripped = _stripped(data, kind)
    image, (width, height) = _decoded(stripped.data, kind, longest)
    tags = parsed_exif(stripped.exif)
    facts = ImageFacts(kind, width, height, hashlib.sha256(data).hexdigest(), len(data), time_taken(tags), credit(tags))
    return Received(facts, stripped.data, image)


def _read(file):
    file.seek(0)
    data = file.read(MOST_BYTES + 1)
    if len(data) > MOST_BYTES:
        raise BadImage(_("The file is larger than %(most)s MB.") % {"most": MOST_BYTES // 2**20})
    return data


def _kind_of(data):
    if data.startswith(b"\xff\xd8\xff"):
        return "jpeg"
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return "png"
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "webp"
    if data[4:8] == b"ftyp":
        end = min(int.from_bytes(data[:4]), 256)
        brands = {data[8:12], *(data[at : at + 4] for at in range(16, end, 4))}
        if brands & {b"avif", b"avis"}:
            return "avif"
        if brands & HEIF_BRANDS:
            return "heif"
    if re.match(rb"(\xef\xbb\xbf)?\s*<", data):
        raise BadImage(_("This is a web page or an SVG drawing, not a photo."))
    if not data:
        raise BadImage(_("The file is empty."))
    raise BadImage(_("This is not a picture of a kind that can be shown: JPEG, PNG, WebP, AVIF or HEIC."))


def _stripped(data, kind):
    try:
        return STRIPPERS[kind](data)
    except Damaged:
        raise BadImage(_("The file is damaged or was not sent completely.")) from None


def _decoded(data, kind, longest):
    """Return the image, upright and in sRGB, and the full upright size."""
    try:
        with Image.open(BytesIO(data), formats=[FORMATS[kind]]) as image:
            _refuse_the_boundless(image, kind)
            with _one_large_at_a_time if image.width * image.height > LARGE else nullcontext():
                size = image.size
                image.draft(None, (longest, longest))
                image.load()
                image = _eight_bits(image)
                image.thumbnail((longest, longest), reducing_gap=2)
            turned = image.getexif().get(ExifTags.Base.Orientation, 1) > 4
            return _srgb(ImageOps.exif_transpose(image)), size[::-1] if turned else size
    except BadImage:
        raise
    except Image.DecompressionBombError:
        raise BadImage(_too_many_pixels(kind)) from None
    except DECODER_ERRORS:
        raise BadImage(_("The file is damaged or was not sent completely.")) from None


_one_large_at_a_time = threading.Lock()


def _refuse_the_boundless(image, kind):
    if image.width * image.height > MOST_PIXELS[kind]:
        raise BadImage(_too_many_pixels(kind))
    if max(image.size) > LONGEST_SIDE:
        raise BadImage(_("The picture is longer than %(most)s pixels.") % {"most": LONGEST_SIDE})
    if getattr(image, "n_frames", 1) > MOST_FRAMES:
        raise BadImage(_("This is an animation, not a photo."))


def _too_many_pixels(kind):
    return _("The picture has too many pixels; the limit is %(most)s million.") % {"most": MOST_PIXELS[kind] // 10**6}


def _eight_bits(image):
    """Return the image in a mode that can be made smaller: L, LA, RGB, RGBA or CMYK."""
    if image.mode.startswith("I"):  # 16 bits of grey, which convert() would clip
        return image.point(lambda level: level * (1 / 256)).convert("L")
    if image.mode in ("P", "PA") or "transparency" in image.info:
        return image.convert("RGBA")
    return image.convert("L") if image.mode == "1" else image


def _srgb(image):
    """Return the image as RGB by its colour profile, if it has a sound one; RGBA if any of it can be seen through."""
    profile = _profile(image.info.get("icc_profile"), image.mode)
    if profile:
        image = ImageCms.profileToProfile(image, profile, _srgb_profile(), outputMode=_with_alpha(image))
    if image.mode != _with_alpha(image):
        image = image.convert(_with_alpha(image))
    if image.mode == "RGBA" and image.getchannel("A").getextrema() == (255, 255):
        image = image.convert("RGB")
    image.info.clear()
    return image


def _with_alpha(image):
    return "RGBA" if image.mode in ("RGBA", "LA") else "RGB"


def _profile(icc, mode):
    """Return the profile to convert from, or None: none, garbage, for another kind of colour, or sRGB already."""
    if not icc:
        return None
    try:
        profile = ImageCms.ImageCmsProfile(BytesIO(icc))
        known = ImageCms.getProfileDescription(profile)
    except (ImageCms.PyCMSError, OSError):
        return None
    fits = profile.profile.xcolor_space.strip() == {"L": "GRAY", "RGBA": "RGB"}.get(mode, mode)
    return profile if fits and not known.startswith("sRGB") else None


@lru_cache(maxsize=1)
def _srgb_profile():
    return ImageCms.createProfile("sRGB")


# What pages show


def renditions(image, widths):
    """Return the encoded image in each of `widths`, as {(width, format): bytes}, AVIF and a fallback each.

    The fallback is JPEG, or WebP for what can be seen through. Nothing is made larger: widths beyond the
    image's own become that one. `image` is of `receive`.
    """
    made = {}
    for width in sorted({min(width, image.width) for width in widths}, reverse=True):
        scaled = image.resize((width, max(1, round(image.height * width / image.width))), reducing_gap=3)
        made[width, "avif"] = _encoded(scaled, "AVIF", quality=60, speed=9, max_threads=1)
        if image.mode == "RGBA":
            made[width, "webp"] = _encoded(scaled, "WEBP", quality=80)
        else:
            made[width, "jpeg"] = _encoded(scaled, "JPEG", quality=80, progressive=True, optimize=True)
    return made


def preview(file, longest):
    """Return a stored picture small, as the bytes of a WebP, which every browser shows. Raises `BadImage`."""
    return _encoded(receive(file, longest).image, "WEBP", quality=80)


def placeholder(image):
    """Return a blurred stamp of the image as a data: address of at most 600 characters."""
    stamp = image.copy()
    stamp.thumbnail((24, 24))
    stamp = stamp.filter(ImageFilter.GaussianBlur(1))
    for quality in (50, 25, 1):
        address = "data:image/webp;base64," + base64.b64encode(_encoded(stamp, "WEBP", quality=quality)).decode()
        if len(address) <= PLACEHOLDER_BYTES:
            break
    return address


def _encoded(image, kind, **options):
    packed = BytesIO()
    image.save(packed, kind, **options)
    return packed.getvalue()
