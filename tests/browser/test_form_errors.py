"""What a guest sees of a form that they sent empty, on a phone and in Chinese."""

import pytest

from tests.browser.looking import SIZES, barriers, sticking_out

FORMS = ("meetups/sample-meetup-chengdu/register/", "conferences/sample-conference/booths/apply/bazaar/")


@pytest.mark.parametrize("path", FORMS)
def test_a_box_that_has_to_be_ticked_stands_beside_its_words(site, page, path):
    page.set_viewport_size(SIZES["phone"])
    page.goto(site.address("zh-hans", path))
    with page.expect_navigation():
        page.locator("main form [type=submit]").click()

    box, words = (page.locator("#id_agree_run, [for=id_agree_run]").nth(number).bounding_box() for number in (0, 1))
    wrong = page.locator("#id_agree_run ~ .errorlist").bounding_box()

    assert 0 < words["x"] - (box["x"] + box["width"]) < 24
    assert (wrong["x"], wrong["y"] >= words["y"] + words["height"]) == (words["x"], True)
    assert (sticking_out(page), barriers(page)) == ([], [])
