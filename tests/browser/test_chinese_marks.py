"""Chinese pages draw their quotation marks a square wide, though a Latin font comes first; English ones stay narrow."""

import pytest

from tests.make import a_page

pytestmark = pytest.mark.django_db(transaction=True)

# How wide a character is drawn, as a share of the size of the letters.
WIDTH = """async (character) => {
    document.documentElement.style.setProperty("--latin-first", '"DejaVu Sans"');
    const span = document.createElement("span");
    span.style = "position: absolute; font-size: 100px";
    span.textContent = "开" + character;  // the first of a line is trimmed
    document.body.prepend(span);
    span.getBoundingClientRect();  // asks for the font
    await document.fonts.ready;
    return span.getBoundingClientRect().width / 100 - 1;
}"""


@pytest.mark.parametrize(("language", "is_square"), [("zh-hans", True), ("en", False)])
def test_a_quotation_mark_is_as_wide_as_its_language_has_it(live_server, settings, page, language, is_square):
    settings.ALLOWED_HOSTS = ["*"]
    slug = a_page().slug
    page.goto(f"{live_server.url}/{language}/pages/{slug}/")
    assert (page.evaluate(WIDTH, "“") > 0.9) == is_square
    assert page.evaluate(WIDTH, "’") < 0.6
