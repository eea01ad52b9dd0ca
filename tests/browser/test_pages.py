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
    page.set_viewport_size(SIZES[size])
    assert barriers(page) == []
    assert complaints == []


@pytest.mark.parametrize("path", ["photos/", "news/", "conferences/sample-conference/booths/"])
def test_the_first_sheet_of_a_list_on_paper_holds_more_than_the_masthead(site, page, path):
    page.set_viewport_size(SIZES["desktop"])
    page.goto(site.address("zh-hans", path))

    sheet = pypdfium2.PdfDocument(page.pdf())[0]

    assert len(sheet.get_textpage().get_text_range()) > 100


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
