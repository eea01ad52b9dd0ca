"""The photos of an album over the whole screen: keys, the browser's history, and where one is when it closes."""

import pytest

from portal.photos import put_up
from tests.browser.looking import SIZES, complaints_of
from tests.make import an_album
from tests.portal.pictures import a_drawing, a_file

PHOTOS = 3
OPEN = ".pswp--open"


@pytest.fixture
def album(folder, live_server, page):
    """The page of an album of three photos on a phone; what it complains about is told at the end."""
    album = an_album()
    for number in range(PHOTOS):
        put_up(album, a_file(image=a_drawing(600 + number, 400)))
    complaints = complaints_of(page)
    page.set_viewport_size(SIZES["phone"])
    page.emulate_media(reduced_motion="reduce")
    page.goto(f"{live_server.url}/en/photos/")
    page.goto(f"{live_server.url}/en/photos/{album.slug}/")
    yield page
    assert complaints == []


def opened(page, number):
    page.locator(".photos a[data-size]").nth(number).click()
    return counted(page)


def counted(page):
    """What the lightbox says of where one is, such as "2 / 3"."""
    page.locator(OPEN).wait_for()
    return page.locator(".pswp__counter").inner_text()


def is_closed(page):
    page.locator(OPEN).wait_for(state="detached")
    return page.url.rstrip("/").count("/") == 5


def focused(page):
    """Which photo of the album has the focus, counted from 0."""
    return page.evaluate("[...document.querySelectorAll('.photos a[data-size]')].indexOf(document.activeElement)")


def test_keys_lead_through_the_photos_and_the_one_that_was_seen_last_keeps_the_focus(album):
    assert opened(album, 0) == "1 / 3"
    album.keyboard.press("ArrowRight")
    assert counted(album) == "2 / 3"

    album.keyboard.press("Escape")

    assert is_closed(album)
    assert focused(album) == 1


def test_back_closes_it_and_leaves_one_on_the_album(album):
    opened(album, 1)
    album.go_back()
    assert is_closed(album)

    album.go_forward()
    assert counted(album) == "2 / 3"
    album.keyboard.press("Escape")
    assert is_closed(album)

    album.go_back()
    assert album.url.endswith("/photos/")


def test_whoever_comes_back_from_the_page_of_a_photo_finds_it_open(album):
    opened(album, 0)
    album.keyboard.press("ArrowRight")
    album.locator(".lightbox-caption a").click()
    album.wait_for_url("**/photos/*/*/")

    album.go_back()

    assert counted(album) == "2 / 3"
    album.locator(".pswp__button--close").click()
    assert is_closed(album)


def test_the_album_loaded_anew_stands_where_it_was(album):
    opened(album, 2)
    album.reload()
    assert counted(album) == "3 / 3"
    album.go_back()
    assert is_closed(album)
