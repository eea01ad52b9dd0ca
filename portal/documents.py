"""Documents to print or to keep, as PDF: A4 across, set in the vendored Noto Sans SC: no system font is needed."""

import io
from dataclasses import dataclass

from PIL import Image

from portal import letterhead
from portal.colours import colours_of
from portal.columns import Block, compose
from portal.covers import pattern_image
from portal.lazily import lazily
from portal.lettering import FILES, Span, wrap
from portal.qr import png

fpdf = lazily("fpdf")

WIDTH, HEIGHT, PICTURE, CODE = 297, 210, 78, 30  # millimetres
LEFT, TOP, RIGHT, BOTTOM = PICTURE + 20, 30, WIDTH - 22, HEIGHT - 24
LOGO_TOP, BELOW_LOGO = 18, 9
BESIDE_CODE, ABOVE_FOOT, MOST_FOOT = 8, 8, 44
PIXELS = 6  # a millimetre of the picture
POINTS = 72 / 25.4  # a millimetre
COLOURS = 64
LARGEST, SMALLEST = 44, 20  # points, of the name
LEADING, LEAST = 1.55, 0.6  # of the size of letters
WITHOUT_KERNING = 0.98  # lines are measured as Pillow sets them, closer than a PDF does


@dataclass(frozen=True)
class CertificateText:
    """What a certificate says, in the words and the language it shall say it in; `url` becomes the QR code.

    `seed` is the slug of the conference: its cover, drawn in `accent`, stands beside the words; `logo` is the bytes
    of the issuer's, or empty.
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
    logo: bytes = b""


def certificate(text):
    """Return the certificate as the bytes of a PDF of one page."""
    colours = colours_of(text.accent)
    pdf = fpdf.FPDF(orientation="landscape", unit="mm", format="A4")
    pdf.set_auto_page_break(False)
    pdf.add_font("noto", "", FILES["regular"])
    pdf.add_font("noto", "B", FILES["bold"])
    pdf.set_title(f"{text.title} {text.number}")
    pdf.set_author(text.issuer)
    pdf.add_page()
    pdf.image(_picture(text), x=0, y=0, w=PICTURE, h=HEIGHT)
    logo = letterhead.put(pdf, text.logo, LEFT, LOGO_TOP)
    top = LOGO_TOP + logo + BELOW_LOGO if logo else TOP
    foot = BOTTOM - _write(
        pdf, _foot(text), RIGHT - LEFT - CODE - BESIDE_CODE, (BOTTOM - MOST_FOOT, BOTTOM), at_end=True
    )
    _write(pdf, _body(text, colours(4)), RIGHT - LEFT, (top, foot - ABOVE_FOOT))
    pdf.image(io.BytesIO(png(text.url)), x=RIGHT - CODE, y=BOTTOM - CODE, w=CODE)
    return bytes(pdf.output())


def _body(text, accent):
    return [
        _block(text.title, 20, accent, "bold"),
        _block(text.name, _fitting(text.name), "#111111", "bold", above=14),
        *(_block(line, 15, "#222222", above=3 if at else 8) for at, line in enumerate(text.lines)),
    ]


def _foot(text):
    return [
        _block(text.issuer, 13, "#111111", "bold"),
        _block(text.issued, 12, "#444444"),
        _block(f"{text.number} · {text.verify}", 9, "#444444", above=2),
    ]


def _picture(text):
    """Return the conference's cover as an upright image of few colours, which is how it is drawn."""
    cover = pattern_image(text.seed, text.accent, (PICTURE * PIXELS, HEIGHT * PIXELS))
    return cover.quantize(COLOURS, Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)


def _block(words, size, colour, weight="regular", above=0):
    """Return a paragraph in letters of `size` points, `above` millimetres below what is before it."""
    span = Span(words, weight, colour)
    return Block((span,), size, round(size * LEAST), round(above * POINTS), LEADING, balanced=True)


def _write(pdf, blocks, width, between, at_end=False):
    """Set paragraphs as on posters, from the upper of two heights or down to the lower one; return how high they are.

    They shrink where they would not fit. All in millimetres.
    """
    upper, lower = between
    placed, height = compose(blocks, width * POINTS * WITHOUT_KERNING, (lower - upper) * POINTS)
    top = lower - height / POINTS if at_end else upper
    for line, size, baseline in placed:
        for run in line.runs:
            pdf.set_font("noto", "B" if run.weight == "bold" else "", size)
            pdf.set_text_color(run.tone)
            pdf.text(LEFT + run.x / POINTS, top + baseline / POINTS, run.text)
    return height / POINTS


def _fitting(name):
    """Return the largest size at which the name fits onto one line, no smaller than SMALLEST."""
    sizes = range(LARGEST, SMALLEST, -1)
    width = (RIGHT - LEFT) * POINTS * WITHOUT_KERNING
    return next((size for size in sizes if len(wrap((Span(name, "bold"),), size, width)) == 1), SMALLEST)
