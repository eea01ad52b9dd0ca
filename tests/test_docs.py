"""What the pages for people who run and write the portal name is there."""

import re

import pytest

from tests.browser.site import ROOT

PAGES = [*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")]
NAMED = re.compile(r"`((?:bin|docs|events|meetups|portal|templates|tests)/[\w/.-]+)`")
LINK = re.compile(r"\]\(([^)\s#]+)")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_file_that_is_named_and_every_page_that_is_linked_is_there(page):
    text = page.read_text()
    linked = {page.parent / link for link in LINK.findall(text) if not re.match(r"[a-z]+:", link)}
    wanted = {ROOT / path for path in NAMED.findall(text)} | linked

    assert sorted(str(path) for path in wanted if not path.exists()) == []


def test_the_rows_of_the_map_of_the_house_are_there():
    """They name modules by their last part: `publishing.py` beside `portal/`."""
    rows = re.findall(r"^\| (`portal/.*?) \|", (ROOT / "CONTRIBUTING.md").read_text(), re.MULTILINE)
    modules = [name for row in rows for name in re.findall(r"`(?:portal/)?(\w+\.py)`", row)]

    assert len(modules) > 20
    assert [name for name in modules if not (ROOT / "portal" / name).exists()] == []


def test_every_setting_is_named_in_the_example_and_every_named_one_is_read():
    sources = "".join((ROOT / path).read_text() for path in ("portal/settings.py", "gunicorn.conf.py"))
    read = set(re.findall(r"""env\.\w+\(\s*["'](\w+)["']""", sources))
    named = set(re.findall(r"^#?(\w+)=", (ROOT / ".env.example").read_text(), re.MULTILINE))

    assert len(read) > 20
    assert read == named
