"""What is left of a photo's file: its pixels, and nothing of who took it where."""

import struct
from io import BytesIO

import pytest
from PIL import Image, ImageOps

from portal.images import receive
from tests.portal.pictures import (
    GPS,
    SECRET,
    XMP,
    a_drawing,
    a_file,
    a_file_full_of_secrets,
    a_profile_that_swaps,
    an_exif,
)

KINDS = ["jpeg", "png", "webp", "avif", "heif"]


def original_of(file):
    """Return what is kept of a file that somebody sent."""
    return receive(file, longest=64).original


def pixels(data):
    with Image.open(BytesIO(data) if isinstance(data, bytes) else data) as image:
        return image.convert("RGBA").tobytes()


def traces(data):
    """Return what of the secrets is still somewhere in the bytes."""
    seconds = [struct.pack(order + "II", *fraction) for order in "<>" for fraction in GPS_FRACTIONS]
    return [secret for secret in (SECRET.encode(), XMP[40:70], b"GPS", *seconds) if secret in data]


GPS_FRACTIONS = [value.as_integer_ratio() for value in (GPS[2][0], GPS[4][0])]


@pytest.mark.parametrize("kind", KINDS)
def test_the_files_of_these_tests_do_hold_secrets(kind):
    assert len(traces(a_file_full_of_secrets(kind).getvalue())) >= 2


@pytest.mark.parametrize("kind", KINDS)
def test_no_byte_of_gps_or_serial_number_is_left(kind):
    assert traces(original_of(a_file_full_of_secrets(kind))) == []


@pytest.mark.parametrize("kind", KINDS)
def test_the_pixels_are_untouched(kind):
    upload = a_file_full_of_secrets(kind)

    assert pixels(original_of(upload)) == pixels(upload)


@pytest.mark.parametrize("kind", KINDS)
def test_no_exif_is_left_of_an_upright_photo(kind):
    with Image.open(BytesIO(original_of(a_file_full_of_secrets(kind)))) as image:
        image.load()
        assert dict(image.getexif()) in ({}, {274: 1})
        assert not image.info.get("xmp", b"").strip(b" \0")


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("kind", ["jpeg", "png", "webp"])
def test_a_turned_photo_is_still_turned_upright_by_who_opens_it(kind, orientation):
    upload = a_file(kind, exif=an_exif(orientation=orientation))

    with Image.open(BytesIO(original_of(upload))) as cleaned, Image.open(upload) as sent:
        assert cleaned.getexif().get(274, 1) == orientation
        assert set(cleaned.getexif()) <= {274}
        assert ImageOps.exif_transpose(cleaned).tobytes() == ImageOps.exif_transpose(sent).tobytes()


@pytest.mark.parametrize("kind", KINDS)
def test_a_colour_profile_stays(kind):
    profile = a_profile_that_swaps()
    upload = a_file(kind, icc_profile=profile, exif=an_exif())

    with Image.open(BytesIO(original_of(upload))) as image:
        assert image.info["icc_profile"] == profile


@pytest.mark.parametrize("kind", ["jpeg", "png", "webp"])
def test_garbage_in_place_of_a_profile_goes(kind):
    upload = a_file(kind, icc_profile=b"acsp" + SECRET.encode() * 20)

    assert SECRET.encode() not in original_of(upload)


def test_a_long_profile_in_many_segments_stays_whole():
    profile = a_profile_that_swaps() + bytes(150_000)
    profile = len(profile).to_bytes(4) + profile[4:]

    with Image.open(BytesIO(original_of(a_file(icc_profile=profile)))) as image:
        assert image.info["icc_profile"] == profile


def test_a_progressive_and_a_cmyk_jpeg_keep_their_pixels():
    for upload in (a_file(progressive=True), a_file(image=a_drawing(mode="CMYK")), a_file(image=a_drawing(mode="L"))):
        assert pixels(original_of(upload)) == pixels(upload)


def test_the_second_picture_of_a_jpeg_goes_with_its_gps():
    packed = BytesIO()
    a_drawing().save(packed, "MPO", save_all=True, append_images=[a_drawing(32, 32)], exif=an_exif().tobytes())
    assert len(traces(packed.getvalue())) >= 2

    cleaned = original_of(packed)

    assert traces(cleaned) == []
    assert cleaned.count(b"\xff\xd8\xff") == 1


def test_the_thumbnail_in_a_jfif_header_goes():
    data = a_file().getvalue()
    assert data[6:10] == b"JFIF"
    thumbnail = SECRET.encode() + b"!"
    header = b"JFIF\0\1\1\0\0\1\0\1" + bytes((2, 3)) + thumbnail
    upload = BytesIO(data[:2] + struct.pack(">HH", 0xFFE0, len(header) + 2) + header + data[20:])

    assert traces(original_of(upload)) == []
    assert pixels(original_of(upload)) == pixels(data)


@pytest.mark.parametrize("kind", ["png", "webp"])
def test_a_short_animation_keeps_its_frames(kind):
    frames = [a_drawing(), a_drawing().rotate(90), a_drawing().rotate(180)]
    upload = a_file(kind, frames[0], save_all=True, append_images=frames[1:], exif=an_exif(orientation=6), xmp=XMP)

    cleaned = original_of(upload)

    assert traces(cleaned) == []
    with Image.open(BytesIO(cleaned)) as image:
        assert image.n_frames == 3
        image.seek(2)
        assert image.convert("RGB").tobytes() == frames[2].tobytes()


def test_an_image_sequence_in_avif_keeps_its_still():
    frames = [a_drawing(), a_drawing().rotate(180)]
    upload = a_file("avif", frames[0], save_all=True, append_images=frames[1:], exif=an_exif().tobytes(), xmp=XMP)

    cleaned = original_of(upload)

    assert traces(cleaned) == []
    assert pixels(cleaned) == pixels(upload)


@pytest.mark.parametrize("orientation", range(1, 9))
def test_an_avif_keeps_how_it_is_turned(orientation):
    upload = a_file("avif", exif=an_exif(orientation=orientation))

    with Image.open(BytesIO(original_of(upload))) as cleaned, Image.open(upload) as sent:
        assert ImageOps.exif_transpose(cleaned).tobytes() == ImageOps.exif_transpose(sent).tobytes()


@pytest.mark.parametrize("kind", KINDS)
def test_cleaning_twice_changes_nothing_more(kind):
    once = original_of(a_file_full_of_secrets(kind, orientation=6))

    assert original_of(BytesIO(once)) == once
