"""Who goes through a form by the Tab key sees where they are, at twice the size, too."""

import pytest

from tests.make import a_session
from tests.organizers import an_administrator, signed_in

pytestmark = pytest.mark.django_db(transaction=True)

TWICE = {"width": 640, "height": 450}  # what 200 % leaves of 1280 by 900
STOPS = 60
COVERED = """() => {
    const one = document.activeElement, box = one.getBoundingClientRect();
    if (one === document.body || !box.height) return "";
    const there = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2);
    const bar = there?.closest(".submit-row");
    return bar && !bar.contains(one) ? one.id || one.textContent : "";
}"""


def test_no_field_that_is_tabbed_to_lies_under_the_bar_at_the_foot(live_server, browser, settings):
    settings.ALLOWED_HOSTS = ["*"]
    session, client = a_session(), signed_in(an_administrator())
    cookie = {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}

    with browser.new_context(viewport=TWICE, reduced_motion="reduce") as context:
        context.add_cookies([cookie])
        page = context.new_page()
        page.goto(f"{live_server.url}/admin/events/session/{session.pk}/change/")
        covered = set()
        for _stop in range(STOPS):
            page.keyboard.press("Tab")
            covered.add(page.evaluate(COVERED))

    assert covered == {""}
