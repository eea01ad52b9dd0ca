"""Signing in: who gets in, what a guesser learns and how soon they are stopped, and whom that does not lock out."""

from copy import copy
from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.core.cache import caches
from django.db import connection
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from post_office.models import Email

from portal.accounts import guessing
from portal.accounts.events import KEPT_FOR, Kind
from portal.models import AccountEvent, Community
from portal.rights import ADMINISTRATOR, EDITOR
from portal.tending import tend
from tests.organizers import signed_in

from .signing import LOGIN, PASSWORD, a_browser, a_person_with_password, is_in, sign_in

pytestmark = pytest.mark.django_db

SCHOOL, ELSEWHERE = "198.51.100.7", "203.0.113.9"
RESET = "/admin/account/password/reset/"


@pytest.fixture(autouse=True)
def fresh_counters():
    caches["default"].clear()


@pytest.fixture
def hong():
    return a_person_with_password("hong", EDITOR)


def guess(times, network=SCHOOL, login="hong"):
    browser = a_browser(network)
    return [sign_in(browser, login, f"wrong-{number}") for number in range(times)][-1]


def kinds(account):
    return [event.kind for event in account.account_events.all()]


def test_the_admin_asks_strangers_to_sign_in_and_leads_them_back(hong):
    browser = a_browser()

    asked = browser.get("/admin/portal/album/")
    assert asked["Location"] == "/admin/login/?next=/admin/portal/album/"
    sign = browser.get(asked["Location"])
    assert sign["Location"] == f"{LOGIN}?next=/admin/portal/album/"
    answer = sign_in(browser, next="/admin/portal/album/")

    assert answer["Location"] == "/admin/portal/album/" and is_in(browser)


@pytest.mark.parametrize("login", ["hong", "HONG", "hong@example.org"])
def test_name_and_address_both_open_the_account(hong, login):
    browser = a_browser()
    sign_in(browser, login)
    assert is_in(browser)


@pytest.mark.parametrize(
    "elsewhere", ["https://evil.example/", "//evil.example/", "javascript:alert(1)", "http://localhost/"]
)
def test_nobody_is_led_to_another_site_after_signing_in(hong, elsewhere):
    assert sign_in(a_browser(), next=elsewhere)["Location"] == "/admin/"


def test_whoever_is_no_organizer_stays_outside(hong):
    User.objects.update(is_staff=False)
    browser = a_browser()

    assert sign_in(browser)["Location"] == "/admin/account/inactive/"
    assert not is_in(browser)


def test_whose_access_was_taken_away_is_told_so_and_not_sent_in_circles(hong):
    browser = a_browser()
    sign_in(browser)
    User.objects.update(is_staff=False)

    assert browser.get("/admin/", follow=True).status_code == 403


def test_nobody_can_make_an_account(hong):
    wanted = {"username": "eve", "email": "eve@example.org", "password1": PASSWORD, "password2": PASSWORD}

    a_browser().post("/admin/account/signup/", wanted)

    assert not User.objects.filter(username="eve").exists()
    with pytest.raises(NoReverseMatch):
        reverse("account_signup")


def test_a_wrong_name_and_a_wrong_password_sound_the_same(hong):
    wrong = [sign_in(a_browser(), *pair).context["form"].errors.as_text() for pair in (("hong", "x"), ("nobody", "x"))]

    assert wrong[0] == wrong[1] == "* __all__\n  * Wrong name or password."


def test_five_wrong_passwords_lock_the_account_for_that_network_alone(hong):
    guess(guessing.PER_PAIR)

    assert "Too many tries" in sign_in(a_browser(SCHOOL)).content.decode(), "even with the right password"
    assert "Too many tries" in sign_in(a_browser(SCHOOL), "hong@example.org").content.decode(), "by any of its names"
    elsewhere = a_browser(ELSEWHERE)
    sign_in(elsewhere)
    assert is_in(elsewhere)


def test_others_behind_the_same_address_still_get_in(hong):
    a_person_with_password("ming", EDITOR)
    guess(guessing.PER_PAIR + 3)
    ming = a_browser(SCHOOL)

    sign_in(ming, "ming")

    assert is_in(ming)


def test_the_lock_opens_by_itself(hong):
    guess(guessing.PER_PAIR)
    AccountEvent.objects.update(made_at=timezone.now() - guessing.PAIR_WINDOW - timedelta(seconds=1))
    browser = a_browser(SCHOOL)

    sign_in(browser)

    assert is_in(browser)


def test_a_storm_from_everywhere_leaves_the_door_open_where_the_account_is_at_home(hong):
    sign_in(a_browser(ELSEWHERE))
    for number in range(guessing.PER_ACCOUNT):
        guess(1, f"192.0.{number}.1")

    stranger, guesser, home = a_browser("192.0.250.1"), a_browser("192.0.1.1"), a_browser(ELSEWHERE)
    assert "Too many tries" in sign_in(stranger).content.decode()
    assert "Too many tries" in sign_in(guesser).content.decode(), "a wrong password makes no network a home"
    sign_in(home)
    assert is_in(home)


def test_guessing_many_accounts_from_one_network_ends_but_not_for_those_at_home_there(hong, monkeypatch):
    monkeypatch.setattr(guessing, "PER_NETWORK", 12)
    sign_in(a_browser(SCHOOL))
    a_person_with_password("ming", EDITOR)
    for number in range(12):
        guess(1, SCHOOL, f"name-{number}")

    assert "Too many tries" in sign_in(a_browser(SCHOOL), "ming").content.decode()
    home = a_browser(SCHOOL)
    sign_in(home)
    assert is_in(home)


def test_neither_who_signs_in_nor_what_was_tried_an_hour_ago_locks_a_network(hong):
    long_ago = timezone.now() - guessing.WINDOW
    made = [AccountEvent(kind=kind, network="198.51.100.0/24") for kind in (Kind.SIGNED_IN, Kind.REFUSED)]
    AccountEvent.objects.bulk_create(copy(one) for one in made for _time in range(guessing.PER_NETWORK))
    AccountEvent.objects.filter(kind=Kind.REFUSED).update(made_at=long_ago)
    browser = a_browser(SCHOOL)

    sign_in(browser)

    assert is_in(browser)


def test_the_tries_are_counted_for_all_workers_and_hold_no_name(hong):
    guess(2, login="somebody-unknown")

    rows = AccountEvent.objects.filter(kind=Kind.REFUSED)
    assert rows.count() == 2 and not rows.exclude(user=None).exists()
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM portal_accountevent")
        assert "somebody-unknown" not in repr(cursor.fetchall())


def test_what_fits_is_not_held_against_anybody(hong):
    for _time in range(guessing.PER_PAIR + 2):
        browser = a_browser()
        sign_in(browser)
        assert is_in(browser)

    assert not AccountEvent.objects.filter(kind=Kind.REFUSED).exists()


def test_a_lock_is_told_once_in_the_log_and_names_nobody(hong, caplog):
    caplog.set_level("INFO", "portal.accounts")
    guess(guessing.PER_PAIR + 4)

    lines = [record.getMessage() for record in caplog.records if record.name == "portal.accounts"]
    assert lines.count(f"account {hong.pk}: LOCKED") == 1
    assert "hong" not in caplog.text and SCHOOL not in caplog.text


def test_what_happened_is_written_down_and_forgotten_in_time(hong):
    browser = a_browser()
    guess(1)
    sign_in(browser)
    browser.post("/admin/logout/")

    assert kinds(hong) == [Kind.SIGNED_OUT, Kind.SIGNED_IN, Kind.REFUSED]
    event = hong.account_events.first()
    assert (event.network, event.agent) == ("198.51.100.0/24", "Firefox on a phone"), "the network, not the address"

    list(tend(timezone.now() + KEPT_FOR))
    assert not AccountEvent.objects.exists()


def test_a_new_password_comes_by_mail_works_once_and_opens_the_lock(hong):
    sign_in(a_browser())
    guess(guessing.PER_PAIR)
    guess(2, login="ming")
    browser = a_browser()
    browser.post(RESET, {"email": "HONG@example.org"})
    [mail] = Email.objects.all()
    link = next(word for word in mail.message.split() if "/key/" in word).removeprefix("http://testserver")

    form = browser.get(link, follow=True)
    answer = browser.post(
        form.redirect_chain[-1][0], {"password1": "another-long-one", "password2": "another-long-one"}
    )

    assert answer.status_code == 302
    sign_in(browser, password="another-long-one")
    assert is_in(browser)
    assert kinds(hong) == [Kind.SIGNED_IN, Kind.PASSWORD_RESET, Kind.SIGNED_IN]
    assert AccountEvent.objects.filter(kind=Kind.REFUSED).count() == 2, "what was tried with others stays counted"
    assert "Bad Token" in a_browser().get(link, follow=True).content.decode()
    assert Email.objects.count() == 2, "and the account is told that its password changed"


def test_asking_for_a_new_password_does_not_tell_who_is_known(hong):
    answers = [
        a_browser().post(RESET, {"email": email}, follow=True) for email in ("hong@example.org", "x@example.org")
    ]

    pages = [(one.status_code, one.redirect_chain, one.content) for one in answers]
    assert pages[0] == pages[1]
    assert [mail.to for mail in Email.objects.all()] == [["hong@example.org"]], "a stranger gets no mail"


def test_the_link_of_a_new_password_leads_to_the_set_address_whatever_host_asked(hong, settings):
    settings.SITE_URL, settings.ALLOWED_HOSTS = "https://portal.example", ["*"]

    a_browser().post(RESET, {"email": "hong@example.org"}, headers={"host": "evil.example"})

    mail = Email.objects.get()
    assert "https://portal.example/admin/account/password/reset/key/" in mail.message and "evil" not in mail.message


def test_one_address_is_not_flooded_with_mails(hong):
    for _time in range(6):
        answer = a_browser().post(RESET, {"email": "hong@example.org"})

    assert answer.status_code == 429
    assert Email.objects.count() == 3


def test_an_administrator_cannot_take_an_account_over_by_its_mail(hong):
    chief = signed_in(a_person_with_password("chief", ADMINISTRATOR))
    a_browser().post(RESET, {"email": "hong@example.org"})

    page = chief.get("/admin/outbox/").content.decode()

    assert "/password/reset/key/[…]" in page


@pytest.mark.parametrize("password", ["password123", "1234567890", "short", "hong@example.org"])
def test_a_password_that_everybody_tries_is_refused(hong, password):
    browser = a_browser()
    sign_in(browser)

    answer = browser.post(
        "/admin/account/password/change/",
        {"oldpassword": PASSWORD, "password1": password, "password2": password},
    )

    assert answer.status_code == 200 and answer.context["form"].errors["password1"]


def test_a_changed_password_ends_the_other_sessions_and_is_told_by_mail(hong):
    here, there = a_browser(), a_browser(ELSEWHERE)
    sign_in(here)
    sign_in(there)

    here.post(
        "/admin/account/password/change/",
        {"oldpassword": PASSWORD, "password1": "another-long-one", "password2": "another-long-one"},
    )

    assert is_in(here) and not is_in(there)
    assert Email.objects.get().to == ["hong@example.org"]


@pytest.mark.parametrize(
    "path", ["login/", "password/reset/", "password/reset/done/", "inactive/", "provider/cancelled/"]
)
def test_the_pages_before_signing_in_are_chinese_and_without_inline_script(path):
    Community.objects.create(name_zh_hans="开源社")

    page = a_browser().get(f"/admin/account/{path}", headers={"accept-language": "zh-hans"}).content.decode()

    assert 'lang="zh-hans"' in page and "开源社" in page
    assert "<style" not in page and " style=" not in page and " onclick" not in page
