"""Contrast themes take grounds away and show lines that were see-through: what they told is told otherwise."""

import pytest

from portal import search
from tests.make import a_conference, a_meetup, a_person

pytestmark = pytest.mark.django_db(transaction=True)

# The colours of an element's words, ground and line below.
SHADES = """(element) => {
    const { color, backgroundColor, borderBottomColor } = getComputedStyle(element);
    return [color, backgroundColor, borderBottomColor];
}"""


def shades(page, selector):
    return page.locator(selector).first.evaluate(SHADES)


def test_what_was_found_and_what_is_chosen_stay_in_sight(live_server, settings, page):
    settings.ALLOWED_HOSTS = ["*"]
    a_person("Ming of Chengdu")
    a_meetup("Chengdu lunch")
    search.rebuild()
    page.emulate_media(forced_colors="active")

    page.goto(f"{live_server.url}/en/search/?q=chengdu&kind=person")
    words, ground, _line = shades(page, "mark")
    assert ground not in {words, "rgba(0, 0, 0, 0)"}
    assert shades(page, ".cluster [aria-current]")[1] != shades(page, ".cluster a:not([aria-current])")[1]


def test_the_page_one_is_on_is_the_one_underlined(live_server, settings, page):
    settings.ALLOWED_HOSTS = ["*"]
    conference = a_conference()
    page.emulate_media(forced_colors="active")

    page.goto(f"{live_server.url}{conference.get_absolute_url()}")
    assert shades(page, ".masthead-nav [aria-current]")[2] != shades(page, ".masthead-nav a:not([aria-current])")[2]
