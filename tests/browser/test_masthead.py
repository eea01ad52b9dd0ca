"""The head of every page: a long name of a community takes no section out of sight."""

import pytest

from portal.models import Community
from tests.browser.looking import TWICE_THE_LETTERS

pytestmark = pytest.mark.django_db(transaction=True)

BOX = "(element) => element.getBoundingClientRect().right <= element.closest('nav').getBoundingClientRect().right + 1"


@pytest.mark.parametrize("width", [800, 1280])
def test_a_long_name_leaves_room_for_every_section(live_server, settings, page, width):
    settings.ALLOWED_HOSTS = ["*"]
    Community.objects.update_or_create(defaults={"name_en": "The Federation of Open Source Communities of the World"})
    page.set_viewport_size({"width": width, "height": 700})

    page.goto(f"{live_server.url}/en/")

    sections = page.locator(".masthead-nav a").all()
    assert len(sections) == 5 and all(section.evaluate(BOX) for section in sections)


def test_a_name_in_letters_of_twice_the_size_stays_whole_on_a_phone(live_server, settings, page):
    settings.ALLOWED_HOSTS = ["*"]
    Community.objects.update_or_create(defaults={"name_en": "Open Source"})
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(f"{live_server.url}/en/")
    height = page.locator(".brand").bounding_box()["height"]

    page.evaluate(TWICE_THE_LETTERS)

    assert page.locator(".brand").bounding_box()["height"] == 2 * height
