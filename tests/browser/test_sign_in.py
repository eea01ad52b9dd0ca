"""An organizer signs in on a phone, in Chinese: with an app's codes, then with a passkey of a virtual key."""

import pytest
from django.contrib.auth.models import Group
from django.core.cache import caches
from django.test import override_settings
from playwright.sync_api import expect

from portal.models import Community
from portal.rights import EDITOR
from tests.browser.looking import barriers, complaints_of, sticking_out
from tests.portal.accounts.signing import PASSWORD, a_person_with_password, code_before, code_of

pytestmark = pytest.mark.django_db(transaction=True)

PHONE = {"width": 390, "height": 780}
ACCOUNT = "/admin/account/"


@pytest.fixture
def organizer():
    """An editor, whose group must have a second factor."""
    caches["default"].clear()
    community = Community.objects.create(name_zh_hans="开源社", name_en="KAIYUANSHE")
    community.second_factor_groups.set(Group.objects.filter(name=EDITOR))
    return a_person_with_password("hong", EDITOR)


@pytest.fixture
def phone(browser, live_server):
    """A page on a phone whose browser speaks Chinese, by a name, since passkeys know no numbers."""
    with (
        override_settings(SITE_URL=live_server.url),
        browser.new_context(viewport=PHONE, locale="zh-CN", reduced_motion="reduce") as context,
    ):
        page = context.new_page()
        page.home = live_server.url.replace("127.0.0.1", "localhost")
        page.complaints = complaints_of(page)
        yield page


def is_sound(page):
    assert page.complaints == [] and sticking_out(page) == [] and barriers(page) == []
    assert page.locator("html").get_attribute("lang") == "zh-hans"
    return True


def type_password(page):
    """By keyboard alone: the first field has the focus already."""
    page.goto(f"{page.home}/admin/")
    expect(page.locator("#id_login")).to_be_focused()  # a browser may take a moment to go there
    page.keyboard.type("hong")
    expect(page.locator("#id_login")).to_have_value("hong")
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    expect(page.locator("#id_password")).to_have_value(PASSWORD)
    page.keyboard.press("Enter")


def confirm_password(page):
    page.locator("#id_password").fill(PASSWORD)
    page.locator("main form button").first.click()


def sign_out(page):
    page.locator("#logout-form button").click()


def test_a_second_factor_is_set_up_and_used(organizer, phone):
    page = phone
    page.goto(f"{page.home}/admin/account/login/")
    assert is_sound(page)
    type_password(page)
    page.wait_for_url("**/second-factor/")
    assert is_sound(page)

    page.locator("a[href$='/totp/activate/']").click()
    confirm_password(page)
    secret = page.locator("#authenticator_secret").input_value()
    assert is_sound(page)
    page.locator("#id_code").fill(code_before(secret))
    page.locator("main form button").click()
    page.wait_for_url("**/recovery-codes/")
    assert len(page.locator("#recovery_codes").input_value().split()) == 10
    assert is_sound(page)

    sign_out(page)
    type_password(page)
    page.wait_for_url("**/authenticate/")
    assert is_sound(page)
    page.locator("#id_code").fill(code_of(secret))
    page.locator("#id_code").press("Enter")
    page.wait_for_url("**/admin/")

    keys = page.context.new_cdp_session(page)
    keys.send("WebAuthn.enable")
    options = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True}
    options |= {"isUserVerified": True, "automaticPresenceSimulation": True}
    keys.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    page.goto(f"{page.home}{ACCOUNT}second-factor/webauthn/add/")
    confirm_password(page)
    assert is_sound(page)
    page.locator("#mfa_webauthn_add").click()
    page.wait_for_url("**/second-factor/")

    page.goto(f"{page.home}{ACCOUNT}")
    assert is_sound(page)
    sign_out(page)
    page.goto(f"{page.home}/admin/account/login/")
    page.locator("#passkey_login").click()
    page.wait_for_url("**/admin/")
    assert page.complaints == []

    sign_out(page)
    keys.send("WebAuthn.disable")
    page.goto(f"{page.home}/admin/account/login/")
    page.evaluate("() => { navigator.credentials.get = () => Promise.reject(new Error('cancelled')); }")
    page.locator("#passkey_login").click()
    page.get_by_role("alert").wait_for()
    assert "没有用上通行密钥" in page.get_by_role("alert").inner_text()
