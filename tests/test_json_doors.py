"""Wherever a visitor sends JSON, anything else is answered as such: no error of ours."""

import json

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client
from django.urls import reverse

from portal.rights import EDITOR
from tests.make import a_conference, a_forum, a_session
from tests.organizers import an_administrator, signed_in
from tests.portal.accounts.signing import PASSWORD, SECOND, a_browser, a_person_with_password, is_in, sign_in

pytestmark = pytest.mark.django_db

LONE = "\\ud800"
BODIES = [
    b"",
    b"{",
    b"[]",
    b"null",
    b"1",
    b'"x"',
    b"\xff\xfe",
    b"NaN",
    b"9" * 5000,
    b"1e999",
    b"[" * 100_000,
    b'{"a":' * 5_000,
    b'{"codes": {}}',
    b'{"codes": [[]], "token": []}',
    b'{"codes": [], "codes": ["x"], "token": 1}',
    f'{{"codes": ["{LONE}"], "token": "{LONE}"}}'.encode(),
    f'{{"codes": [], "token": "{LONE}:{LONE}"}}'.encode(),
    b'{"codes": [], "token": "\\u0000:\\u0000"}',
    b'{"codes": [], "token": "x:' + "é".encode("latin-1") + b'"}',
]


@pytest.mark.parametrize("body", BODIES, ids=lambda body: repr(body[:40]))
@pytest.mark.parametrize("content_type", ["application/json", "text/plain; charset=klingon", "multipart/form-data"])
def test_stars_are_kept_or_refused(body, content_type):
    conference = a_session(a_conference(slug="openconf")).conference
    client = Client(raise_request_exception=False)

    answer = client.generic("POST", reverse("stars-keep", args=[conference.slug]), body, content_type=content_type)

    assert answer.status_code in (200, 400)


PASSKEY, ADD = f"{SECOND}webauthn/login/", f"{SECOND}webauthn/add/"
HANDLES = ["MQ", "", "____", "AAAA", 1, None, [], {}, LONE, "9" * 60, "OTk5OTk5OTk5OTk5OTk5OTk5OTk5"]


def credentials():
    """Yield texts that are almost what a browser sends of a passkey."""
    yield from (body.decode("latin-1") for body in BODIES if body)
    whole = {"id": "AAAA", "rawId": "AAAA", "type": "public-key", "clientExtensionResults": {}}
    for field in ("clientDataJSON", "authenticatorData", "signature", "attestationObject"):
        for value in ("AAAA", "", "e30", "bnVsbA", "W10", 1, None, [], {}, LONE):
            told = {"clientDataJSON": "e30", "authenticatorData": "A" * 50, "signature": "AAAA", "userHandle": "MQ"}
            yield json.dumps({**whole, "response": {**told, field: value}})
    for handle in HANDLES:
        told = {"clientDataJSON": "e30", "authenticatorData": "A" * 50, "signature": "AAAA", "userHandle": handle}
        yield json.dumps({**whole, "response": told}).replace("\\\\ud800", "\\ud800")
    for field in whole:
        for value in (1, None, [], {}, LONE, "\0"):
            yield json.dumps({**whole, field: value, "response": {}}).replace("\\\\ud800", "\\ud800")


def test_what_is_no_passkey_opens_nothing():
    a_person_with_password("hong", EDITOR)
    broken = []
    for number, credential in enumerate(credentials()):
        browser = a_browser(network=f"198.51.{number}.7")
        browser.raise_request_exception = False
        assert browser.get(PASSKEY, headers={"Accept": "application/json"}).status_code == 200  # a challenge
        answer = browser.post(PASSKEY, {"credential": credential})
        if answer.status_code >= 500 or is_in(browser):
            broken.append([credential[:300], repr(getattr(answer, "exc_info", [""])[0])])
    assert broken == []


def test_what_is_no_passkey_is_not_added():
    a_person_with_password("hong", EDITOR)
    browser, broken = a_browser(), []
    sign_in(browser)
    browser.post("/admin/account/reauthenticate/", {"password": PASSWORD})
    browser.raise_request_exception = False
    for credential in credentials():
        assert browser.get(ADD).status_code == 200
        answer = browser.post(ADD, {"credential": credential, "name": "Key"})
        if answer.status_code != 200:
            broken.append([credential[:300], repr(getattr(answer, "exc_info", [""])[0])])
    assert broken == []
    assert not Authenticator.objects.exists()


@pytest.mark.parametrize("seen", ["[" * 100_000, "9" * 5000, "[]", "null"])
def test_what_a_list_was_opened_on_may_be_nonsense(seen):
    forum = a_forum()
    row = {"form-0-forum_ptr": forum.pk, "form-0-id": forum.pk, "form-0-position": "7", "form-0-seen": seen}
    counts = {"form-TOTAL_FORMS": "1", "form-INITIAL_FORMS": "1"}

    signed_in(an_administrator()).post("/admin/events/forum/", {"_save": "1", **counts, **row})

    forum.refresh_from_db()
    assert forum.position == 7
