"""Certificates on paper, as a printer sees them."""

from itertools import pairwise

import pypdfium2
import pytest
from PIL import Image

from portal.colours import colours_of
from portal.documents import CertificateText, certificate
from tests.codes import codes_on_paper
from tests.portal.pictures import a_file

BROKEN_AT_A_HYPHEN = "\ufffe"
LONG = "Maximiliane Wolfeschlegelsteinhausenbergerdorff-Schmidt of the House by the Lake Behind the Hill"


GREEN_DRAWING = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 4"><path fill="green" d="M0 0h8v4H0z"/></svg>'
GREEN_PICTURE = a_file(image=Image.new("RGB", (80, 40), "green"), kind="png").getvalue()


def a_certificate(**words):
    told = {
        "title": "Certificate of volunteering",
        "name": "Ming",
        "lines": ("was a volunteer at OpenConf'26, 28–29 November 2026.", "Hours served: 3"),
        "issuer": "Mountain and Sea",
        "issued": "30 November 2026",
        "number": "AB12CD34EF",
        "verify": "https://portal.example/c/",
        "url": "https://portal.example/c/",
        "accent": "#1a5fb4",
        "seed": "openconf-26",
    }
    return certificate(CertificateText(**{**told, **words}))


def page_of(document):
    return pypdfium2.PdfDocument(document)[0]


def words_on(page):
    """The text of a page without its spaces, which a PDF has none of between what is set apart."""
    return "".join(page.get_textpage().get_text_range().replace(BROKEN_AT_A_HYPHEN, "-").split())


def are_alike(one, other):
    return all(abs(a - b) <= 2 for a, b in zip(one, other, strict=True))


@pytest.mark.parametrize("name", ["Ming", "欧阳修", "Zoë Ångström", LONG])
def test_it_says_who_what_for_and_from_whom(name):
    page = page_of(a_certificate(name=name))

    for told in (name, "28–29November2026", "MountainandSea", "AB12CD34EF·https://portal.example/c/"):
        assert "".join(told.split()) in words_on(page)


def test_what_the_font_cannot_draw_is_left_out():
    assert "MingHoursserved" in words_on(page_of(a_certificate(name="Ming 🌻", lines=("Hours served: 3",))))


def test_the_words_keep_clear_of_the_picture_and_of_the_edge():
    page = page_of(a_certificate(name=LONG, lines=(LONG * 4, "谢谢你让开源发生。" * 20)))
    text = page.get_textpage()

    boxes = [text.get_rect(number) for number in range(text.count_rects())]

    assert min(left for left, _bottom, _right, _top in boxes) > 97 / 297 * page.get_width()
    assert max(right for _left, _bottom, right, _top in boxes) < 276 / 297 * page.get_width()


def test_the_picture_is_of_the_conference_in_its_colour():
    red, blue, other = (
        page_of(a_certificate(**words)).render(scale=0.5).to_pil().crop((0, 0, 105, 290))
        for words in ({"accent": "#c5341c"}, {}, {"seed": "openconf-25"})
    )

    _count, most = max(blue.getcolors(100_000))
    assert any(are_alike(most, bytes.fromhex(shade[1:])) for shade in colours_of("#1a5fb4").shades)
    assert red.tobytes() != blue.tobytes() != other.tobytes()


def test_a_long_issuer_keeps_clear_of_the_code_and_all_that_is_said_of_each_other():
    document = a_certificate(name=LONG, lines=(f"{LONG} " * 5, "谢谢你让开源发生。" * 20), issuer="开源社区联合会" * 10)
    text = page_of(document).get_textpage()
    boxes = sorted((text.get_rect(number) for number in range(text.count_rects())), key=lambda box: -box[3])

    assert codes_on_paper(document) == ["https://portal.example/c/"]
    assert all(upper[1] > lower[3] - 4 for upper, lower in pairwise(boxes) if upper[0] == lower[0])


def marks_above_the_words(document):
    """The colours, but for white, of the place that a logo has."""
    place = page_of(document).render(scale=1).to_pil().convert("RGB").crop((270, 45, 510, 96))
    return {colour for _count, colour in place.getcolors(100_000)} - {(255, 255, 255)}


@pytest.mark.parametrize("logo", [GREEN_PICTURE, GREEN_DRAWING], ids=["picture", "drawing"])
def test_the_logo_of_the_community_stands_above_the_words(logo):
    assert (0, 128, 0) in marks_above_the_words(a_certificate(logo=logo))
    assert (0, 128, 0) not in marks_above_the_words(a_certificate())


@pytest.mark.parametrize(
    "logo",
    [
        GREEN_PICTURE[:60],
        GREEN_DRAWING[:-9],
        GREEN_DRAWING.replace(b"viewBox", b"box"),
        GREEN_DRAWING.replace(b"green", b"hsl(1 1 1)"),
        GREEN_DRAWING.replace(b"</svg>", b"<text>us</text></svg>"),
        GREEN_DRAWING.replace(b"</svg>", b'<image href="http://192.0.2.1/logo.png"/></svg>'),
    ],
)
def test_a_logo_that_paper_would_show_otherwise_is_left_out(logo):
    assert marks_above_the_words(a_certificate(logo=logo)) == marks_above_the_words(a_certificate())


def test_its_code_can_be_read():
    assert codes_on_paper(a_certificate()) == ["https://portal.example/c/"]
