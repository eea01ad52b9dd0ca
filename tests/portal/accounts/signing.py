"""How the tests sign in as a person would, and compute what an app with codes shows (RFC 6238)."""

import base64
import hmac
import time

from django.test import Client

from tests.organizers import an_account

PASSWORD = "a-long-enough-one"
LOGIN = "/admin/account/login/"
SECOND = "/admin/account/second-factor/"
STEP = 30  # seconds for which an app shows a code


def a_person_with_password(name="hong", *groups, **fields):
    account = an_account(name, *groups, email=f"{name}@example.org", **fields)
    account.set_password(PASSWORD)
    account.save()
    return account


def a_browser(network="198.51.100.7", agent="Firefox on a phone"):
    return Client(REMOTE_ADDR=network, headers={"user-agent": agent, "accept-language": "en"})


def sign_in(browser, login="hong", password=PASSWORD, **more):
    return browser.post(LOGIN, {"login": login, "password": password, **more})


def is_in(browser):
    return browser.get("/admin/account/").status_code == 200


def code_before(secret):
    """Return the code before the present one, to set an app up with: the present one can then still be used to sign in.

    It is good for this step alone, so it waits for the next one where this is about to end.
    """
    if (left := STEP - time.time() % STEP) < 3:
        time.sleep(left)
    return code_of(secret, ago=STEP)


def code_of(secret, ago=0):
    """Return the six digits that an app shows for a secret, now or some seconds ago."""
    counter = int(time.time() - ago) // STEP
    digest = hmac.digest(base64.b32decode(secret), counter.to_bytes(8, "big"), "sha1")
    offset = digest[-1] & 15
    return f"{(int.from_bytes(digest[offset : offset + 4], 'big') & 0x7FFFFFFF) % 10**6:06}"


def set_up_app(browser):
    """Set up an app with codes, as somebody who just signed in would; return its secret."""
    browser.post("/admin/account/reauthenticate/", {"password": PASSWORD})
    page = browser.get(f"{SECOND}totp/activate/")
    secret = page.context["form"].secret
    answer = browser.post(f"{SECOND}totp/activate/", {"code": code_before(secret)})
    assert answer.status_code == 302, answer.context["form"].errors
    return secret
