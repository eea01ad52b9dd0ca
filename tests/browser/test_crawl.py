"""What holds for every page that a visitor can reach, in both languages."""

import re
from io import BytesIO
from urllib.parse import urlsplit

import polib
import pytest
import requests
from django.urls import Resolver404, resolve
from django.utils import translation
from PIL import Image

from tests.browser.site import ROOT
from tests.page_types import LANGUAGES, PAGE_TYPES, path_of

# Asked for because it is not there.
MEANT_TO_FAIL = {path_of("not found", language) for language in LANGUAGES}
LEFT_OVER = re.compile(r"{{|}}|{%|%}|{#|%\(\w+\)s|(?<!-)\bNone\b|\bundefined\b|\bMISSING\b|\[untranslated\]")
HAN = re.compile(r"[\u3400-\u9fff]")


def texts(document):
    """Yield (text, language of its nearest ancestor that says one) for each piece of text a visitor reads."""
    for piece in document.xpath("//body//text()[normalize-space()][not(ancestor::script or ancestor::style)]"):
        yield piece.strip(), nearest_language(piece)


def nearest_language(piece):
    element = piece.getparent()
    if piece.is_tail:
        element = element.getparent()
    while element is not None and element.get("lang") is None:
        element = element.getparent()
    return "" if element is None else element.get("lang").lower()


def test_no_link_is_broken(crawl):
    broken = [
        f"{one.path} answers {one.status}, linked from {one.found_on}"
        for one in crawl.fetched
        if one.status != 200 and one.path not in MEANT_TO_FAIL
    ]
    assert broken == []


def test_no_link_takes_a_detour(crawl):
    redirected = [one for one in crawl.fetched if one.hops and one.path != "/"]
    detours = [f"{one.path} on {one.found_on} goes by {one.hops}" for one in redirected]
    assert detours == []


def test_every_page_exists_in_both_languages(crawl):
    paths = {
        language: {page.path[len(f"/{language}") :] for page in crawl.pages if page.language == language}
        for language in LANGUAGES
    }
    assert paths["en"] ^ paths["zh-hans"] == set()
    assert len(paths["en"]) > 100


def test_every_page_has_a_title_one_heading_and_its_language(crawl):
    odd = []
    for page in crawl.pages:
        document = page.document()
        titles = [title.strip() for title in document.xpath("//head/title/text()") if title.strip()]
        headings = [heading.text_content().strip() for heading in document.xpath("//h1")]
        language = document.get("lang", "").lower()
        if len(titles) != 1 or len(headings) != 1 or not headings[0] or not language.startswith(page.language[:2]):
            odd.append(f"{page.path}: titles {titles}, headings {headings}, language “{language}”")
    assert odd == []


def test_no_page_loads_anything_from_elsewhere(crawl):
    foreign = [f"{page.path}: {link}" for page in crawl.pages for link in page.resources if not link.startswith("/")]
    assert foreign == []


def test_no_page_holds_a_script_or_style_of_its_own(crawl):
    inline = []
    for page in crawl.pages:
        document = page.document()
        own = document.xpath("//script[not(@src)][not(@type='application/ld+json')] | //style | //*[@style]")
        handlers = document.xpath("//@*[starts-with(name(), 'on')]")
        inline += [f"{page.path}: <{element.tag}>" for element in own] + [f"{page.path}: {name}" for name in handlers]
    assert inline == []


def test_no_page_shows_what_a_template_left_over(crawl):
    left = []
    for page in crawl.pages:
        for text, _ in texts(page.document()):
            if LEFT_OVER.search(text):
                left.append(f"{page.path}: {text[:80]}")
    assert left == []


def test_chinese_pages_show_no_english_of_ours(crawl):
    """No text on a Chinese page is an English message that has a Chinese translation, or ought to have one."""
    catalogue = polib.pofile(str(ROOT / "portal/locale/zh_Hans/LC_MESSAGES/django.po"))
    ours = {entry.msgid for entry in catalogue if entry.msgstr != entry.msgid}
    missed = {
        f"“{text}” on {page.path}"
        for page in crawl.pages
        if page.language == "zh-hans"
        for text, language in texts(page.document())
        if text in ours and not language.startswith("en")
    }
    assert missed == set()


def test_chinese_on_english_pages_is_marked_as_chinese(crawl):
    unmarked = {
        f"“{text[:40]}” on {page.path}"
        for page in crawl.pages
        if page.language == "en"
        for text, language in texts(page.document())
        if HAN.search(text) and not language.startswith("zh")
    }
    assert unmarked == set()


def test_every_page_type_is_in_the_table(crawl):
    """A page whose kind of address tests/page_types.py does not know would miss the browser's tests."""
    known = {view_of(path_of(page_type, "en")) for page_type in PAGE_TYPES}
    assert {view_of(page.path) for page in crawl.pages if page.language == "en"} - known == set()


def view_of(path):
    """Return the name of the address that answers an English path, or None where none does."""
    with translation.override("en"):
        try:
            return resolve(urlsplit(path).path).view_name
        except Resolver404:
            return None


# Nobody shares the page of a screen in a hall, or what stands within another page.
NOT_SHARED = {"not found", "sign in the hall", "schedule in another site"}


@pytest.mark.parametrize("page_type", [page_type for page_type in PAGE_TYPES if page_type not in NOT_SHARED])
def test_every_page_type_has_a_picture_to_share(crawl, page_type):
    """Drawn by the server: a PNG at a full address, of the size that the page states."""
    path = path_of(page_type, LANGUAGES[0])
    [page] = [one for one in crawl.fetched if one.path == path]
    stated = {meta.get("property"): meta.get("content") for meta in page.document().xpath("//meta[@property]")}

    answer = requests.get(stated["og:image"], timeout=30)

    assert answer.headers["Content-Type"] == "image/png"
    with Image.open(BytesIO(answer.content)) as picture:
        assert picture.size == (int(stated["og:image:width"]), int(stated["og:image:height"]))
