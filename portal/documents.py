"""Documents to print or to keep, as PDF: A4 across, set in the vendored Noto Sans SC: no system font is needed."""

import io
from dataclasses import dataclass

from fpdf import FPDF
from fpdf.enums import Align

from portal.colours import colours_of
from portal.lettering import FILES
from portal.qr import png

WIDTH, HEIGHT, MARGIN = 297, 210, 26  # millimetres
CODE = 30
LARGEST, SMALLEST = 40, 18  # points, of the name


@dataclass(frozen=True)
class CertificateText:
    """What a certificate says, in the words and the language it shall say it in; `url` becomes the QR code."""

    title: str
    name: str
    lines: tuple
    issuer: str
    issued: str
    number: str
    verify: str
    url: str
    accent: str


def certificate(text):
    """Return the certificate as the bytes of a PDF of one page."""
    colours = colours_of(text.accent)
    pdf = FPDF(orientation="landscape", unit="mm", format="A4")
    pdf.set_auto_page_break(False)
    pdf.set_margins(MARGIN, MARGIN)
    pdf.add_font("noto", "", FILES["regular"])
    pdf.add_font("noto", "B", FILES["bold"])
    pdf.set_title(f"{text.title} {text.number}")
    pdf.set_author(text.issuer)
    pdf.add_page()
    pdf.set_fill_color(colours(4))
    pdf.rect(0, 0, 9, HEIGHT, style="F")
    _line(pdf, MARGIN, text.title, 22, colours(4), "B")
    _line(pdf, 62, text.name, _fitting(pdf, text.name), "#111111", "B")
    top = 88
    for line in text.lines:
        pdf.set_xy(MARGIN, top)
        pdf.set_font("noto", "", 15)
        pdf.set_text_color("#222222")
        pdf.multi_cell(WIDTH - 2 * MARGIN, 9, line, align=Align.L, new_x="LMARGIN", new_y="NEXT")
        top = pdf.get_y() + 2
    _line(pdf, HEIGHT - MARGIN - 26, text.issuer, 13, "#111111", "B")
    _line(pdf, HEIGHT - MARGIN - 18, text.issued, 12, "#444444", "")
    _line(pdf, HEIGHT - MARGIN - 8, f"{text.number} · {text.verify}", 9, "#444444", "")
    pdf.image(io.BytesIO(png(text.url)), x=WIDTH - MARGIN - CODE, y=HEIGHT - MARGIN - CODE, w=CODE)
    return bytes(pdf.output())


def _line(pdf, top, words, size, colour, weight):
    pdf.set_xy(MARGIN, top)
    pdf.set_font("noto", weight, size)
    pdf.set_text_color(colour)
    pdf.cell(WIDTH - 2 * MARGIN, size / 2, words)


def _fitting(pdf, name):
    """Return the largest size at which the name fits onto one line, no smaller than SMALLEST."""
    for size in range(LARGEST, SMALLEST, -1):
        pdf.set_font("noto", "B", size)
        if pdf.get_string_width(name) <= WIDTH - 2 * MARGIN:
            return size
    return SMALLEST
