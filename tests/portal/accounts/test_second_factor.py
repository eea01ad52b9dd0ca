"""More than a password: an app with codes, recovery codes, passkeys, and the groups that must have one."""

import json

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.auth.models import Group
from django.core.cache import caches
from django.utils.translation import override
from post_office.models import Email

from portal.accounts.events import Kind
from portal.models import Community
from portal.rights import ADMINISTRATOR, CHAPTER_LEAD, EDITOR
from tests.make import a_chapter
from tests.organizers import a_lead, signed_in

from .signing import PASSWORD, SECOND, a_browser, a_person_with_password, code_of, is_in, set_up_app, sign_in

pytestmark = pytest.mark.django_db

AUTHENTICATE = f"{SECOND}authenticate/"


@pytest.fixture(autouse=True)
def fresh_counters():
    caches["default"].clear()


@pytest.fixture
def hong():
    return a_person_with_password("hong", EDITOR)


@pytest.fixture
def secret(hong):
    """The secret of hong's app, set up in another browser."""
    browser = a_browser()
    sign_in(browser)
    return set_up_app(browser)


def ask_of(*groups):
    community = Community.current()
    community.save()
    community.second_factor_groups.set(Group.objects.filter(name__in=groups))


def trusted(secret):
    """Return a browser in which hong has signed in with both, and given the password anew to change what protects."""
    browser = a_browser()
    sign_in(browser)
    browser.post(AUTHENTICATE, {"code": code_of(secret)})
    browser.post("/admin/account/reauthenticate/", {"password": PASSWORD})
    return browser


def test_with_an_app_the_password_alone_opens_nothing(secret):
    browser = a_browser()

    assert sign_in(browser)["Location"] == AUTHENTICATE
    assert not is_in(browser) and browser.get("/admin/").status_code == 302

    browser.post(AUTHENTICATE, {"code": code_of(secret)})
    assert is_in(browser)


def test_a_code_is_good_once_for_all_workers(secret):
    first, second = a_browser(), a_browser()
    code = code_of(secret)
    for browser in (first, second):
        sign_in(browser)
        browser.post(AUTHENTICATE, {"code": code})

    assert is_in(first) and not is_in(second), "who looked over the shoulder comes too late"


def test_codes_cannot_be_guessed(secret, hong):
    browser = a_browser()
    sign_in(browser)
    for number in range(6):
        page = browser.post(AUTHENTICATE, {"code": f"00000{number}"})

    assert "Too many tries" in page.content.decode()
    browser.post(AUTHENTICATE, {"code": code_of(secret)})
    assert not is_in(browser), "nor with the right one, until the rest is over"
    assert hong.account_events.filter(kind=Kind.CODE_REFUSED).count() == 5


def test_a_recovery_code_opens_once(secret, hong):
    codes = Authenticator.objects.get(user=hong, type="recovery_codes").wrap().get_unused_codes()
    browsers = [a_browser(), a_browser()]
    for browser in browsers:
        sign_in(browser)
        browser.post(AUTHENTICATE, {"code": codes[0]})

    assert len(codes) == 10
    assert [is_in(browser) for browser in browsers] == [True, False]


def test_secrets_lie_encrypted_and_survive_a_change_of_the_key(secret, hong, settings):
    stored = json.dumps(list(Authenticator.objects.values_list("data", flat=True)))
    assert secret not in stored

    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], "the key of today"

    browser = a_browser()
    sign_in(browser)
    browser.post(AUTHENTICATE, {"code": code_of(secret)})
    assert is_in(browser)


def test_setting_up_an_app_asks_for_the_password_again(hong):
    browser = a_browser()
    sign_in(browser)

    assert browser.get(f"{SECOND}totp/activate/")["Location"].startswith("/admin/account/reauthenticate/")


def test_what_was_open_with_the_password_alone_is_closed_by_a_new_factor_and_the_owner_is_told(
    hong, django_capture_on_commit_callbacks
):
    here, there = a_browser(), a_browser("203.0.113.9")
    sign_in(there)
    sign_in(here)

    with django_capture_on_commit_callbacks(execute=True):
        set_up_app(here)

    assert is_in(here) and not is_in(there)
    assert {Kind.FACTOR_ADDED, Kind.CODES_MADE} <= {event.kind for event in hong.account_events.all()}
    assert {mail.to[0] for mail in Email.objects.all()} == {"hong@example.org"}


def test_a_group_that_needs_one_may_do_nothing_before(hong):
    ask_of(EDITOR)
    browser = a_browser()
    sign_in(browser)

    for path in ("/admin/", "/admin/portal/article/", "/admin/portal/article/add/", "/admin/jsi18n/"):
        assert browser.get(path)["Location"] == SECOND, path
    assert "Your role asks for a second factor" in browser.get("/admin/account/").content.decode()

    set_up_app(browser)
    assert browser.get("/admin/portal/article/").status_code == 200


def test_a_group_by_mandate_counts_as_well():
    ask_of(CHAPTER_LEAD)

    assert signed_in(a_lead(a_chapter())).get("/admin/")["Location"] == SECOND


def test_a_superuser_counts_as_administrator_and_others_are_left_alone(hong):
    chief = a_person_with_password("chief", is_superuser=True)
    ask_of(ADMINISTRATOR)

    assert signed_in(chief).get("/admin/")["Location"] == SECOND
    assert signed_in(hong).get("/admin/").status_code == 200


def test_a_needed_factor_cannot_be_given_up_but_may_be_exchanged(secret, hong):
    ask_of(EDITOR)
    browser = trusted(secret)
    Authenticator.objects.create(user=a_person_with_password("ming", EDITOR), type="webauthn", data={"name": "ming's"})

    refused = browser.post(f"{SECOND}totp/deactivate/")

    assert Authenticator.objects.filter(user=hong, type="totp").exists()
    assert "the last one cannot be removed" in refused.content.decode()

    Authenticator.objects.create(user=hong, type="webauthn", data={"name": "key"})
    browser.post(f"{SECOND}totp/deactivate/")
    assert not Authenticator.objects.filter(user=hong, type="totp").exists()


def test_who_needs_no_factor_may_give_up_the_last_one(secret, hong):
    trusted(secret).post(f"{SECOND}totp/deactivate/")

    assert not Authenticator.objects.filter(user=hong).exists()


def test_the_last_passkey_of_who_needs_a_factor_stays_and_the_page_says_which_one_it_is(secret, hong):
    ask_of(EDITOR)
    browser = trusted(secret)
    keys = [Authenticator.objects.create(user=hong, type="webauthn", data={"name": name}) for name in ("desk", "bag")]
    Authenticator.objects.filter(user=hong, type="totp").delete()
    removing = [f"{SECOND}webauthn/keys/{key.pk}/remove/" for key in keys]

    assert "“desk”" in browser.get(removing[0]).content.decode()
    browser.post(removing[0])
    refused = browser.post(removing[1])

    assert list(Authenticator.objects.filter(user=hong, type="webauthn")) == keys[1:]
    assert "the last one cannot be removed" in refused.content.decode()


def test_the_codes_say_what_they_are_for_and_new_ones_are_noted(secret, hong, django_capture_on_commit_callbacks):
    browser = trusted(secret)
    hong.account_events.all().delete()

    assert "signs you in once" in browser.get(f"{SECOND}recovery-codes/").content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        browser.post(f"{SECOND}recovery-codes/generate/")
    assert [event.kind for event in hong.account_events.all()] == [Kind.CODES_MADE]


def test_the_groups_are_chosen_in_the_settings_of_the_community():
    chief = a_person_with_password("chief", ADMINISTRATOR)
    Community.objects.create(name_zh_hans="开源社")

    form = signed_in(chief).get("/admin/portal/community/1/change/").context["adminform"].form

    assert [label for _value, label in form.fields["second_factor_groups"].choices][:2] == [
        "管理员",
        "大会组织者",
    ]


@pytest.mark.parametrize(
    "path",
    [
        *("", "totp/activate/", "totp/deactivate/", "recovery-codes/", "recovery-codes/generate/"),
        *("webauthn/", "webauthn/add/", "reauthenticate/", "webauthn/reauthenticate/"),
    ],
)
def test_every_page_of_factors_stands_and_holds_no_inline_script(secret, path, hong):
    browser = trusted(secret)

    page = browser.get(f"{SECOND}{path}", follow=True)

    text = page.content.decode()
    assert page.status_code == 200 and "<h1" in text
    assert "<style" not in text and " style=" not in text and " onclick" not in text
    assert page.headers["Cache-Control"].startswith("max-age=0, no-cache, no-store")


def test_a_passkey_has_a_name_in_ones_language_and_signs_in_by_itself(secret, hong):
    browser = trusted(secret)

    with override("zh-hans"):
        form = browser.get(f"{SECOND}webauthn/add/", headers={"Accept-Language": "zh-CN"}).context["form"]
        assert form["name"].label == "名称"

    assert form["passwordless"].value() is True
