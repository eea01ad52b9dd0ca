"""Pictures that people send: what is taken, what is refused and why, and what pages are given."""

import base64
import hashlib
import random
import resource
import struct
import zlib
from datetime import UTC, datetime, timedelta, timezone
from io import BytesIO

import pytest
from PIL import Image, ImageChops, ImageStat

from portal import images
from portal.images import BadImage, placeholder, receive, renditions
from tests.portal.pictures import (
    a_drawing,
    a_file,
    a_file_full_of_secrets,
    a_png_header,
    a_profile_that_swaps,
    a_webp_header,
    an_exif,
    chunk,
)

pytestmark = [
    pytest.mark.filterwarnings("ignore::UserWarning:PIL"),  # of EXIF that is not in order
    pytest.mark.usefixtures("in_english"),
]

KINDS = ["jpeg", "png", "webp", "avif", "heif"]
RED, WHITE, BLUE = (200, 40, 40), (255, 255, 255), (30, 60, 200)


def facts_of(upload):
    return receive(upload, longest=64).facts


def reason_of(upload):
    with pytest.raises(BadImage) as refusal:
        facts_of(upload if hasattr(upload, "read") else BytesIO(upload))
    return str(refusal.value)


def looks_like(image, wanted):
    """Whether two pictures show the same, give or take what compression does."""
    difference = ImageChops.difference(image.convert("RGB"), wanted.convert("RGB"))
    return image.size == wanted.size and max(ImageStat.Stat(difference).mean) < 6


# What is taken


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_that_phones_make_is_taken(kind):
    received = receive(a_file(kind))

    assert (received.facts.kind, received.facts.width, received.facts.height) == (kind, 96, 64)
    assert received.image.mode == "RGB"
    assert looks_like(received.image, a_drawing())


def test_the_file_is_known_by_the_hash_of_what_was_sent():
    upload = a_file_full_of_secrets("jpeg")

    facts = facts_of(upload)

    assert facts.sha256 == hashlib.sha256(upload.getvalue()).hexdigest()
    assert facts.size == len(upload.getvalue())


@pytest.mark.parametrize("kind", ["jpeg", "png", "webp", "avif"])
@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_photo_comes_upright_however_the_camera_was_held(kind, orientation):
    turns = {2: 0, 3: 3, 4: 1, 5: 5, 6: 2, 7: 6, 8: 4}  # how the sensor saw what orientation turns back
    sensor = a_drawing().transpose(Image.Transpose(turns[orientation])) if orientation > 1 else a_drawing()

    received = receive(a_file(kind, sensor, exif=an_exif(orientation=orientation)))

    assert (received.facts.width, received.facts.height) == (96, 64)
    assert looks_like(received.image, a_drawing())


def test_a_photo_is_decoded_no_larger_than_it_is_needed():
    received = receive(a_file(image=a_drawing(1600, 1200)), longest=400)

    assert received.image.size == (400, 300)
    assert (received.facts.width, received.facts.height) == (1600, 1200)


@pytest.mark.parametrize("mode", ["L", "CMYK"])
def test_a_jpeg_of_other_colours_becomes_rgb(mode):
    received = receive(a_file(image=a_drawing(mode=mode)))

    assert received.image.mode == "RGB"
    assert looks_like(received.image, a_drawing(mode=mode).convert("RGB"))


def test_sixteen_bits_of_grey_are_not_clipped():
    ramp = Image.new("I;16", (256, 4))
    ramp.putdata([level * 257 for level in range(256)] * 4)

    image = receive(a_file("png", ramp)).image

    assert [image.getpixel((level, 0))[0] for level in (0, 64, 128, 255)] == [0, 64, 128, 255]


def test_a_palette_with_a_colour_that_is_clear_keeps_it_clear():
    palette = a_drawing(mode="P")
    clear = palette.getpixel((5, 40))

    image = receive(a_file("png", palette, transparency=clear)).image

    assert image.mode == "RGBA"
    assert image.getpixel((5, 40))[3] == 0
    assert image.getpixel((5, 5)) == (*WHITE, 255)


@pytest.mark.parametrize("mode", ["1", "L", "LA", "RGBA", "P"])
def test_png_of_any_mode_is_taken(mode):
    assert receive(a_file("png", a_drawing(mode="RGB" if mode == "P" else "L").convert(mode))).image.mode == "RGB"


def test_a_picture_that_is_opaque_after_all_has_no_alpha():
    assert receive(a_file("png", a_drawing(mode="RGBA"))).image.mode == "RGB"


@pytest.mark.parametrize("kind", ["jpeg", "png", "webp", "avif"])
def test_the_colour_profile_is_honoured(kind):
    image = receive(a_file(kind, icc_profile=a_profile_that_swaps())).image

    red, green, _ = image.getpixel((5, 40))
    assert green > red + 80, "red was to be read as green"
    assert "icc_profile" not in image.info


def test_a_profile_for_another_kind_of_colour_and_a_broken_one_are_ignored():
    for upload in (
        a_file("png", a_drawing(mode="L"), icc_profile=a_profile_that_swaps()),
        a_file("avif", icc_profile=b"garbage" * 40),
    ):
        assert receive(upload).image.mode == "RGB"


# When and by whom


@pytest.mark.parametrize(
    ("told", "meant"),
    [
        ({"DateTimeOriginal": "2023:10:28 09:30:00"}, datetime(2023, 10, 28, 9, 30)),
        (
            {"DateTimeOriginal": "2023:10:28 09:30:00", "OffsetTimeOriginal": "+08:00"},
            datetime(2023, 10, 28, 9, 30, tzinfo=timezone(timedelta(hours=8))),
        ),
        (
            {"DateTimeOriginal": "2023:10:28 01:30:00", "OffsetTimeOriginal": "+00:00"},
            datetime(2023, 10, 28, 1, 30, tzinfo=UTC),
        ),
        ({"DateTimeDigitized": "2023:10:28 09:30:00"}, datetime(2023, 10, 28, 9, 30)),
        ({"DateTimeOriginal": "0000:00:00 00:00:00"}, None),
        ({"DateTimeOriginal": "yesterday"}, None),
        ({}, None),
    ],
)
def test_the_time_of_the_shutter_is_read(told, meant):
    assert facts_of(a_file(exif=an_exif(**told))).taken_at == meant


@pytest.mark.parametrize("kind", KINDS)
def test_time_and_credit_are_read_from_every_kind(kind):
    facts = facts_of(a_file(kind, exif=an_exif(artist="Emily Chen", DateTimeOriginal="2023:10:28 09:30:00").tobytes()))

    assert (facts.taken_at, facts.credit) == (datetime(2023, 10, 28, 9, 30), "Emily Chen")


@pytest.mark.parametrize("encoding", ["utf-8", "gbk"])
def test_a_chinese_credit_is_read_as_cameras_write_it(encoding):
    exif = an_exif(artist="@@@@@@@@@@@@").tobytes().replace(b"@" * 12, "摄影：庄".encode(encoding).ljust(12, b"\0"))

    assert facts_of(a_file(exif=exif)).credit == "摄影：庄"


def test_the_owner_of_the_camera_is_credited_when_no_artist_is_named():
    assert facts_of(a_file(exif=an_exif(CameraOwnerName="Ted Liu"))).credit == "Ted Liu"


@pytest.mark.parametrize(
    "garbage", [b"MM\0*\xff\xff\xff\xff", b"II*\0\x08\0\0\0\xff\xff" + b"\xff" * 40, b"nonsense", b"M"]
)
def test_garbage_in_place_of_exif_does_no_harm(garbage):
    facts = facts_of(a_file(exif=b"Exif\0\0" + garbage))

    assert (facts.taken_at, facts.credit) == (None, "")


# What is refused


@pytest.mark.parametrize(
    ("sent", "why"),
    [
        (b"", "empty"),
        (b"just words", "not a picture"),
        (b"GIF89a" + bytes(50), "not a picture"),
        (b"%PDF-1.7 " + bytes(50), "not a picture"),
        (b"PK\3\4" + bytes(50), "not a picture"),
        (b"<!doctype html><script>alert(1)</script>", "web page"),
        (b"\xef\xbb\xbf <?xml version='1.0'?><svg onload='alert(1)'/>", "SVG"),
        (b"\n<svg xmlns='http://www.w3.org/2000/svg'/>", "SVG"),
        (b"\0\0\0\x18ftypisom" + bytes(40), "not a picture"),
    ],
)
def test_what_is_no_photo_is_refused_with_the_reason(sent, why):
    assert why in reason_of(sent)


@pytest.mark.parametrize("kind", KINDS)
def test_a_photo_that_was_cut_short_anywhere_is_refused(kind):
    whole = a_file(kind, image=a_drawing(400, 300), exif=an_exif()).getvalue()

    for tenth in range(1, 10):
        assert reason_of(whole[: len(whole) * tenth // 10])
    assert "not sent completely" in reason_of(whole[:-2])


@pytest.mark.parametrize(
    ("size", "why"), [((60_000, 60_000), "million"), ((9_000, 9_000), "million"), ((3, 60_000), "longer than")]
)
def test_a_bomb_is_refused_before_it_is_decoded(size, why):
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss

    assert why in reason_of(a_png_header(*size))

    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 20_000  # kB


def test_a_webp_may_have_fewer_pixels_since_its_decoder_takes_more_memory():
    plane = Image.new("RGB", (5_400, 5_400), RED)

    assert "28 million" in reason_of(a_file("webp", plane, method=0))
    assert facts_of(a_file("jpeg", plane)).width == 5_400


def test_a_webp_whose_canvas_is_not_that_of_its_picture_is_refused():
    assert reason_of(a_webp_header(16_000, 16_000))
    assert reason_of(a_webp_header(97, 64))


def test_a_profile_that_unpacks_to_no_end_does_no_harm():
    bomb = b"x\0\0" + zlib.compress(bytes(50_000_000))
    data = a_file("png").getvalue()

    assert receive(BytesIO(data[:33] + chunk(b"iCCP", bomb) + data[33:])).image.mode == "RGB"


def test_too_large_a_file_is_refused(monkeypatch):
    monkeypatch.setattr(images, "MOST_BYTES", 1000)

    assert "larger than" in reason_of(a_file("png", a_drawing().effect_spread(40)))


@pytest.mark.parametrize("kind", ["png", "webp"])
def test_an_endless_animation_is_refused_and_a_short_one_is_a_still(kind):
    frames = [Image.new("RGB", (16, 16), (number, 2 * number, 0)) for number in range(images.MOST_FRAMES + 1)]

    assert "animation" in reason_of(a_file(kind, frames[0], save_all=True, append_images=frames[1:]))
    assert receive(a_file(kind, frames[0], save_all=True, append_images=frames[1:9])).image.size == (16, 16)


def test_a_photo_that_is_a_web_page_or_an_archive_as_well_becomes_only_a_photo():
    page = b"<html><script>alert(1)</script>"
    data = a_file().getvalue()
    as_comment = data[:2] + struct.pack(">HH", 0xFFFE, len(page) + 2) + page + data[2:]

    for polyglot in (as_comment, data + page, data + b"PK\5\6" + bytes(18)):
        original = receive(BytesIO(polyglot)).original
        assert b"<script" not in original
        assert b"PK\5\6" not in original


@pytest.mark.parametrize("kind", KINDS)
def test_files_damaged_at_random_are_refused_or_harmless(kind):
    chance = random.Random(kind)
    whole = a_file_full_of_secrets(kind, orientation=6).getvalue()
    for _ in range(60):
        damaged = bytearray(whole)
        for _ in range(chance.choice((1, 3, 30))):
            damaged[chance.randrange(12, len(damaged))] = chance.randrange(256)
        try:
            received = receive(BytesIO(bytes(damaged)), longest=48)
        except BadImage as refusal:
            assert str(refusal)
        else:
            assert max(received.image.size) <= 48


# What pages are given


def test_renditions_keep_proportions_and_are_never_larger_than_the_photo():
    image = receive(a_file(image=a_drawing(960, 640))).image

    made = renditions(image, (320, 640, 1280, 2560))

    assert set(made) == {(width, kind) for width in (320, 640, 960) for kind in ("avif", "jpeg")}
    for (width, kind), data in made.items():
        with Image.open(BytesIO(data)) as rendition:
            assert rendition.format == kind.upper()
            assert rendition.size == (width, round(width * 2 / 3))
            assert looks_like(rendition, a_drawing(*rendition.size))


def test_renditions_carry_no_metadata():
    for data in renditions(receive(a_file_full_of_secrets("jpeg")).image, (48,)).values():
        with Image.open(BytesIO(data)) as rendition:
            assert not dict(rendition.getexif())
            assert not {"icc_profile", "xmp", "comment", "exif"} & rendition.info.keys()


def test_what_can_be_seen_through_falls_back_to_webp():
    logo = a_drawing(mode="RGBA")
    logo.putalpha(Image.linear_gradient("L").resize(logo.size))

    made = renditions(receive(a_file("png", logo)).image, (48,))

    assert set(made) == {(48, "avif"), (48, "webp")}
    for data in made.values():
        with Image.open(BytesIO(data)) as rendition:
            assert rendition.mode == "RGBA"


@pytest.mark.parametrize("size", [(1, 1), (1, 900), (900, 1), (3, 2)])
def test_the_narrowest_pictures_have_renditions_and_a_placeholder(size):
    image = receive(a_file("png", Image.new("RGB", size, RED))).image

    assert renditions(image, (320, 640))
    assert placeholder(image)


@pytest.mark.parametrize(
    "picture", [a_drawing(800, 600), Image.effect_noise((800, 800), 200), a_drawing(900, 100, "RGBA")]
)
def test_the_placeholder_is_a_small_blur_of_the_picture(picture):
    image = receive(a_file("png", picture)).image

    address = placeholder(image)

    assert len(address) <= 600
    head, _, body = address.partition(",")
    assert head == "data:image/webp;base64"
    with Image.open(BytesIO(base64.b64decode(body))) as stamp:
        assert max(stamp.size) == 24
        assert abs(stamp.width / stamp.height - image.width / image.height) <= 1
