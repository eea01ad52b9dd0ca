"""Documents to print or to keep, as PDF: A4 across, set in the vendored Noto Sans SC: no system font is needed."""

import io
from dataclasses import dataclass

from fpdf import FPDF
from PIL import Image

from portal.colours import colours_of
from portal.covers import pattern_image
from portal.lettering import FILES, Span, wrap
from portal.qr import png

WIDTH, HEIGHT, PICTURE, CODE = 297, 210, 78, 30  # millimetres
LEFT, TOP, RIGHT, BOTTOM = PICTURE + 20, 30, WIDTH - 22, HEIGHT - 24
PIXELS = 6  # a millimetre of the picture
POINTS = 72 / 25.4  # a millimetre
COLOURS = 64
LARGEST, SMALLEST = 44, 20  # points, of the name
LEADING = 1.55
WITHOUT_KERNING = 0.98  # lines are measured as Pillow sets them, closer than a PDF does


@dataclass(frozen=True)
class CertificateText:
    """What a certificate says, in the words and the language it shall say it in; `url` becomes the QR code.

    `seed` is the slug of the conference: its cover, drawn in `accent`, stands beside the words.
    """

    title: str
    name: str
    lines: tuple
    issuer: str
    issued: str
    number: str
    verify: str
    url: str
    accent: str
    seed: str


def certificate(text):
    """Return the certificate as the bytes of a PDF of one page."""
    colours = colours_of(text.accent)
    pdf = FPDF(orientation="landscape", unit="mm", format="A4")
    pdf.set_auto_page_break(False)
    pdf.add_font("noto", "", FILES["regular"])
    pdf.add_font("noto", "B", FILES["bold"])
    pdf.set_title(f"{text.title} {text.number}")
    pdf.set_author(text.issuer)
    pdf.add_page()
    pdf.image(_picture(text), x=0, y=0, w=PICTURE, h=HEIGHT)
    top = _write(pdf, TOP, text.title, 20, colours(4), "bold")
    top = _write(pdf, top + 14, text.name, _fitting(text.name), "#111111", "bold") + 8
    for line in text.lines:
        top = _write(pdf, top, line, 15, "#222222") + 3
    top = _write(pdf, BOTTOM - 24, text.issuer, 13, "#111111", "bold")
    top = _write(pdf, top, text.issued, 12, "#444444")
    _write(pdf, top + 2, f"{text.number} · {text.verify}", 9, "#444444")
    pdf.image(io.BytesIO(png(text.url)), x=RIGHT - CODE, y=BOTTOM - CODE, w=CODE)
    return bytes(pdf.output())


def _picture(text):
    """Return the conference's cover as an upright image of few colours, which is how it is drawn."""
    cover = pattern_image(text.seed, text.accent, (PICTURE * PIXELS, HEIGHT * PIXELS))
    return cover.quantize(COLOURS, Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)


def _write(pdf, top, words, size, colour, weight="regular"):
    """Set a paragraph below `top`, broken as on posters, in letters of `size` points; return where it ends."""
    pdf.set_font("noto", "B" if weight == "bold" else "", size)
    pdf.set_text_color(colour)
    height = size * LEADING / POINTS
    for line in _lines(words, size, weight):
        for run in line.runs:
            pdf.set_xy(LEFT + run.x / POINTS, top)
            pdf.cell(h=height, text=run.text)
        top += height
    return top


def _lines(words, size, weight):
    return wrap((Span(words, weight),), size, (RIGHT - LEFT) * POINTS * WITHOUT_KERNING, balanced=True)


def _fitting(name):
    """Return the largest size at which the name fits onto one line, no smaller than SMALLEST."""
    sizes = range(LARGEST, SMALLEST, -1)
    return next((size for size in sizes if len(_lines(name, size, "bold")) == 1), SMALLEST)
