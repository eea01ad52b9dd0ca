"""A kept page in turn for everybody, over gunicorn: never another language, never anyone's data, never their link."""

import os
import re
import sqlite3
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing

import pytest
import requests

from tests.bench.serving import serving
from tests.browser.site import ROOT

LANGUAGES = {"en": "en", "zh-hans": "zh-Hans"}
PATHS = [
    "",
    "conferences/coscon-2023/",
    "conferences/sample-conference/schedule/",
    "meetups/",
    "photos/",
    "calendar.ics",
]
EVIL = "evil.example"
SECRET = "1f0cafe5e55"

# What a visitor may send along. None of it may change what the next visitor gets.
HOSTILE = [
    {"Accept-Language": "zh-CN,zh;q=0.9"},
    {"Accept-Language": "en-GB"},
    {"Accept-Language": "../../etc"},
    {"X-Forwarded-Host": EVIL},
    {"X-Forwarded-Server": EVIL, "Forwarded": f"host={EVIL};proto=https"},
    {"X-Forwarded-Proto": "https"},
    {"X-Forwarded-Proto": EVIL},
    {"X-Forwarded-Prefix": f"/{EVIL}", "X-Script-Name": f"/{EVIL}"},
    {"SCRIPT_NAME": f"/{EVIL}", "PATH_INFO": f"/{EVIL}"},
    {"X-Original-URL": f"/{EVIL}", "X-Rewrite-URL": f"/{EVIL}"},
    {"X-HTTP-Method-Override": "POST"},
    {"X-Fresh-Until": "99999999999"},
    {"Cookie": f"csrftoken={SECRET}; django_language=en"},
    {"Cookie": f"django_language=zh-hans; {SECRET}=1"},
    {"Referer": f"https://{EVIL}/{SECRET}", "Origin": f"https://{EVIL}"},
    {"User-Agent": f"{SECRET} <script>"},
    {"Authorization": f"Bearer {SECRET}"},
    {"If-None-Match": "*"},
    {"If-None-Match": f'"{SECRET}"', "If-Modified-Since": "Wed, 25 Nov 2026 00:00:00 GMT"},
    {"Range": "bytes=0-9"},
    {"Accept-Encoding": "br;q=0, gzip;q=0"},
]
QUERIES = [
    "utm_source=" + SECRET,
    "from=groupmessage&isappinstalled=0",
    f"next=//{EVIL}/",
    "page=1&page=2",
    "%00=%FF&q=<b>",
]


def pages(site):
    return [(language, f"{site.url}/{language}/{path}") for language in LANGUAGES for path in PATHS]


def what_anybody_gets(site):
    return {url: requests.get(url, timeout=60) for _language, url in pages(site)}


@pytest.fixture(scope="module")
def organizers_cookie(site):
    return "sessionid=" + in_portal(
        site,
        "from django.conf import settings; from django.contrib.auth import get_user_model as U, SESSION_KEY as K,"
        "BACKEND_SESSION_KEY as B, HASH_SESSION_KEY as H; from django.contrib.sessions.backends.db import SessionStore;"
        "u = U().objects.get(username='organizer'); s = SessionStore();"
        "s[K], s[B], s[H] = str(u.pk), settings.AUTHENTICATION_BACKENDS[0], u.get_session_auth_hash();"
        "s.create(); print(s.session_key)",
    )


@pytest.fixture(scope="module")
def volunteers_link(site):
    """The status page of somebody who applied, and what on it is theirs alone."""
    path = in_portal(
        site,
        "from events.models import Application, VolunteerCall; call = VolunteerCall.objects.first();"
        "a = Application.objects.create(call=call, name='Private Person', email='private@example.org', language='en',"
        "state='submitted', city='Nowhere'); print(a.status_path())",
    )
    return site.url + path


def in_portal(site, code):
    environment = {**os.environ, "PORTAL_VAR": str(site.folder), "DJANGO_SETTINGS_MODULE": "portal.settings"}
    command = [sys.executable, "manage.py", "shell", "--no-imports", "-v", "0", "-c", code]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=True)
    return done.stdout.strip().rpartition("\n")[2]


def test_hostile_visitors_leave_every_page_as_it_was_for_the_next(site):
    before = what_anybody_gets(site)

    for _language, url in pages(site):
        for headers in HOSTILE:
            requests.get(url, headers=headers, timeout=60, allow_redirects=False)
        for query in QUERIES:
            requests.get(f"{url}?{query}", timeout=60, allow_redirects=False)
        requests.head(url, timeout=60), requests.post(url, data={"q": SECRET}, timeout=60)

    for url, answer in what_anybody_gets(site).items():
        assert answer.status_code == 200
        assert answer.headers.get("Set-Cookie") is None
        assert EVIL not in answer.text and SECRET not in answer.text
        assert stable(answer) == stable(before[url])


def test_hostile_headers_change_nothing_in_the_answer_to_whoever_sends_them(site):
    for language, url in pages(site):
        for headers in HOSTILE:
            answer = requests.get(url, headers=headers, timeout=60, allow_redirects=False)

            assert answer.status_code in {200, 206, 304, 400}, headers
            assert EVIL not in answer.text and SECRET not in answer.text, headers
            if answer.status_code == 200 and answer.headers["Content-Type"].startswith("text/html"):
                assert f'<html lang="{LANGUAGES[language]}"' in answer.text, headers


def test_another_host_is_refused_and_stays_out_of_every_page(site):
    for _language, url in pages(site):
        refused = requests.get(url, headers={"Host": EVIL}, timeout=60)
        assert refused.status_code == 400 and EVIL not in refused.text
        assert EVIL not in requests.get(url, timeout=60).text


def test_everybody_in_turn_gets_their_own_and_nobody_elses(site, organizers_cookie, volunteers_link):
    before = what_anybody_gets(site)

    for _turn in range(2):
        for language, url in pages(site):
            organizer = requests.get(url, headers={"Cookie": organizers_cookie}, timeout=60)
            own = requests.get(volunteers_link, timeout=60)
            anybody = requests.get(url, timeout=60)

            assert "Private Person" in own.text
            assert "no-store" in own.headers["Cache-Control"] or "private" in own.headers["Cache-Control"]
            assert organizer.status_code == 200
            if organizer.headers["Content-Type"].startswith("text/html"):
                assert "private" in organizer.headers["Cache-Control"]
                assert f'<html lang="{LANGUAGES[language]}"' in anybody.text
            for secret in ("Private Person", "private@example.org", "sessionid", volunteers_link):
                assert secret not in anybody.text
            assert stable(anybody) == stable(before[url])


def test_nothing_kept_on_the_disk_is_anybodys(site, organizers_cookie, volunteers_link):
    (
        requests.get(volunteers_link, timeout=60),
        requests.get(site.address("en", ""), headers={"Cookie": organizers_cookie}),
    )

    kept = [file.read_bytes() for file in (site.folder / "pages" / "pages").rglob("*") if file.is_file()]

    assert kept
    heads = [page.partition(b"\n")[0].lower() for page in kept]
    assert not any(word in head for head in heads for word in (b"set-cookie", b"private", b"no-store", b"sessionid"))


def test_a_save_reaches_every_worker_by_its_next_request(site):
    """The title changes; from then on none of many requests to any worker gets the former one."""
    url = site.address("en", "news/coscon-2017-recap/")
    former = [requests.get(url, timeout=60).text for _request in range(20)]
    with closing(sqlite3.connect(site.folder / "portal.sqlite3")) as database:
        [title] = database.execute("SELECT title_en FROM portal_article WHERE slug = 'coscon-2017-recap'").fetchone()
    save = (
        "from portal.models import Article; article = Article.objects.get(slug='coscon-2017-recap');"
        "article.title_en = {!r}; article.save(); print()"
    )
    assert all(title in text for text in former)

    in_portal(site, save.format("Changed by a test"))
    try:
        with ThreadPoolExecutor(8) as visitors:
            after = list(visitors.map(lambda _n: requests.get(url, timeout=60).text, range(40)))
    finally:
        in_portal(site, save.format(title))

    assert all("Changed by a test" in text for text in after)


def test_a_stampede_on_all_processes_is_rendered_once(tmp_path):
    with serving("tests.portal.counting:application", tmp_path) as server, ThreadPoolExecutor(24) as visitors:
        url = f"http://127.0.0.1:{server.port}/en/"
        bodies = set(visitors.map(lambda _n: requests.get(url, timeout=60).text, range(48)))

    assert len(bodies) == 1
    assert (tmp_path / "rendered").read_text() == "x"


def stable(answer):
    """Return what must be the same for everybody, but for the day on which a calendar was written."""
    return re.sub(r"DTSTAMP:\w+", "", answer.text)
