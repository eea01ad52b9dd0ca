"""Rows of a list that are put in order by hand: one is dragged by its handle, and the numbers follow."""

import pytest

from tests.browser.looking import SIZES
from tests.make import a_level
from tests.organizers import an_administrator

NAMES = "[...document.querySelectorAll('#result_list tbody th')].map(head => head.textContent.trim())"
NUMBERS = "[...document.querySelectorAll('#result_list [name$=position]')].map(input => Number(input.value))"


@pytest.fixture
def page(live_server, client, browser):
    """The list of four levels of partners, as an administrator has it open."""
    for number, name in enumerate(("Gold", "Silver", "Bronze", "Friends"), 1):
        a_level(name, slug=name.lower(), position=number)
    client.force_login(an_administrator())
    session = {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}
    with browser.new_context(viewport=SIZES["desktop"], locale="en-US") as context:
        context.add_cookies([session])
        page = context.new_page()
        page.goto(f"{live_server.url}/admin/portal/partnerlevel/")
        yield page


def drag(page, row, to, part):
    """Drag a row, by number from 0, over another one, and let go at that part of its height."""
    handles = page.locator(".grip")
    handles.nth(row).hover()
    page.mouse.down()
    box = handles.nth(to).locator("xpath=ancestor::tr").bounding_box()
    page.mouse.move(handles.nth(row).bounding_box()["x"] + 9, box["y"] + box["height"] * part, steps=12)
    page.mouse.up()


def test_a_row_is_dragged_down_and_back(page):
    drag(page, 0, 2, 0.8)
    assert page.evaluate(NAMES) == ["Silver", "Bronze", "Gold", "Friends"]
    assert page.evaluate(NUMBERS) == [1, 2, 3, 4]
    assert page.locator(".dragged").count() == 0

    drag(page, 2, 0, 0.2)
    assert page.evaluate(NAMES) == ["Gold", "Silver", "Bronze", "Friends"]


def test_the_row_that_is_dragged_never_leaves_the_page(page):
    """It would be put elsewhere at once; but browsers let go of the pointer then, and nothing follows it any more."""
    page.evaluate(
        "window.left = []; const [row] = document.querySelectorAll('#result_list tbody tr');"
        "new MutationObserver((changes) => left.push(...changes.flatMap(({ removedNodes }) => [...removedNodes])"
        ".filter((node) => node === row))).observe(row.parentElement, { childList: true })"
    )

    drag(page, 0, 3, 0.8)

    assert page.evaluate(NAMES) == ["Silver", "Bronze", "Friends", "Gold"]
    assert page.evaluate("left.length") == 0
