"""Makers of picture files for tests: drawings, never mistaken for photographs."""

import struct
import zlib
from io import BytesIO

import pillow_heif
from PIL import ExifTags, Image, ImageCms, ImageDraw

pillow_heif.register_heif_opener()

SECRET = "SerialNumber-4711"
GPS = {1: "N", 2: (30.0, 39.0, 27.1234), 3: "E", 4: (104.0, 3.0, 53.9876)}
XMP = b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><exif:GPSLatitude>30,39.45N</exif:GPSLatitude></x:xmpmeta>'
SAVED_AS = {"jpeg": "JPEG", "png": "PNG", "webp": "WEBP", "avif": "AVIF", "heif": "HEIF"}
LOSSLESS = {"webp": {"lossless": True}, "jpeg": {"quality": 95, "subsampling": 0}, "heif": {"quality": 95}}


def a_drawing(width=96, height=64, mode="RGB"):
    """A red field with a white bar along the top and a blue spot near the right: every turn of it looks different."""
    image = Image.new("RGB", (width, height), "#c82828")
    pen = ImageDraw.Draw(image)
    pen.rectangle((0, 0, width, height // 4), fill="white")
    pen.rectangle((width * 3 // 4, height // 2, width, height), fill="#1e3cc8")
    return image.convert(mode)


def an_exif(orientation=1, artist="", gps=True, **photo):
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = orientation
    exif[ExifTags.Base.Make] = SECRET
    if artist:
        exif[ExifTags.Base.Artist] = artist
    exif.get_ifd(ExifTags.IFD.Exif).update(
        {ExifTags.Base.BodySerialNumber: SECRET, **{ExifTags.Base[name]: value for name, value in photo.items()}}
    )
    if gps:
        exif.get_ifd(ExifTags.IFD.GPSInfo).update(GPS)
    return exif


def a_file(kind="jpeg", image=None, **options):
    """A file of the picture; `options` are Pillow's, such as `exif`."""
    packed = BytesIO()
    (image or a_drawing()).save(packed, SAVED_AS[kind], **{**LOSSLESS.get(kind, {}), **options})
    packed.seek(0)
    return packed


def a_file_full_of_secrets(kind, **options):
    """A file with GPS and serial numbers wherever its format has room for them."""
    data = a_file(kind, exif=an_exif(**options).tobytes(), xmp=XMP).getvalue()
    if kind == "jpeg":
        comment = segment(0xFE, SECRET.encode()) + segment(0xED, b"Photoshop 3.0\0" + SECRET.encode())
        data = data[:2] + comment + data[2:] + b"PK\3\4" + SECRET.encode()
    if kind == "png":
        text = chunk(b"tEXt", b"Comment\0" + SECRET.encode()) + chunk(b"prVt", SECRET.encode())
        data = data[:33] + text + data[33:] + SECRET.encode()
    if kind == "webp":
        body = data[8:] + b"JUNK" + struct.pack("<I", len(SECRET)) + SECRET.encode() + b"\0"
        data = b"RIFF" + struct.pack("<I", len(body)) + body + SECRET.encode()
    if kind in ("avif", "heif"):
        data += box(b"uuid", bytes(16) + SECRET.encode()) + box(b"mdat", SECRET.encode())
    return BytesIO(data)


def a_profile_that_swaps(description="Swapped"):
    """An RGB profile in which red is green: whoever ignores it shows the wrong colours."""
    profile = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    red, green = profile.index(b"rXYZ"), profile.index(b"gXYZ")
    profile[red : red + 4], profile[green : green + 4] = b"gXYZ", b"rXYZ"
    return bytes(profile).replace("sRGB".encode("utf-16-be"), "Swap".encode("utf-16-be")).replace(b"sRGB", b"Swap")


def a_png_header(width, height):
    """A PNG that promises any number of pixels in a hundred bytes."""
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return BytesIO(
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(bytes(1000))) + chunk(b"IEND", b"")
    )


def a_webp_header(width, height):
    still = a_file("webp").getvalue()[12:]
    extended = struct.pack("<4sIBBBB", b"VP8X", 10, 0, 0, 0, 0) + (width - 1).to_bytes(3, "little")
    body = b"WEBP" + extended + (height - 1).to_bytes(3, "little") + still
    return BytesIO(b"RIFF" + struct.pack("<I", len(body)) + body)


def segment(marker, content):
    return struct.pack(">BBH", 0xFF, marker, len(content) + 2) + content


def chunk(kind, content):
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


def box(kind, content):
    return struct.pack(">I", len(content) + 8) + kind + content
