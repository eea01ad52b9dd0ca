"""What every answer says to a browser about what it may do, on every type of page, errors and admin included."""

import json
import os
import re
import subprocess
import sys

import pytest
import requests
from django.test import Client
from django.utils.module_loading import import_string

from portal.pagecache.front import key_of
from portal.views import errors, pages
from tests.browser.site import ROOT
from tests.make import a_page
from tests.organizers import an_administrator, signed_in
from tests.page_types import LANGUAGES, PAGE_TYPES, path_of

ALLOWED_SOURCES = {"'self'", "'none'", "data:"}
OTHERS = [
    "/robots.txt",
    "/sitemap.xml",
    "/theme.css",
    "/icon.svg",
    "/icon.png",
    "/zh-hans/calendar.ics",
    "/zh-hans/feed.xml",
    "/en/my/none/",
]
ADMIN = ["/admin/", "/admin/login/", "/admin/portal/album/", "/admin/no-such-page/"]


def faults(answer, is_framed=False):
    """Return what the headers of an answer lack; `is_framed` is the one page that other sites may put into theirs."""
    policy = answer.headers.get("Content-Security-Policy", "")
    directives = dict(part.strip().partition(" ")[::2] for part in policy.split(";"))
    found = [
        f"{name} {source}"
        for name, sources in directives.items()
        for source in sources.split()
        if source not in ALLOWED_SOURCES and name not in ("frame-src", "frame-ancestors")
    ]
    expected = {
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": None if is_framed else "DENY",
        "Cross-Origin-Opener-Policy": "same-origin",
    }
    found += [name for name, value in expected.items() if answer.headers.get(name) != value]
    for directive, source in {
        "script-src": "'self'",
        "style-src": "'self'",
        "object-src": "'none'",
        "frame-ancestors": "*" if is_framed else "'none'",
        "base-uri": "'self'",
        "form-action": "'self'",
    }.items():
        if directives.get(directive) != source:
            found.append(f"{directive} is {directives.get(directive)}")
    if answer.headers.get("Referrer-Policy") not in {"strict-origin-when-cross-origin", "no-referrer"}:
        found.append("Referrer-Policy")
    if "camera=()" not in answer.headers.get("Permissions-Policy", ""):
        found.append("Permissions-Policy")
    if "text/html" in answer.headers.get("Content-Type", ""):
        sharing = "cross-origin" if is_framed else "same-origin"
        found += [] if answer.headers.get("Cross-Origin-Resource-Policy") == sharing else ["no CORP"]
        found += re.findall(r"<style|\sstyle=|\son\w+=|<script(?![^>]*(?:src=|application/(?:ld\+)?json))", answer.text)
    return found


def test_every_type_of_page_has_them_whole(site):
    found = {}
    with requests.Session() as session:
        for path in [path_of(kind, language) for kind in PAGE_TYPES for language in LANGUAGES] + OTHERS + ADMIN:
            lacking = faults(session.get(site.url + path, allow_redirects=False), path.startswith("/embed/"))
            found |= {path: lacking} if lacking else {}
    assert found == {}


@pytest.mark.django_db
def test_the_pages_of_organizers_have_them_and_are_kept_by_no_cache():
    client = signed_in(an_administrator())
    for path in ["/admin/", "/admin/portal/album/", "/admin/portal/album/add/", "/admin/no-such-page/"]:
        answer = client.get(path)
        answer.text = answer.content.decode()
        assert faults(answer) == []
        assert "no-store" in answer["Cache-Control"]


def a_broken_page(monkeypatch):
    a_page(slug="about")
    monkeypatch.setattr(pages, "Meta", None)
    return Client(raise_request_exception=False).get("/en/pages/about/")


@pytest.mark.django_db
def test_error_pages_have_them_too_and_give_nothing_away(monkeypatch, rf):
    unknown_host = Client().get("/en/", headers={"host": "evil.example"})
    no_token = Client(enforce_csrf_checks=True).post("/admin/language/", {"language": "en"})
    answers = {400: unknown_host, 403: no_token, 404: Client().get("/en/nothing/"), 500: a_broken_page(monkeypatch)}

    for status, answer in answers.items():
        answer.text = answer.content.decode()
        assert answer.status_code == status
        assert faults(answer) == []
        assert (
            "Traceback" not in answer.text and "evil.example" not in answer.text and "django" not in answer.text.lower()
        )


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("view", "status", "title"),
    [
        (lambda request: errors.refused(request, Exception("the reason")), 403, "You may not open this page"),
        (lambda request: errors.without_token(request, "the reason"), 403, "This form has expired"),
        (errors.too_often, 429, "A little slower, please"),
    ],
)
def test_a_refusal_says_what_to_do_and_not_what_is_behind_it(rf, in_english, view, status, title):
    answer = view(rf.get("/en/"))

    assert answer.status_code == status
    assert title in answer.content.decode() and "the reason" not in answer.content.decode()


def test_the_page_of_a_form_without_token_is_ours(settings):
    assert import_string(settings.CSRF_FAILURE_VIEW) is errors.without_token


@pytest.fixture(scope="module")
def over_https(tmp_path_factory):
    """What the settings are under an https address, and what `check --deploy` says there."""
    environment = {
        **{name: value for name, value in os.environ.items() if name not in {"DEBUG", "DJANGO_ALLOW_ASYNC_UNSAFE"}},
        "SITE_URL": "https://portal.example",
        "ALLOWED_HOSTS": "portal.example",
        "PORTAL_VAR": str(tmp_path_factory.mktemp("https")),
        "DJANGO_SETTINGS_MODULE": "portal.settings",
    }
    asking = (
        "import json, django; django.setup(); from django.conf import settings as s; "
        "from django.core.management import call_command; "
        "call_command('check', deploy=True, fail_level='WARNING'); "
        "print(json.dumps({n: getattr(s, n) for n in dir(s) if n.startswith(('S', 'C', 'L')) "
        "and isinstance(getattr(s, n), (bool, str, int))}))"
    )
    command = [sys.executable, "-W", "error::UserWarning", "-c", asking]
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)


def test_the_deployment_check_is_silent_under_https(over_https):
    assert over_https.returncode == 0, over_https.stderr
    assert over_https.stdout.splitlines()[0] == "System check identified no issues (0 silenced)."
    assert over_https.stderr == ""


def test_under_https_cookies_belong_to_this_host_alone_and_the_browser_keeps_to_https(over_https):
    set_to = json.loads(over_https.stdout.splitlines()[-1])

    for name in ("SESSION", "CSRF", "LANGUAGE"):
        assert set_to[f"{name}_COOKIE_SECURE"] and set_to[f"{name}_COOKIE_HTTPONLY"]
        assert set_to[f"{name}_COOKIE_SAMESITE"] == "Lax"
    assert set_to["SESSION_COOKIE_NAME"] == "__Host-sessionid" and set_to["CSRF_COOKIE_NAME"] == "__Host-csrftoken"
    assert set_to["SECURE_HSTS_SECONDS"] >= 31536000 and set_to["SECURE_SSL_REDIRECT"]


@pytest.mark.django_db
def test_the_session_cookie_is_as_strict_as_its_name_says(settings):
    settings.SESSION_COOKIE_NAME, settings.SESSION_COOKIE_SECURE = "__Host-sessionid", True
    settings.SECURE_SSL_REDIRECT, settings.SECURE_HSTS_SECONDS = True, 31536000
    account = an_administrator()
    account.set_password("a long enough one")
    account.save()
    client = Client()

    page = client.get("/admin/login/", secure=True, follow=True)
    [(field, _value)] = [(name, 1) for name in ("login", "username") if f'name="{name}"' in page.content.decode()]
    where = page.redirect_chain[-1][0] if page.redirect_chain else "/admin/login/"
    client.post(where, {field: "administrator", "password": "a long enough one"}, secure=True)

    cookie = client.cookies["__Host-sessionid"]
    assert (cookie["secure"], cookie["httponly"], cookie["path"], cookie["domain"]) == (True, True, "/", "")
    assert cookie["samesite"] == "Lax"
    assert "max-age=31536000" in page["Strict-Transport-Security"]


def test_a_session_under_the_strict_name_goes_past_the_kept_pages(rf):
    assert key_of(rf.get("/en/").environ) is not None
    assert key_of(rf.get("/en/", headers={"cookie": "__Host-sessionid=abc"}).environ) is None
