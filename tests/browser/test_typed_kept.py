"""What an organizer typed survives a lost session and a lost network, and is gone once it is saved."""

import pytest
from django.contrib.auth.models import User
from django.urls import reverse
from playwright.sync_api import Error, expect

from tests import make
from tests.browser.organizing import NAME, PASSWORD, Organizer

TYPED = "写了很久的一段话"


@pytest.fixture
def context(browser):
    with browser.new_context(locale="zh-CN", reduced_motion="reduce") as context:
        yield context


@pytest.fixture
def form(live_server, settings, tmp_path, context):
    """The form of a person, open before an organizer who has typed a title that is not saved; its row."""
    settings.SITE_URL, settings.VAR = live_server.url, tmp_path
    User.objects.create_superuser(NAME, password=PASSWORD)
    person = make.a_person("Hong Wang")
    organizer = Organizer(context.new_page(), live_server.url)
    organizer.sign_in()
    organizer.page.goto(live_server.url + reverse("admin:portal_person_change", args=[person.pk]))
    organizer.page.fill("[name=title_zh_hans]", TYPED)
    organizer.page.wait_for_function("() => Object.keys(localStorage).some((name) => name.startsWith('typed:'))")
    return organizer, person


def restored_and_saved(organizer, person):
    """Take the offer above the form, save, and see that nothing is offered any more."""
    page, field = organizer.page, organizer.page.locator("[name=title_zh_hans]")
    expect(page.locator(".kept")).to_contain_text("没有保存")
    expect(field).to_have_value("")
    page.locator(".kept button").first.click()
    expect(field).to_have_value(TYPED)
    organizer.save("_continue")
    expect(field).to_have_value(TYPED)
    page.reload()
    expect(page.locator(".kept")).to_have_count(0)
    person.refresh_from_db()
    assert person.title_zh_hans == TYPED


def sign_in_again(organizer):
    organizer.page.fill("#id_login", NAME)
    organizer.page.fill("#id_password", PASSWORD)
    organizer.follow("form.account-form button[type=submit]")


def test_a_lost_session(form, context, settings):
    organizer, person = form
    context.clear_cookies(name=settings.SESSION_COOKIE_NAME)

    organizer.save()
    sign_in_again(organizer)

    restored_and_saved(organizer, person)


def test_a_browser_that_has_forgotten_everything(form, context):
    organizer, person = form
    context.clear_cookies()

    organizer.save()
    expect(organizer.page.locator(".too-old textarea").filter(has_text=TYPED)).to_have_count(1)
    organizer.follow(".too-old ol a")
    sign_in_again(organizer)

    restored_and_saved(organizer, person)


def test_a_lost_network(form, context):
    organizer, person = form
    address = organizer.page.url
    context.set_offline(True)
    with pytest.raises(Error):
        organizer.page.reload()
    context.set_offline(False)

    organizer.page.goto(address)

    restored_and_saved(organizer, person)
