"""No secret stands in the repository, links survive a change of the key, and logs tell of nobody."""

import json
import logging
import os
import re
import smtplib
import stat

import pytest
from django.http import Http404
from django.test import Client

from portal import settings as portal_settings
from portal import tokens
from portal.drawings import read_cover
from portal.logs import Private, PrivateJson, without_names
from tests.browser.site import ROOT
from tests.make import a_desk, a_registration

NOT_OURS = {
    ".git",
    ".venv",
    ".tools",
    "var",
    "node_modules",
    "__pycache__",
    ".pytest_cache",
    ".ruff_cache",
    ".hypothesis",
}
SECRETS = {
    "a private key": r"-----BEGIN (?:\w+ )*PRIVATE KEY",
    "a key of Amazon": r"\bAKIA[0-9A-Z]{16}\b",
    "a token of GitHub": r"\bgh[pousr]_[A-Za-z0-9]{36}\b",
    "a token of Slack": r"\bxox[abprs]-[0-9A-Za-z-]{10,}",
    "a key of Django": r"SECRET_KEY\s*=\s*[\"'][^\"']{30,}|django-insecure-\w",
    # Examples say password@, secret@ or x@.
    "a password in an address": r"\b(?:postgres|redis|smtp|s3)[+\w]*://[\w.-]+:(?!(?:password|secret|x)@)[^@\s\"'/{<$]{6,}@",
    "a password that is set": r"(?i:password|client_secret|api_key)\s*=\s*[\"'](?=\S*\d)(?=\S*[A-Z])[^\"'\s]{12,}[\"']",
}
FILES_OF_SECRETS = re.compile(r"(?:^|/)(?:\.env|secret_key|id_rsa|id_ed25519|.*\.(?:pem|key|p12|sqlite3))$")


def our_files():
    for folder, names, files in os.walk(ROOT):
        names[:] = [name for name in names if name not in NOT_OURS]
        yield from (os.path.join(folder, file) for file in files)


def secrets_in(text):
    return [name for name, pattern in SECRETS.items() if re.search(pattern, text)]


def test_no_secret_is_in_the_repository():
    found = []
    for path in our_files():
        with open(path, "rb") as file:
            text = file.read(2_000_000).decode(errors="ignore")
        found += [f"{path}: {name}" for name in secrets_in(text)]
        if FILES_OF_SECRETS.search(path):
            found.append(f"{path} is a file of secrets")
    assert found == []


@pytest.mark.parametrize(
    "planted",
    [
        "-----BEGIN RSA " + "PRIVATE KEY-----",
        "AKIA" + "ABCDEFGHIJKLMNOP",
        "ghp_" + "a" * 36,
        'SECRET_KEY = "' + "k" * 50 + '"',
        "postgres://portal:hunter2-and-more" + "@db/portal",
        'password = "' + 'Correct1HorseBattery"',
    ],
)
def test_the_search_for_secrets_finds_them(planted):
    assert secrets_in(planted)


def test_the_secret_key_is_made_once_kept_and_for_the_owner_only(tmp_path, monkeypatch):
    monkeypatch.setattr(portal_settings, "VAR", tmp_path)

    made = portal_settings.kept_secret("secret_key")

    assert len(made) >= 50
    assert portal_settings.kept_secret("secret_key") == made
    assert stat.S_IMODE((tmp_path / "secret_key").stat().st_mode) == 0o600


@pytest.mark.django_db
def test_links_handed_out_before_the_key_changed_still_open(settings):
    registration = a_registration(a_desk())
    settings.SECRET_KEY = "the key of last year"
    old = registration.token

    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "the key of today", ["the key of last year"]

    assert tokens.read(old) == registration
    assert registration.token != old, "new links are signed with the new key"
    assert Client().get(f"/en/my/{old}/").status_code == 200


@pytest.mark.django_db
def test_a_key_that_is_given_up_opens_nothing(settings):
    registration = a_registration(a_desk())
    settings.SECRET_KEY = "a key that leaked"
    old = registration.token

    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "the key of today", []

    with pytest.raises(Http404):
        tokens.read(old)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "change", [lambda t: t[:-1], lambda t: t + "x", lambda t: t.replace(".1.", ".2.", 1), str.upper]
)
def test_a_token_that_is_altered_opens_nothing(change):
    token = a_registration(a_desk()).token

    with pytest.raises(Http404):
        tokens.read(change(token))


def test_a_token_of_one_purpose_is_none_of_another(settings):
    assert tokens.SALT not in {read_cover.__module__ + ".cover", "portal.drawings.share-image"}


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("Not Found: /zh-hans/my/r.2n9c.1.AbC-_x0123456789012345678/edit/", "Not Found: /zh-hans/my/[token]/edit/"),
        ("Not Found: /en/preview/abc:def/", "Not Found: /en/preview/[token]/"),
        ("Bad: /admin/account/password/reset/key/1-abc-def/", "Bad: /admin/account/password/reset/key/[token]/"),
        ("{'ming+x@mail.example.org': (550, b'no')}", "{'[address]': (550, b'no')}"),
        ("token r.2n9c.1.AbC-_x0123456789012345678 refused", "token [token] refused"),
        ("Not Found: /en/my/sent/", "Not Found: /en/my/sent/"),
        ("GET /en/conferences/coscon-2023/ took 0.2 s", "GET /en/conferences/coscon-2023/ took 0.2 s"),
    ],
)
def test_a_log_line_names_nobody_and_opens_nothing(said, kept):
    assert without_names(said) == kept


def test_the_handler_of_the_logs_bears_the_filter(settings):
    assert settings.LOGGING["root"]["handlers"] == ["console"]
    assert "private" in settings.LOGGING["handlers"]["console"]["filters"]
    for name, logger in settings.LOGGING["loggers"].items():
        assert set(logger.get("handlers", [])) <= {"console"}, name


def test_a_traceback_is_cleaned_as_well():
    try:
        raise smtplib.SMTPRecipientsRefused({"ming@example.org": (550, b"unknown")})
    except smtplib.SMTPRecipientsRefused as problem:
        record = logging.LogRecord(
            "x", logging.ERROR, "f", 1, "to %s", ("hong@example.org",), (type(problem), problem, problem.__traceback__)
        )

    assert Private().filter(record)

    text = logging.Formatter().format(record)
    assert "SMTPRecipientsRefused" in text and "to [address]" in text
    assert "@example.org" not in text


def test_a_line_in_json_is_cleaned_with_all_that_is_attached(rf):
    request = rf.get("/en/my/r.1.1.abcdefghijklmnopqrstuvwxyz0/")
    record = logging.LogRecord("django.request", logging.ERROR, "f", 1, "to %s", ("hong@example.org",), None)
    record.request = request
    try:
        raise ValueError("no such address: ming@example.org")
    except ValueError as problem:
        record.exc_info = (type(problem), problem, problem.__traceback__)

    Private().filter(record)
    line = PrivateJson("%(message)s").format(record)

    assert json.loads(line)["message"] == "to [address]" and "no such address: [address]" in line
    assert "abcdefghij" not in line and "@example.org" not in line
