"""A list of sign-ups in Chinese: on a laptop no column of it is cut off, on a phone all rows are ticked at once."""

from contextlib import contextmanager
from datetime import timedelta

from django.utils import timezone

from tests.browser.looking import SIZES, sticking_out
from tests.make import a_chapter, a_desk, a_meetup
from tests.organizers import a_lead
from tests.portal.seats import seated


@contextmanager
def a_list_of_registrations(live_server, client, browser, size):
    """The page of two guests of a meetup, as its lead has it open."""
    chapter = a_chapter()
    begins = timezone.now() + timedelta(days=9)
    meetup = a_meetup(
        chapters=[chapter], starts_at=begins, title_zh_hans="示例聚会：一个长到放不进一行里的标题（虚构）"
    )
    desk = a_desk(1, occasion=meetup)
    for name in ("王小明", "Featherstonehaugh-Cholmondeley"):
        seated(desk, name, email="guest@example.org" if name.isascii() else "ming@example.org")
    client.force_login(a_lead(chapter))
    session = {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}

    with browser.new_context(viewport=SIZES[size], locale="zh-CN") as context:
        context.add_cookies([session])
        page = context.new_page()
        page.goto(f"{live_server.url}/admin/portal/registration/")
        yield page


def test_every_column_of_the_registrations_is_seen(live_server, client, browser):
    with a_list_of_registrations(live_server, client, browser, "desktop") as page:
        whole, shown = page.eval_on_selector("#changelist .results", "box => [box.scrollWidth, box.clientWidth]")
        state = page.locator("td.field-standing").first.bounding_box()

    assert whole <= shown
    assert state["height"] < 60  # "有座位" on one line


def test_a_thumb_ticks_all_rows_at_once(live_server, client, browser):
    with a_list_of_registrations(live_server, client, browser, "phone") as page:
        words = page.locator("th.action-checkbox-column").bounding_box()
        page.locator("#action-toggle").check()

        assert page.locator(".action-select:checked").count() == 2
        assert words["width"] > 200  # what the box does is said on one line
        assert sticking_out(page) == []


def test_what_is_printed_at_night_is_black_on_white(live_server, client, browser):
    with a_list_of_registrations(live_server, client, browser, "desktop") as page:
        page.locator("#action-toggle").check()
        page.select_option("select[name=action]", "printed")
        page.locator("button[name=index]").click()
        page.wait_for_selector(".printed")
        page.emulate_media(media="print", color_scheme="dark")
        inks = page.eval_on_selector_all(
            "h1, caption, .printed td", "all => all.map(one => getComputedStyle(one).color)"
        )

    assert set(inks) == {"rgb(0, 0, 0)"}
