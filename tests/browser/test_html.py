"""Every page type is valid HTML, and the first view of the portal is light."""

import lxml.html
import pytest
import requests

from tests.browser.nu import errors_in
from tests.page_types import LANGUAGES, PAGE_TYPES, path_of

FIRST_VIEW_BYTES = 60_000


def test_every_page_type_is_valid_html(crawl, tmp_path):
    pages = {page.path: page.html for page in crawl.fetched if page.is_page}
    for page_type in PAGE_TYPES:
        for language in LANGUAGES:
            name = f"{page_type}-{language}.html".replace(" ", "-")
            (tmp_path / name).write_text(pages[path_of(page_type, language)])

    assert errors_in(sorted(tmp_path.glob("*.html"))) == []


def test_the_checker_finds_errors(tmp_path):
    page = tmp_path / "page.html"
    page.write_text("<!doctype html><html lang=en><title>A page</title><p><div></p></div>")

    assert errors_in([page])


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_first_view_of_the_home_page_is_light(site, language):
    """HTML, CSS and JS as they travel, compressed, without photos."""
    home = fetch(site.address(language, ""))
    document = lxml.html.document_fromstring(home.text)
    document.make_links_absolute(home.url)
    parts = document.xpath("//link[@rel='stylesheet']/@href | //script/@src | //link[@rel='modulepreload']/@href")
    weights = {part: weight(fetch(part)) for part in {home.url, *parts}}

    assert len(weights) > 1
    assert sum(weights.values()) <= FIRST_VIEW_BYTES, weights


def fetch(url):
    return requests.get(url, headers={"Accept-Encoding": "br, gzip"}, timeout=30)


def weight(response):
    """The bytes of the body as sent: none of the parts is chunked, so each says its length."""
    return int(response.headers["Content-Length"])
