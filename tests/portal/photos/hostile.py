"""A hundred files that mean harm, or are merely broken."""

import struct
import zlib
from io import BytesIO

from PIL import Image

from tests.portal.pictures import (
    a_drawing,
    a_file,
    a_file_full_of_secrets,
    a_png_header,
    a_webp_header,
    an_exif,
    box,
    chunk,
    segment,
)

KINDS = ("jpeg", "png", "webp", "avif", "heif")
SCRIPT = b"<script>alert(document.cookie)</script>"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'


def hostile_files():
    """Return {name: bytes}: 100 files."""
    files = {}
    for kind in KINDS:
        whole = a_file(kind, a_drawing(400, 300)).getvalue()
        for tenth in range(10):
            files[f"truncated-at-{tenth}-tenths.{kind}"] = whole[: len(whole) * tenth // 10]
        files[f"script-after.{kind}"] = whole + SCRIPT
        files[f"zip-after.{kind}"] = whole + b"PK\3\4" + SCRIPT
        files[f"secrets.{kind}"] = a_file_full_of_secrets(kind).getvalue()
        files[f"nothing-but-its-head.{kind}"] = whole[:12] + bytes(50_000)
        files[f"scrambled.{kind}"] = whole[:200] + bytes(byte ^ 0x5A for byte in whole[200:])
    files |= _disguised() | _enormous() | _garbage()
    assert len(files) == 100, len(files)
    return files


def _disguised():
    return {
        "svg.jpg": SVG,
        "svg-with-a-prolog.png": b'<?xml version="1.0"?>' + SVG,
        "html.webp": b"<!doctype html>" + SCRIPT,
        "gif-that-is-a-script.gif": b"GIF89a/*" + SCRIPT + b"*/=1;",
        "pdf.jpg": b"%PDF-1.7\n1 0 obj<</OpenAction<</S/JavaScript/JS(app.alert(1))>>>>endobj",
        "elf.png": b"\x7fELF" + bytes(400),
        "php.jpg": b"\xff\xd8\xff<?php system($_GET['c']); ?>",
        "png-named.jpg": a_file("png").getvalue(),
    }


def _enormous():
    bomb = zlib.compress(bytes(3 * 30_000 * 3000))
    header = struct.pack(">IIBBBBB", 30_000, 30_000, 8, 2, 0, 0, 0)
    frames = BytesIO()
    Image.new("P", (64, 64)).save(
        frames, "WEBP", save_all=True, append_images=[Image.new("P", (64, 64), number % 256) for number in range(100)]
    )
    return {
        "promises-a-gigapixel.png": a_png_header(40_000, 40_000).getvalue(),
        "promises-two-billion.png": a_png_header(2**31 - 1, 1).getvalue(),
        "a-thin-line.png": a_png_header(1_000_000, 1).getvalue(),
        "bomb.png": b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", bomb) + chunk(b"IEND", b""),
        "promises-much.webp": a_webp_header(16_000, 16_000).getvalue(),
        "animated.webp": frames.getvalue(),
        "too-many-bytes.jpg": a_file().getvalue() + bytes(41 * 2**20),
        "text-bomb.png": a_file("png").getvalue()[:33]
        + chunk(b"zTXt", b"k\0\0" + zlib.compress(bytes(80 * 2**20)))
        + a_file("png").getvalue()[33:],
    }


def _garbage():
    jpeg = a_file().getvalue()
    exif = an_exif().tobytes()
    return {
        "icc-garbage.jpg": a_file(icc_profile=b"garbage" * 400).getvalue(),
        "icc-that-promises.jpg": a_file(icc_profile=struct.pack(">I", 2**31) + bytes(124)).getvalue(),
        "exif-garbage.jpg": jpeg[:2] + segment(0xE1, b"Exif\0\0" + b"\xff" * 4000) + jpeg[2:],
        "exif-that-loops.jpg": jpeg[:2] + segment(0xE1, b"Exif\0\0II*\0\x08\0\0\0" + b"\xff\xff" * 2000) + jpeg[2:],
        "exif-cut.jpg": jpeg[:2] + segment(0xE1, exif[: len(exif) // 2]) + jpeg[2:],
        "comment-script.jpg": jpeg[:2] + segment(0xFE, SCRIPT) + jpeg[2:],
        "no-end.jpg": jpeg[:-2],
        "boxes-in-boxes.avif": box(b"ftyp", b"avif\0\0\0\0") + box(b"meta", box(b"meta", bytes(8)) * 1000),
        "negative-box.heic": struct.pack(">I", 3) + b"ftypheic" + bytes(100),
    }
