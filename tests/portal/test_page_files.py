"""Kept pages as files for a server in front: there while they hold, nowhere after a save, an upgrade or their slot."""

import json
import time
from io import StringIO
from types import SimpleNamespace

import pytest
from django.core.management import call_command

from portal.management.commands import nginx
from portal.pagecache import files
from portal.pagecache.files import SLOT_SECONDS, PageFiles
from portal.pagecache.page import Page
from portal.pagecache.stores import FileStore

SITE = "https://portal.example"
HEADERS = [("Content-Type", "text/html"), ("Content-Security-Policy", "a 'self' data:; b 'none'")]
KEY = ("https", "portal.example", "/en/news/", "", "")


NOW = 1_800_000_000  # a slot begins


def a_page(*more, language="en", seconds=3600, vary=()):
    headers = [*HEADERS, ("Content-Language", language), *more]
    return Page.of(headers, b"a page " * 200, NOW + seconds, vary)


@pytest.fixture(autouse=True)
def at_the_beginning_of_a_slot(monkeypatch):
    """Stop the clock, so that no slot ends during a test."""
    monkeypatch.setattr(files, "time", SimpleNamespace(time=lambda: NOW, monotonic_ns=time.monotonic_ns))


@pytest.fixture
def placed(tmp_path):
    """The files of a release that nginx knows the headers of, and the store they belong to."""
    placed = PageFiles(tmp_path / "files", SITE)
    store = FileStore(tmp_path / "pages", placed)
    placed.begin_release("one", store)
    placed.tell(HEADERS)
    return placed, store


def found(placed):
    """Return the names of what nginx finds now."""
    slot = placed.current / str(NOW // SLOT_SECONDS) / "portal.example" / "en" / "news"
    return sorted(file.name for file in slot.iterdir()) if slot.exists() else []


def offered(placed, page, key=KEY):
    placed[0].offer(placed[1].generation(), key, page)
    return found(placed[0])


def test_a_page_lies_there_plain_and_compressed(placed):
    assert offered(placed, a_page()) == ["index.html", "index.html.br", "index.html.gz"]


def test_its_validator_is_the_same_in_every_slot(placed, monkeypatch):
    page = a_page()
    offered(placed, page)
    monkeypatch.setattr(files, "SLOT_SECONDS", 10)
    offered(placed, page)

    assert {path.stat().st_mtime for path in placed[0].current.rglob("index.html")} == {page.made_at}


@pytest.mark.parametrize("late", [0, SLOT_SECONDS - 0.5])
@pytest.mark.parametrize(("holds", "there"), [(SLOT_SECONDS - 0.1, 0), (SLOT_SECONDS, 3)])
def test_what_changes_before_the_slot_ends_is_left_to_the_portal(placed, monkeypatch, late, holds, there):
    monkeypatch.setattr(files.time, "time", lambda: NOW + late)

    assert len(offered(placed, a_page(seconds=holds))) == there


def test_what_differs_from_browser_to_browser_is_left_to_the_portal(placed):
    assert offered(placed, a_page(vary=("User-Agent",))) == []
    assert offered(placed, a_page(), (*KEY[:4], "wechat")) == []


def test_the_order_of_a_policys_words_does_not_matter_but_any_other_header_does(placed):
    turned = Page.of(
        [HEADERS[0], ("Content-Security-Policy", "b 'none'; a data: 'self'"), ("Content-Language", "en")],
        b"",
        NOW + 999,
    )
    assert offered(placed, a_page(("X-Other", "1"))) == []
    other_process = PageFiles(placed[0].folder, SITE)
    other_process.begin_release("one", placed[1])
    assert offered((other_process, placed[1]), turned) == ["index.html"]


@pytest.mark.parametrize(
    "key",
    [
        ("http", "portal.example", "/en/news/", "", ""),
        ("https", "evil.example", "/en/news/", "", ""),
        ("https", "portal.example", "/en/news/", "page=2", ""),
        ("https", "portal.example", "/en/news/", "", "wechat"),
        ("https", "portal.example", "/en/../en/news/", "", ""),
        ("https", "portal.example", "/en/news", "", ""),
    ],
)
def test_only_the_sites_own_plain_addresses_lie_there(placed, key):
    offered(placed, a_page(), key)

    assert list(placed[0].folder.rglob("index.html")) == []


def test_a_page_of_another_language_than_its_address_is_left_to_the_portal(placed):
    assert offered(placed, a_page(language="zh-hans")) == []


def test_a_save_hides_every_page_at_once(placed):
    offered(placed, a_page())

    placed[1].begin_generation()

    assert found(placed[0]) == []


def test_an_upgrade_hides_the_pages_of_the_former_release(placed):
    former, store = placed
    offered(placed, a_page())
    PageFiles(former.folder, SITE).begin_release("two", store)
    former.offer(store.generation(), KEY, a_page())

    assert found(former) == []


def test_the_command_writes_down_for_nginx_what_the_home_page_is_told_beside_its_text(
    db, placed, monkeypatch, connection_outlives_requests
):
    monkeypatch.setattr(nginx, "store", lambda: placed[1])
    written = StringIO()

    call_command("nginx", "--listen", "8080", stdout=written)

    told = dict(json.loads(placed[0].told.read_text()))
    assert "Content-Security-Policy" in told and "Content-Language" not in told
    assert "listen 8080;" in written.getvalue()
    assert all(f"add_header {name} " in written.getvalue() for name in told.keys() - {"Content-Type"})
