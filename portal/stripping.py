"""Taking what a camera writes about its owner out of a photo, without touching a pixel.

A file is walked through its container, part by part, and only what is needed to
show the picture is copied: pixels, tables, colour profile. GPS, serial numbers,
thumbnails, comments, whatever is glued to the end (the film of a "motion photo",
a ZIP) and parts nobody knows go. What stays of EXIF is the orientation alone: the
only way to turn a photo upright that leaves its compressed pixels as they are.

Containers: JPEG (ITU-T T.81, annex B), PNG (W3C, third edition), WebP (RFC 9649);
AVIF and HEIF are in `stripping_heif`.
"""

import re
import struct
import zlib
from io import BytesIO
from typing import NamedTuple

from PIL import ImageCms

from portal.exif import exif_of_orientation, orientation_of

MOST_PROFILE_BYTES = 4 * 2**20
EXIF_HEADER = b"Exif\0\0"
ICC_HEADER = b"ICC_PROFILE\0"


class Damaged(ValueError):
    """The file breaks its own format, or ends too early."""


class Stripped(NamedTuple):
    """The file with nothing but its picture in it, and the EXIF (TIFF) bytes that were taken out, or b""."""

    data: bytes
    exif: bytes


def strip_jpeg(data):
    """Return what `Stripped` holds of a JPEG file; raises `Damaged`."""
    exif, profile, head, body, place = b"", {}, [b"\xff\xd8"], [], 2
    while True:
        found = MARKER.match(data, place)
        if not found:
            raise Damaged
        marker, place = found[1][0], found.end()
        if marker == 0xD9:
            break
        length = int.from_bytes(data[place : place + 2])
        content, place = data[place + 2 : place + length], place + length
        if length < 2 or place > len(data):
            raise Damaged
        if marker == 0xE0 and content.startswith(b"JFIF\0"):
            head.append(_segment(marker, content[:12] + b"\0\0"))  # without its thumbnail
        elif marker == 0xE1 and content.startswith(EXIF_HEADER):
            exif = exif or content[len(EXIF_HEADER) :]
        elif marker == 0xE2 and content.startswith(ICC_HEADER):
            profile[content[12:13]] = content[14:]
        elif marker == 0xEE and content.startswith(b"Adobe"):
            body.append(_segment(marker, content[:12]))
        elif marker in NEEDED_SEGMENTS:
            body.append(_segment(marker, content))
        if marker == 0xDA:
            ending = NEXT_MARKER.search(data, place)
            if not ending:
                raise Damaged
            body.append(data[place : ending.start()])
            place = ending.start()
    if orientation_of(exif) != 1:
        head.append(_segment(0xE1, EXIF_HEADER + exif_of_orientation(orientation_of(exif))))
    head += _profile_segments(b"".join(profile[number] for number in sorted(profile)))
    return Stripped(b"".join([*head, *body, b"\xff\xd9"]), exif)


MARKER = re.compile(rb"\xff+([\x01-\xfe])", re.DOTALL)
NEXT_MARKER = re.compile(rb"\xff+[^\x00\xd0-\xd7\xff]", re.DOTALL)  # after a scan: neither a stuffed byte nor a restart
NEEDED_SEGMENTS = {*range(0xC0, 0xD0), *range(0xDA, 0xE0)} - {0xC8}  # frames, tables, scans


def _segment(marker, content):
    return struct.pack(">BBH", 0xFF, marker, len(content) + 2) + content


def _profile_segments(profile):
    if not is_sound_profile(profile):
        return []
    parts = [profile[at : at + 65000] for at in range(0, len(profile), 65000)]
    return [
        _segment(0xE2, ICC_HEADER + bytes((number, len(parts))) + part) for number, part in enumerate(parts, start=1)
    ]


def strip_png(data):
    """Return what `Stripped` holds of a PNG file; raises `Damaged`."""
    exif, kept, place, ended = b"", [data[:8]], 8, False
    while not ended:
        length, kind = int.from_bytes(data[place : place + 4]), data[place + 4 : place + 8]
        chunk, place = data[place : place + 12 + length], place + 12 + length
        if place > len(data):
            raise Damaged
        if kind == b"eXIf":
            exif = exif or chunk[8:-4]
        elif kind in NEEDED_CHUNKS or (kind == b"iCCP" and is_sound_profile(_png_profile(chunk[8:-4]))):
            kept.append(chunk)
        ended = kind == b"IEND"
    if orientation_of(exif) != 1:
        kept.insert(2, _chunk(b"eXIf", exif_of_orientation(orientation_of(exif))))
    return Stripped(b"".join(kept), exif)


NEEDED_CHUNKS = {
    *(b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS"),
    *(b"gAMA", b"cHRM", b"sRGB", b"sBIT", b"cICP", b"mDCV", b"cLLI"),
    *(b"acTL", b"fcTL", b"fdAT"),
}


def _chunk(kind, content):
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


def _png_profile(content):
    try:
        return zlib.decompressobj().decompress(content.partition(b"\0")[2][1:], MOST_PROFILE_BYTES + 1)
    except zlib.error:
        return b""


def strip_webp(data):
    """Return what `Stripped` holds of a WebP file; raises `Damaged`."""
    end = 8 + int.from_bytes(data[4:8], "little")
    if end > len(data) or end < 20:
        raise Damaged
    exif, kept = b"", []
    for kind, content in _riff_chunks(data, 12, end):
        if kind == b"EXIF":
            exif = exif or content.removeprefix(EXIF_HEADER)
        elif kind == b"ANMF":
            frame = b"".join(
                _riff_chunk(*part) for part in _riff_chunks(content, 16, len(content)) if part[0] in IN_FRAME
            )
            kept.append((kind, content[:16] + frame))
        elif kind in NEEDED_PARTS or (kind == b"ICCP" and is_sound_profile(content)):
            kept.append((kind, content))
    if not kept:
        raise Damaged
    if kept[0][0] == b"VP8X":
        turned = orientation_of(exif) != 1
        kept += [(b"EXIF", exif_of_orientation(orientation_of(exif)))] if turned else []
        present = 0x20 * any(kind == b"ICCP" for kind, _ in kept) | 0x08 * turned
        flags = kept[0][1]
        kept[0] = (b"VP8X", bytes([flags[0] & 0x12 | present]) + flags[1:])
    body = b"WEBP" + b"".join(_riff_chunk(*part) for part in kept)
    return Stripped(b"RIFF" + struct.pack("<I", len(body)) + body, exif)


IN_FRAME = {b"ALPH", b"VP8 ", b"VP8L"}
NEEDED_PARTS = {b"VP8X", b"ANIM"} | IN_FRAME


def _riff_chunks(data, place, end):
    while place < end:
        kind, length = data[place : place + 4], int.from_bytes(data[place + 4 : place + 8], "little")
        if place + 8 + length > end:
            raise Damaged
        yield kind, data[place + 8 : place + 8 + length]
        place += 8 + length + length % 2


def _riff_chunk(kind, content):
    return kind + struct.pack("<I", len(content)) + content + b"\0" * (len(content) % 2)


def is_sound_profile(profile):
    """Return whether ICC bytes are a colour profile that can be read, and of reasonable size."""
    if not 128 <= len(profile) <= MOST_PROFILE_BYTES:
        return False
    try:
        ImageCms.ImageCmsProfile(BytesIO(profile))
    except (ImageCms.PyCMSError, OSError, ValueError):
        return False
    return True
