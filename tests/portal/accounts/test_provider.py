"""Signing in with an OpenID Connect provider: a real one on the loopback, asked over HTTP."""

import time
from types import SimpleNamespace
from urllib.parse import parse_qs, quote_plus, urlsplit

import pytest
import requests
from allauth.socialaccount.models import SocialAccount
from django.contrib.auth.models import User
from django.core.cache import caches
from post_office.models import Email

from portal.accounts.events import Kind
from portal.rights import EDITOR
from tests.organizers import signed_in

from .provider import CLIENT, SECRET, Provider
from .signing import LOGIN, SECOND, a_browser, a_person_with_password, code_of, is_in, set_up_app, sign_in

pytestmark = pytest.mark.django_db

START = "/admin/account/provider/oidc/login/"
CALLBACK = "/admin/account/provider/oidc/callback/"


@pytest.fixture(scope="module")
def served():
    provider = Provider()
    yield provider
    provider.stop()


@pytest.fixture
def provider(served, settings):
    caches["default"].clear()
    served.person = {"sub": "1", "email": "hong@example.org", "email_verified": True, "name": "Hong"}
    served.refused, served.audience, served.signed_in_ago = [], CLIENT, 0
    settings.OIDC_ISSUER, settings.OIDC_NAME = served.url, "Our house"
    app = {"provider_id": "oidc", "name": "Our house", "client_id": CLIENT, "secret": SECRET}
    app["settings"] = {"server_url": served.url}
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": [app]}}
    return served


@pytest.fixture
def hong():
    return a_person_with_password("hong", EDITOR)


def go_there(browser, process="login"):
    """Press the button, sign in over there, and return the address that the provider sends back to."""
    away = browser.post(f"{START}?process={process}")
    assert away.status_code == 302, away.content.decode()
    back = requests.get(away["Location"], allow_redirects=False, timeout=10)
    assert back.status_code == 302, back.text
    return back.headers["Location"].removeprefix("http://testserver")


def sign_in_there(browser, process="login"):
    return browser.get(go_there(browser, process))


def test_the_button_is_there_only_where_a_provider_is_set(provider, settings):
    assert "Sign in with Our house" in a_browser().get(LOGIN).content.decode()

    settings.OIDC_ISSUER, settings.SOCIALACCOUNT_PROVIDERS = "", {}
    assert "Our house" not in a_browser().get(LOGIN).content.decode()
    assert a_browser().post(START).status_code == 404


def test_the_policy_lets_the_form_lead_there_and_nowhere_else(provider):
    policy = a_browser().get(LOGIN)["Content-Security-Policy"]

    assert f"form-action 'self' {provider.url}" in policy
    assert provider.url not in a_browser().get("/admin/account/password/reset/")["Content-Security-Policy"]


def test_the_account_with_the_verified_address_opens(provider, hong):
    browser = a_browser()

    sign_in_there(browser)

    assert is_in(browser)
    assert SocialAccount.objects.get().user == hong
    assert {Kind.SIGNED_IN, Kind.CONNECTED} <= {event.kind for event in hong.account_events.all()}
    hong.refresh_from_db()
    assert hong.has_usable_password(), "and the password still works"


def test_once_connected_the_address_may_change(provider, hong):
    sign_in_there(a_browser())
    provider.person |= {"email": "new@example.org", "email_verified": False}
    browser = a_browser()

    sign_in_there(browser)

    assert is_in(browser)


@pytest.mark.parametrize(
    "claims",
    [
        {"email_verified": False},
        {"email": "stranger@example.org"},
        {"email": ""},
    ],
    ids=["an address that is not verified", "an unknown one", "none"],
)
def test_whom_no_account_belongs_to_gets_none(provider, hong, claims):
    provider.person |= claims
    browser = a_browser()

    page = sign_in_there(browser)

    assert "You have no account here yet" in page.content.decode()
    assert not is_in(browser) and User.objects.count() == 1


def test_an_address_of_two_accounts_opens_neither(provider, hong):
    a_person_with_password("twin", EDITOR)
    User.objects.update(email="hong@example.org")
    browser = a_browser()

    sign_in_there(browser)

    assert not is_in(browser)


def test_a_superuser_connects_by_hand(provider, hong):
    User.objects.update(is_superuser=True)
    stranger = a_browser()
    sign_in_there(stranger)
    assert not is_in(stranger), "whoever runs the provider does not get the whole portal by an address"

    browser = a_browser()
    sign_in(browser)
    browser.post("/admin/account/reauthenticate/", {"password": "a-long-enough-one"})
    sign_in_there(browser, "connect")
    assert SocialAccount.objects.get().user == hong

    again = a_browser()
    sign_in_there(again)
    assert is_in(again)


def test_the_second_factor_is_asked_for_here_as_well(provider, hong):
    owner = a_browser()
    sign_in(owner)
    set_up_app(owner)
    browser = a_browser()

    assert sign_in_there(browser)["Location"] == f"{SECOND}authenticate/"
    assert not is_in(browser)


APP = f"{SECOND}totp/activate/"


@pytest.fixture
def lan_without_password(provider):
    lan = a_person_with_password("lan", EDITOR)
    lan.set_unusable_password()
    lan.save()
    provider.person |= {"sub": "2", "email": "lan@example.org"}
    return lan


def vouch(browser, page=APP):
    """Press the button of the page that asks who one is, sign in over there, and follow back."""
    away = browser.post("/admin/account/vouch/", {"next": page})
    assert parse_qs(urlsplit(away["Location"]).query)["prompt"] == ["login"], "over there the password is asked for"
    back = requests.get(away["Location"], allow_redirects=False, timeout=10)
    return browser.get(back.headers["Location"].removeprefix("http://testserver"))


def test_who_has_no_password_sets_up_a_second_factor_by_signing_in_over_there_again(provider, lan_without_password):
    browser = a_browser()
    sign_in_there(browser)

    asked = browser.get(APP, follow=True)
    assert asked.redirect_chain == [(f"/admin/account/vouch/?next={quote_plus(APP)}", 302)]
    assert "Sign in with Our house once more" in asked.content.decode()
    assert provider.url in asked["Content-Security-Policy"]
    assert vouch(browser)["Location"] == APP

    secret = browser.get(APP).context["form"].secret
    assert browser.post(APP, {"code": code_of(secret)})["Location"] == f"{SECOND}recovery-codes/"
    assert browser.get(f"{SECOND}recovery-codes/").status_code == 200


def test_what_was_vouched_for_is_forgotten_after_a_while(provider, lan_without_password, monkeypatch):
    browser = a_browser()
    sign_in_there(browser)
    vouch(browser)
    assert browser.get(APP).status_code == 200

    monkeypatch.setattr("portal.accounts.vouching.time", SimpleNamespace(time=lambda: time.time() + 301))
    assert browser.get(APP)["Location"].startswith("/admin/account/vouch/")


@pytest.mark.parametrize("ago", [3600, None, -3600], ids=["an hour ago", "not told", "in an hour"])
def test_a_provider_that_asked_for_no_password_just_now_does_not_vouch(ago, provider, lan_without_password):
    """It passed `prompt=login` over, and the session that was left open over there answered."""
    provider.signed_in_ago = ago
    browser = a_browser()
    sign_in_there(browser)

    assert vouch(browser)["Location"] == "/admin/account/vouch/"

    assert "does not say that it just asked" in browser.get("/admin/account/vouch/").content.decode()
    assert browser.get(APP).status_code == 302
    a_browser().post("/admin/account/password/reset/", {"email": "lan@example.org"})
    assert "/admin/account/password/reset/key/" in Email.objects.last().message


def test_an_answer_that_was_put_by_for_later_does_not_vouch(provider, lan_without_password, monkeypatch):
    browser = a_browser()
    sign_in_there(browser)
    later = SimpleNamespace(time=lambda: time.time() + 3600)

    away = browser.post("/admin/account/vouch/", {"next": APP})
    back = requests.get(away["Location"], allow_redirects=False, timeout=10).headers["Location"]
    monkeypatch.setattr("portal.accounts.vouching.time", later)

    assert browser.get(back.removeprefix("http://testserver"))["Location"] == "/admin/account/vouch/"


def test_neither_a_sign_in_as_usual_nor_another_account_over_there_vouches(provider, lan_without_password, hong):
    browser = a_browser()
    sign_in_there(browser)
    assert browser.get(APP).status_code == 302

    provider.person |= {"sub": "1", "email": "hong@example.org"}
    assert vouch(browser)["Location"] == "/admin/account/vouch/"
    sign_in_there(a_browser())
    assert SocialAccount.objects.filter(user=hong).exists(), "known here by now, and still another's"
    assert vouch(browser)["Location"] == "/admin/account/vouch/"
    assert browser.get(APP).status_code == 302


def test_only_whom_a_provider_knows_is_led_there_to_vouch(provider, lan_without_password, hong, settings):
    sign_in_there(a_browser())

    assert signed_in(hong).get("/admin/account/vouch/").status_code == 404
    assert signed_in(lan_without_password).get("/admin/account/vouch/").status_code == 200
    settings.OIDC_ISSUER = ""
    assert signed_in(lan_without_password).get("/admin/account/vouch/").status_code == 404


def test_who_is_signed_in_connects_their_own_account_whatever_address_they_have_over_there(provider, hong):
    a_person_with_password("ming", EDITOR)
    provider.person |= {"sub": "3", "email": "ming@example.org"}
    browser = a_browser()
    sign_in(browser)
    browser.post("/admin/account/reauthenticate/", {"password": "a-long-enough-one"})

    sign_in_there(browser, "connect")

    assert SocialAccount.objects.get().user == hong


def test_who_has_a_password_is_asked_for_that(provider, hong):
    browser = a_browser()
    sign_in_there(browser)
    assert browser.get(APP)["Location"].startswith("/admin/account/reauthenticate/")


def test_an_answer_that_this_browser_did_not_ask_for_is_refused(provider, hong):
    back = go_there(a_browser())
    victim = a_browser()

    answer = victim.get(back)

    assert answer.status_code == 502 and not is_in(victim)


def test_a_code_works_once_and_with_its_own_verifier(provider, hong):
    browser = a_browser()
    back = go_there(browser)
    code = parse_qs(urlsplit(back).query)["code"][0]
    provider.codes[code]["code_challenge"] = "another"

    answer = browser.get(back)

    assert answer.status_code == 502 and len(provider.refused) == 1 and not is_in(browser)


def test_a_token_that_was_meant_for_another_site_is_refused(provider, hong):
    provider.audience = "another-site"
    browser = a_browser()

    answer = sign_in_there(browser)

    assert answer.status_code == 502 and not is_in(browser)


def test_a_provider_that_is_down_is_told_plainly(provider, hong, settings):
    settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"][0]["settings"]["server_url"] = "http://127.0.0.1:9"

    page = a_browser().post(START)

    assert page.status_code == 502
    assert "Signing in at the other site did not work" in page.content.decode()


def test_a_visitor_who_changes_their_mind_comes_back(provider):
    browser = a_browser()
    away = browser.post(START)
    state = parse_qs(urlsplit(away["Location"]).query)["state"][0]

    answer = browser.get(f"{CALLBACK}?error=access_denied&state={state}")

    assert answer.status_code == 302 and answer["Location"] == "/admin/account/provider/cancelled/"


def test_the_connection_can_be_cut(provider, hong):
    browser = a_browser()
    sign_in_there(browser)
    connection = SocialAccount.objects.get()
    browser.post("/admin/account/reauthenticate/", {"password": "a-long-enough-one"})

    page = browser.get("/admin/account/provider/")
    browser.post("/admin/account/provider/", {"account": connection.pk})

    assert "Our house" in page.content.decode()
    assert not SocialAccount.objects.exists()
    assert Kind.DISCONNECTED in {event.kind for event in hong.account_events.all()}
