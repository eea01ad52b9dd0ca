"""Kept pages from a real nginx: the same as from the portal, gone with a save and with the clock, and faster."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import requests

from portal.pagecache.files import in_order
from tests.bench.load import ask, get
from tests.bench.places import environment_of
from tests.bench.serving import serving
from tests.browser.site import ROOT, free_port
from tests.page_types import LANGUAGES, PAGE_TYPES, path_of

# What a server says of itself and of the moment.
OF_THE_SERVER = {
    *("date", "server", "connection", "etag", "last-modified", "content-length", "accept-ranges", "content-encoding"),
    *("transfer-encoding", "keep-alive", "x-request-id"),
}
AHEAD = 8  # seconds


def steps():
    with tempfile.TemporaryDirectory() as folder, both(Path(folder)) as (portal, nginx):
        yield "the same answers", partial(same_answers, portal, nginx)
        yield "who is not answered by nginx", partial(asked_of_the_portal, nginx)
        yield "a save", partial(a_save, portal, nginx)
        yield "a scheduled publication", partial(a_scheduled_publication, portal, nginx)
        yield "how fast", partial(how_fast, portal, nginx)


@contextmanager
def both(folder):
    """Serve the demo and an nginx in front of it; yield a `Portal` and the address of nginx."""
    program = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin:/usr/local/sbin")
    if program is None:
        raise AssertionError("nginx is missing: as root on Debian, apt-get install nginx-light")
    port, data = free_port(), folder / "data"
    folder.chmod(0o755)
    data.mkdir()
    settings = {"SITE_URL": f"http://127.0.0.1:{port}", "PAGE_FILES": str(folder / "files"), "BEHIND_PROXY": "1"}
    manage(data, {**settings, "PORTAL_DEMO": "1"}, "prepare")
    with serving("portal.wsgi", data, **settings) as server:
        portal = Portal(f"http://127.0.0.1:{server.port}", data, settings)
        upstream = f"127.0.0.1:{server.port}"
        written = manage(data, settings, "nginx", "--listen", f"127.0.0.1:{port}", "--upstream", upstream)
        (folder / "portal.conf").write_text(written)
        (folder / "nginx.conf").write_text(
            f"user root;\npid {folder}/nginx.pid;\nerror_log {folder}/nginx.log;\nevents {{ }}\n"
            f"http {{ access_log off; include {folder}/portal.conf; }}\n"
        )
        subprocess.run([program, "-c", folder / "nginx.conf", "-p", folder], check=True)
        try:
            yield portal, f"http://127.0.0.1:{port}"
        finally:
            os.kill(int((folder / "nginx.pid").read_text()), signal.SIGTERM)


@dataclass(frozen=True)
class Portal:
    """The portal behind nginx: its own address, its folder of data, its settings."""

    url: str
    data: Path
    settings: dict

    def run(self, code):
        """Run Python in it; return what it prints."""
        return manage(self.data, self.settings, "shell", "--no-imports", "-v", "0", "-c", code)


def manage(data, settings, *arguments):
    command = [sys.executable, "manage.py", *arguments]
    environment = {**environment_of(data), **settings}
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=True).stdout


def by_nginx(answer):
    """Whether nginx answered with a file: the portal's pages have no day of last change."""
    return "Last-Modified" in answer.headers


def twice(url, **options):
    """Ask twice, so that the page is kept; return the second answer."""
    requests.get(url, timeout=60, **options)
    return requests.get(url, timeout=60, **options)


def headers_of(answer):
    return in_order(pair for pair in answer.headers.items() if pair[0].lower() not in OF_THE_SERVER)


def same_answers(portal, nginx):
    files = 0
    for language in LANGUAGES:
        for page_type in PAGE_TYPES:
            path = path_of(page_type, language)
            own = requests.get(portal.url + path, headers={"Host": nginx.removeprefix("http://")}, timeout=60)
            answer = twice(nginx + path)
            if by_nginx(answer):
                files += 1
                assert answer.text == own.text, path
                assert headers_of(answer) == headers_of(own), (path, headers_of(answer), headers_of(own))
            else:
                assert answer.status_code == own.status_code, path
    asked = len(LANGUAGES) * len(PAGE_TYPES)
    assert files > asked / 2, f"{files} of {asked} pages came from files"
    return {"pages": asked, "from files": files}


def asked_of_the_portal(nginx):
    url = f"{nginx}/en/"
    others = {
        "an organizer": {"headers": {"Cookie": "sessionid=abc"}},
        "a message": {"headers": {"Cookie": "a=b; messages=abc"}},
        "WeChat": {"headers": {"User-Agent": "MicroMessenger/8"}},
        "a query": {"params": {"q": "x"}},
    }
    assert by_nginx(twice(url))
    for who, options in others.items():
        assert not by_nginx(requests.get(url, timeout=60, **options)), who
    assert requests.post(url, timeout=60).status_code in {403, 405}
    for path in ("/current/", "/headers.json", "/en/../headers.json", "/release", "/%2e%2e/data/secret_key"):
        assert requests.get(nginx + path, timeout=60).status_code in {400, 404}, path
    known = requests.get(url, timeout=60).headers["ETag"]
    assert requests.get(url, headers={"If-None-Match": known}, timeout=60).status_code == 304
    return {"kinds": len(others)}


def a_save(portal, nginx):
    url, number = f"{nginx}/en/news/coscon-2017-recap/", 0
    for number in range(5):
        assert by_nginx(twice(url))
        portal.run(
            "from portal.models import Article; article = Article.objects.get(slug='coscon-2017-recap');"
            f"article.title_en = 'Saved the {number}th time'; article.save()"
        )
        for _request in range(8):
            assert f"Saved the {number}th time" in requests.get(url, timeout=60).text
    return {"saves": number + 1}


def a_scheduled_publication(portal, nginx):
    """Ask all the time: it is not there before its moment, and there in every answer that was asked for after it."""
    url = f"{nginx}/en/news/"
    at = float(
        portal.run(
            "from datetime import timedelta; from django.utils import timezone; from portal.models import Article;"
            f"at = timezone.now() + timedelta(seconds={AHEAD}); Article.objects.create(slug='scheduled',"
            "title_en='On the minute', dated=at.date(), published_at=at); print(at.timestamp())"
        )
    )
    asked, early, late = 0, 0, []
    while time.time() < at + 3:
        began = time.time()
        there = "On the minute" in requests.get(url, timeout=60).text
        asked, early = asked + 1, early + (there and time.time() < at)
        if began > at and not there:
            late.append(began - at)
    assert early == 0 and not late, (early, late)
    return {"requests": asked}


def how_fast(portal, nginx):
    for address in (portal.url, nginx):
        twice(f"{address}/en/")
    port = int(nginx.rpartition(":")[2])
    host = {"Accept_Encoding": "gzip"}
    files = ask(port, [get("/en/", **host)], 3)
    own = ask(int(portal.url.rpartition(":")[2]), [get("/en/", **host)], 3)
    assert files.rate > own.rate, (files, own)
    return {"nginx a second": f"{files.rate:,.0f}", "gunicorn a second": f"{own.rate:,.0f}"}
