"""What a guest sees of a form that they sent empty, on a phone and in Chinese."""

import pytest

from tests.browser.looking import SIZES, barriers, sticking_out
from tests.make import a_photo_at_hand

# Where the box, its words and what is wrong with it are: all at once, since the page moves to its refusal meanwhile.
PLACES = """() => ["#id_agree_run", "[for=id_agree_run]", "#id_agree_run ~ .errorlist"]
    .map((one) => document.querySelector(one).getBoundingClientRect().toJSON())"""
FORMS = ("meetups/sample-meetup-chengdu/register/", "conferences/sample-conference/booths/apply/bazaar/")


@pytest.mark.parametrize("path", FORMS)
def test_a_box_that_has_to_be_ticked_stands_beside_its_words(site, page, path):
    page.set_viewport_size(SIZES["phone"])
    page.goto(site.address("zh-hans", path))
    with page.expect_navigation():
        page.locator("main form [type=submit]").click()

    box, words, wrong = page.evaluate(PLACES)

    assert 0 < words["x"] - (box["x"] + box["width"]) < 24
    assert (wrong["x"], wrong["y"] >= words["y"] + words["height"]) == (words["x"], True)
    assert (sticking_out(page), barriers(page)) == ([], [])


def test_keys_lead_from_the_refusal_to_what_is_to_be_mended(folder, live_server, phone):
    phone.page.goto(f"{live_server.url}{a_photo_at_hand().get_absolute_url()}takedown/")
    phone.page.locator("main form [type=submit]").click()
    refusal = phone.page.locator(".notice.error")
    refusal.wait_for()
    assert refusal.evaluate("refusal => refusal === document.activeElement")

    phone.page.keyboard.press("Tab")
    phone.page.keyboard.press("Enter")
    phone.page.keyboard.press("Space")

    assert phone.page.locator("[name=reason]").first.is_checked()
