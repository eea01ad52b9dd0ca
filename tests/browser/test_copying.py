"""A button that copies, in a browser that says it can copy and then refuses."""

import pytest

from tests.make import a_role

pytestmark = pytest.mark.django_db(transaction=True)

REFUSING = "navigator.clipboard.writeText = () => Promise.reject(new DOMException('', 'NotAllowedError'))"
CHOSEN = "() => getSelection().toString()"


@pytest.fixture
def in_wechat(browser, live_server, settings):
    settings.ALLOWED_HOSTS = ["*"]
    with browser.new_context(user_agent="Mozilla/5.0 MicroMessenger/8.0", reduced_motion="reduce") as context:
        context.add_init_script(REFUSING)
        yield context.new_page()


@pytest.mark.parametrize("has_field", [True, False])
def test_the_text_stands_there_chosen(in_wechat, live_server, has_field):
    path = "/en/calendar.ics" if has_field else a_role().get_absolute_url()
    in_wechat.goto(live_server.url + path)
    button = in_wechat.locator("button[data-copy]")

    button.click()

    assert in_wechat.locator("input[readonly]").count() == 1
    assert in_wechat.evaluate(CHOSEN) == button.get_attribute("data-copy")
