"""Every page type in a real browser, in both languages.

Each is looked at in one of the four pairs of size and scheme, taken in turn;
`bin/prove looks` looks at every page in all of them.
"""

from itertools import cycle, product

import pypdfium2
import pytest

from tests.browser.looking import (
    NARROWEST,
    SCHEMES,
    SIZES,
    TWICE_THE_LETTERS,
    barriers,
    complaints_of,
    covering,
    sticking_out,
    zoomed,
)
from tests.page_types import LANGUAGES, PAGE_TYPES, path_of

PAIRS = cycle(product(SIZES, SCHEMES))
LOOKS = [(*page, *next(PAIRS)) for page in product(PAGE_TYPES, LANGUAGES)]


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args):
    return {**browser_context_args, "viewport": NARROWEST, "reduced_motion": "reduce"}


@pytest.mark.parametrize(("page_type", "language", "size", "scheme"), LOOKS)
def test_a_page_is_sound(site, page, page_type, language, size, scheme):
    complaints = complaints_of(page)
    page.emulate_media(color_scheme=scheme)
    page.goto(site.url + path_of(page_type, language))

    assert sticking_out(page) == []
    assert covering(page) == []
    assert zoomed(page) == []
    page.set_viewport_size(SIZES[size])
    assert barriers(page) == []
    assert complaints == []


@pytest.mark.parametrize("path", ["photos/", "news/", "conferences/sample-conference/booths/"])
def test_the_first_sheet_of_a_list_on_paper_holds_more_than_the_masthead(site, page, path):
    page.set_viewport_size(SIZES["desktop"])
    page.goto(site.address("zh-hans", path))

    sheet = pypdfium2.PdfDocument(page.pdf())[0]

    assert len(sheet.get_textpage().get_text_range()) > 100


def last_words_of(sheet):
    """Return the lowest line of text on a sheet of a PDF, without spaces."""
    text = sheet.get_textpage()
    boxes = [text.get_rect(number) for number in range(text.count_rects())]
    lowest = min((bottom for _left, bottom, _right, _top in boxes), default=0)
    line = sorted(box for box in boxes if box[1] < lowest + 6)
    return "".join("".join(text.get_text_bounded(*box).split()) for box in line)


@pytest.mark.parametrize(("path", "heights"), [("", (297, 171)), ("conferences/coscon-2017/", (297, 255))])
def test_no_sheet_of_paper_ends_with_the_heading_of_the_next(site, page, path, heights):
    page.set_viewport_size(SIZES["desktop"])
    page.goto(site.address("en", path))
    headings = {"".join(heading.split()) for heading in page.locator(".section-head h2").all_inner_texts()}

    sheets = [pypdfium2.PdfDocument(page.pdf(width="210mm", height=f"{height}mm")) for height in heights]

    last = {last_words_of(sheet) for document in sheets for sheet in list(document)[:-1]}
    assert last
    assert not headings & last


GRIDS = """() => [document.body, ...document.querySelectorAll("main, .section, .section-body, .partner-groups")]
    .filter((one) => getComputedStyle(one).display !== "block").map((one) => one.className)"""


def test_what_spans_sheets_of_paper_is_no_grid(site, page):
    """In Firefox the boxes of a grid that go to the next sheet lie over what follows them there."""
    page.goto(site.address("zh-hans", "meetups/sample-meetup-chengdu/"))
    page.emulate_media(media="print")

    assert page.locator(".partner-group").count() == 3
    assert page.evaluate(GRIDS) == []
    assert page.evaluate("getComputedStyle(document.body).minHeight") == "0px", "an empty sheet follows"


@pytest.mark.parametrize("language", LANGUAGES)
def test_letters_of_twice_the_size_fit_a_phone(site, page, language):
    """WCAG 2.2, 1.4.4 and 1.4.10: who has letters set large need not scroll sideways."""
    page.set_viewport_size(SIZES["phone"])
    wide = {}
    for page_type in PAGE_TYPES:
        page.goto(site.url + path_of(page_type, language))
        page.evaluate(TWICE_THE_LETTERS)
        wide[page_type] = sticking_out(page)

    assert {page_type: found for page_type, found in wide.items() if found} == {}


def test_looking_finds_what_is_wrong(page):
    """The checks themselves can fail."""
    page.set_content('<body><img src="x:y"><p style="width: 999px">Wide</p><input></body>')

    assert sticking_out(page) == ["p."]
    assert covering(page) == []
    assert any(finding.startswith(("image-alt", "label")) for finding in barriers(page))
    page.set_content(
        "<style>a::after { content: ''; position: absolute; inset: 0 }</style><a href='x:y'>Everywhere</a>"
    )
    assert covering(page) == ["Everywhere"]
