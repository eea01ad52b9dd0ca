"""Some pages of the admin in a real browser; `bin/prove admin_looks` looks at all of them in every look."""

from itertools import cycle, product

import pytest

from tests.admin_routes import routes
from tests.browser.admin_pages import SIZES, UNFOLD, addresses, is_page, signed_in
from tests.browser.looking import SCHEMES, barriers, complaints_of, sticking_out, zoomed

CHOSEN = (
    "/admin/",
    "/admin/events/conference/add/",
    "/admin/events/conference/1/change/",
    "/admin/events/session/",
    "/admin/events/session/import/",
    "/admin/portal/partnership/",
    "/admin/portal/person/1/history/",
    "/admin/meetups/meetup/",
)
LOOKS = [(path, *look) for path, look in zip(CHOSEN, cycle(product(SIZES, SCHEMES)), strict=False)]


@pytest.fixture(scope="module")
def organizer(site, browser):
    with signed_in(browser, site.url) as context:
        yield context


@pytest.fixture(scope="module")
def paths(organizer, site):
    return addresses(organizer, site.url, routes())


@pytest.mark.parametrize(("path", "size", "scheme"), LOOKS)
def test_a_page_of_the_admin_is_sound(site, organizer, paths, path, size, scheme):
    assert any(_kind(path) == _kind(one) for one in paths)
    page = organizer.new_page()
    complaints = complaints_of(page)
    page.set_viewport_size(SIZES[size])
    page.emulate_media(color_scheme=scheme)
    page.goto(site.url + next(one for one in paths if _kind(one) == _kind(path)))
    page.evaluate(UNFOLD)

    assert sticking_out(page) == []
    assert size == "desktop" or zoomed(page) == []
    assert complaints == []  # before axe, which asks for more than the policy lets it
    assert barriers(page) == []
    page.close()


def _kind(path):
    """Return a path without the key of its row, which is another in every demo."""
    return tuple(part for part in path.split("/") if not part.isdecimal())


def test_every_address_of_the_admin_answers(site, organizer, paths):
    assert len(paths) > 100
    for path in paths:
        is_page(organizer, site.url + path)
