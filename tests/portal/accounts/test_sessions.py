"""Where an account is signed in: seen and ended by its owner, and by administrators for others."""

from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import User
from django.contrib.sessions.models import Session
from django.core.cache import caches
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from post_office.models import Email

from portal.accounts.agents import in_short
from portal.accounts.events import Kind
from portal.accounts.session_store import BEGUN
from portal.rights import ADMINISTRATOR, EDITOR
from portal.tending import tend
from tests.organizers import signed_in

from .signing import PASSWORD, a_browser, a_person_with_password, is_in, set_up_app, sign_in

pytestmark = pytest.mark.django_db

END = "/admin/account/sessions/end/"


@pytest.fixture(autouse=True)
def fresh_counters():
    caches["default"].clear()


@pytest.fixture
def hong():
    return a_person_with_password("hong", EDITOR)


def a_session(login="hong", agent="Firefox on a phone"):
    browser = a_browser(agent=agent)
    sign_in(browser, login)
    return browser


def number_of(browser):
    return UserSession.objects.get(session_key=browser.session.session_key).pk


def protection_of(account):
    return f"/admin/auth/user/{account.pk}/protection/"


def an_administrators_session():
    a_person_with_password("chief", ADMINISTRATOR)
    chief = a_session("chief")
    chief.post("/admin/account/reauthenticate/", {"password": PASSWORD})
    return chief


def test_every_session_is_listed_with_its_browser_and_network(hong):
    here, _there, over = (a_session(agent=agent) for agent in ("Firefox here", "Safari there", "OPR/1 long ago"))
    Session.objects.filter(pk=over.session.session_key).update(expire_date=timezone.now())

    page = here.get("/admin/account/").content.decode()

    assert "<p>Firefox<br>" in page and "<p>Safari<br>" in page and "<p>Opera<br>" not in page
    assert "198.51.100.0" in page and "198.51.100.7" not in page
    assert page.count(f'value="{number_of(here)}"') == 0, "the one that is looked from has no button"


def test_one_session_or_all_others_are_ended_at_once(hong):
    here, there, third = a_session(), a_session(), a_session()
    a_person_with_password("ming", EDITOR)
    of_another = a_session("ming")

    here.post(END, {"session": number_of(there)})
    assert is_in(here) and not is_in(there) and is_in(third)

    here.post(END, {"session": "others"})
    assert is_in(here) and not is_in(third) and is_in(of_another)
    assert UserSession.objects.count() == 2
    assert hong.account_events.filter(kind=Kind.SESSIONS_ENDED).count() == 2


def test_nobody_ends_the_session_of_another_by_its_number(hong):
    a_person_with_password("ming", EDITOR)
    ming = a_session("ming")

    a_session().post(END, {"session": number_of(ming)})

    assert is_in(ming)


@pytest.mark.parametrize("nonsense", ["", "-1", "x", "1 OR 1=1"])
def test_nonsense_ends_nothing(hong, nonsense):
    assert a_session().post(END, {"session": nonsense}).status_code == 404


def test_an_administrator_ends_the_sessions_of_another_and_takes_a_lost_factor_away(hong):
    browser = a_session()
    set_up_app(browser)
    chief = an_administrators_session()

    page = chief.get(protection_of(hong)).content.decode()
    assert "<p>Firefox<br>" in page and "App with codes" in page

    chief.post(protection_of(hong), {"session": "all"})
    assert not is_in(browser)
    chief.post(protection_of(hong), {"factor": "remove"})
    assert not Authenticator.objects.filter(user=hong).exists()
    assert {Kind.FACTOR_REMOVED, Kind.SESSIONS_ENDED} <= {event.kind for event in hong.account_events.all()}


def test_a_factor_is_taken_away_from_one_account_alone_whose_sessions_end_and_whose_owner_is_told(hong):
    ming = a_person_with_password("ming", EDITOR)
    of_ming = Authenticator.objects.create(user=ming, type="webauthn", data={"name": "in the bag"})
    browser = a_session()
    set_up_app(browser)
    chief = an_administrators_session()
    Email.objects.all().delete()

    assert "in the bag" not in chief.get(protection_of(hong)).content.decode()
    chief.post(protection_of(hong), {"factor": "remove"})

    assert list(Authenticator.objects.all()) == [of_ming]
    assert not is_in(browser)
    assert [mail.to for mail in Email.objects.all()] == [["hong@example.org"]]
    assert LogEntry.objects.get().object_id == str(hong.pk)


def test_an_administrator_ends_one_session_of_several(hong):
    one, other = a_session(), a_session()

    an_administrators_session().post(protection_of(hong), {"session": number_of(one)})

    assert not is_in(one) and is_in(other)


def test_an_administrator_is_asked_for_the_password_again_first(hong):
    a_person_with_password("chief", ADMINISTRATOR)
    chief, browser = a_session("chief"), a_session()

    with_delay = chief.session
    for record in with_delay["account_authentication_methods"]:
        record["at"] -= 3600
    with_delay.save()
    answer = chief.post(protection_of(hong), {"session": "all"})

    assert answer["Location"].startswith("/admin/account/reauthenticate/")
    assert is_in(browser)


def test_only_administrators_open_the_protection_of_others_and_never_a_superusers(hong):
    root = a_person_with_password("root", is_superuser=True)
    a_person_with_password("ming", EDITOR)

    assert a_session("ming").get(protection_of(hong)).status_code in (302, 403, 404)
    assert an_administrators_session().get(protection_of(root)).status_code == 404


def test_the_page_costs_the_same_with_many_sessions(hong):
    def cost(browser):
        with CaptureQueriesContext(connection) as queries:
            browser.get("/admin/account/")
        return len(queries)

    here = a_session()
    here.get("/admin/account/")
    few = cost(here)
    for _time in range(6):
        a_session()

    assert cost(here) == few


IDLE, LONGEST = timedelta(hours=72), timedelta(weeks=2)


def left_of(browser):
    """Return for how long a session holds from now on, in whole hours."""
    row = Session.objects.get(session_key=browser.session.session_key)
    return round((row.expire_date - timezone.now()) / timedelta(hours=1))


def after(browser, idle, since_sign_in):
    """Put the session of a browser where so much time has passed since its last request, and since it signed in."""
    session, now = browser.session, timezone.now()
    session[BEGUN] -= int(since_sign_in.total_seconds())
    session.save()
    until = min(now - idle + IDLE, now - since_sign_in + LONGEST)
    Session.objects.filter(session_key=session.session_key).update(expire_date=until)


@pytest.mark.parametrize(
    ("idle", "since_sign_in", "hours"),
    [
        (timedelta(0), timedelta(0), 72),
        (timedelta(minutes=50), timedelta(minutes=50), 71),  # not written down again so soon
        (timedelta(hours=71), timedelta(days=9), 72),
        (timedelta(hours=20), timedelta(days=13), 24),
    ],
)
def test_a_session_in_use_goes_on_until_it_is_two_weeks_old(hong, idle, since_sign_in, hours):
    browser = a_session()
    after(browser, idle, since_sign_in)

    assert is_in(browser) and left_of(browser) == hours


@pytest.mark.parametrize(("idle", "since_sign_in"), [(IDLE, IDLE), (timedelta(0), LONGEST)])
def test_a_session_ends_where_nobody_uses_it_and_when_it_is_two_weeks_old(hong, idle, since_sign_in):
    browser = a_session()
    after(browser, idle, since_sign_in)

    assert not is_in(browser)


def test_a_session_that_holds_for_an_hour_goes_on_while_it_is_used(hong, settings):
    settings.SESSION_IDLE_HOURS = 1
    browser = a_session()
    Session.objects.update(expire_date=timezone.now() + timedelta(minutes=20))

    assert is_in(browser) and left_of(browser) == 1


def test_a_session_in_use_is_written_down_now_and_then(hong):
    browser = a_session()
    after(browser, timedelta(hours=2), timedelta(hours=2))

    written = []
    for _visit in range(3):
        with CaptureQueriesContext(connection) as queries:
            browser.get("/admin/")
        written.append(sum("expire_date" in query["sql"] and query["sql"].startswith("UPDATE") for query in queries))

    assert written == [1, 0, 0]


def test_what_ran_out_is_tidied_away(hong):
    a_session()
    Session.objects.update(expire_date=timezone.now() - timedelta(minutes=1))

    list(tend())

    assert not Session.objects.exists() and not UserSession.objects.exists()


def test_a_visitor_costs_no_session_and_no_query_for_accounts(client):
    client.get("/en/")

    assert not client.cookies and not Session.objects.exists()


def test_whoever_is_signed_in_sees_the_way_to_their_account(hong):
    assert 'href="/admin/account/"' in signed_in(hong).get("/admin/").content.decode()


@pytest.mark.parametrize(
    ("agent", "name"),
    [
        ("Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 Chrome/126.0 Mobile Safari/537.36", "Chrome · Android"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Safari/604.1", "Safari · iPhone"),
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/126.0 Safari/537.36 Edg/126.0", "Edge · Windows"),
        ("Mozilla/5.0 (Linux; Android 14) Chrome/116.0 MicroMessenger/8.0", "WeChat · Android"),
        ("curl/8.5.0", "curl/8.5.0"),
    ],
)
def test_a_browser_is_named_in_the_words_people_know(agent, name):
    assert in_short(agent) == name


def test_an_administrator_without_an_address_is_led_to_where_it_is_entered(in_english):
    rose = User.objects.create_superuser("rose", password=PASSWORD)

    page = signed_in(rose).get("/admin/account/").content.decode()

    assert f'no mail about it can reach you. <a href="/admin/auth/user/{rose.pk}/change/">' in page
