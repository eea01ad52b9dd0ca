"""What the portal leans on, taken away one by one: a plain message, the rest works, and all recovers by itself.

A full disk, a database that another process keeps locked, and a mail server, a store and Redis that are down.
"""

import os
import shutil
import sqlite3
import subprocess
import tempfile
import time
from contextlib import closing, contextmanager, suppress
from functools import partial
from pathlib import Path

import requests
from aiosmtpd.controller import Controller

from tests.browser import site as demo
from tests.portal.pictures import a_drawing, a_file
from tests.prove.chaos import SET_UP, hidden, signed_in
from tests.prove.serving import manage_json
from tests.store import running as running_store

HOME, ARTICLES = ("en", ""), ("en", "news/")
# Gunicorn gives a request 60 seconds; the database makes it wait for 20.
PATIENCE = 58
DISK_MEGABYTES = 90


def steps():
    with tempfile.TemporaryDirectory() as folder:
        folder = Path(folder)
        yield "the mail server is down", partial(without_mail_server, folder / "mail")
        yield "the store is down", partial(without_store, folder / "store")
        yield "Redis is down", partial(without_redis, folder / "redis")
        yield "the database is locked", partial(with_a_locked_database, folder / "locked")
        yield "the disk is full", partial(on_a_full_disk, folder / "disk")


@contextmanager
def served(folder, **environment):
    """Serve the demo with an album and a desk of its own; yield (site, the album's number)."""
    folder.mkdir(exist_ok=True)
    process, site = demo.start(folder, **environment)
    try:
        yield site, manage_json(site, SET_UP.format(seats=10), environment)
    finally:
        demo.stop(process.pid)


class Visitor:
    """Somebody who reads, signs up and, signed in as the organizer, puts up photos."""

    def __init__(self, site, album):
        self.site, self.session = site, requests.Session()
        self.upload_address = f"{site.url}/admin/portal/album/{album}/photos/"
        self.register_address = site.address("en", "meetups/chaos/register/")
        assert signed_in(self.session, site)
        self.opened = hidden(requests.get(self.register_address, timeout=60).text)
        self.number = 0
        time.sleep(3.2)  # nobody fills in a form faster

    def reads(self):
        """Return the statuses of some pages, one of them asked for the first time."""
        self.number += 1
        asked = [self.site.address(*HOME), self.site.address(*ARTICLES) + f"?page={self.number}"]
        return [requests.get(address, timeout=PATIENCE).status_code for address in asked]

    def signs_up(self):
        """Return the answer to a form; 302 leads to "check your mail"."""
        self.number += 1
        data = {**self.opened, "name": "Ming", "email": f"chaos-{self.number}@example.org", "agree_run": "on"}
        cookies = {"csrftoken": self._token()}
        data["csrfmiddlewaretoken"] = cookies["csrftoken"]
        return requests.post(
            self.register_address,
            data=data,
            cookies=cookies,
            headers={"Referer": self.register_address},
            allow_redirects=False,
            timeout=PATIENCE,
        )

    def puts_up(self, size=(600, 400)):
        """Return the answer to a photo, unlike any before."""
        self.number += 1
        return self.session.post(
            f"{self.upload_address}upload/",
            data={"csrfmiddlewaretoken": self.session.cookies["csrftoken"]},
            files={"file": ("drawing.jpg", a_file(image=a_drawing(size[0] + self.number, size[1])).getvalue())},
            headers={"Referer": self.upload_address, "Accept": "application/json"},
            timeout=PATIENCE,
        )

    def _token(self):
        return self.session.cookies["csrftoken"]


def eventually(what, seconds=90):
    """Wait until `what()` is true; return the seconds it took, or fail."""
    began = time.monotonic()
    while time.monotonic() - began < seconds:
        if what():
            return time.monotonic() - began
        time.sleep(0.25)
    raise AssertionError(f"{what} did not come true within {seconds} s")


def is_plain(answer):
    """Whether an answer says in words that it is busy, and when to come back."""
    return answer.status_code == 503 and answer.headers.get("Retry-After") and len(answer.text) > 40


class Letters:
    def __init__(self):
        self.to = []

    async def handle_DATA(self, server, session, envelope):
        self.to += envelope.rcpt_tos
        return "250 taken"


def without_mail_server(folder):
    port, letters = demo.free_port(), Letters()
    with served(folder, EMAIL_URL=f"smtp://127.0.0.1:{port}") as (site, album):
        visitor = Visitor(site, album)
        signed_up, read = visitor.signs_up().status_code, visitor.reads()
        assert signed_up == 302 and read == [200, 200], (signed_up, read)
        attempted = "from post_office.models import Log; print(json.dumps(Log.objects.count()))"
        eventually(lambda: manage_json(site, attempted) > 0)
        controller = Controller(letters, hostname="127.0.0.1", port=port)
        controller.start()
        try:
            # The pause before the next attempt is minutes; what is tried here is that it comes by itself.
            manage_json(
                site,
                "from post_office.models import Email; print(json.dumps(Email.objects.update(scheduled_time=None)))",
            )
            took = eventually(lambda: letters.to)
        finally:
            controller.stop()
    return {"signed up": signed_up, "mail after it is back": f"{took:.1f} s"}


def without_store(folder):
    with running_store() as store, served(folder, MEDIA_STORE=store.fresh_bucket("portal")) as (site, album):
        visitor = Visitor(site, album)
        before = visitor.puts_up().status_code
        store.stop()
        refused, read = visitor.puts_up(), visitor.reads()
        ready = requests.get(f"{site.url}/readyz", timeout=PATIENCE).status_code
        store.start()
        after = visitor.puts_up().status_code
    figures = {"before": before, "meanwhile": refused.status_code, "pages": read, "ready": ready, "after": after}
    assert (before, after) == (201, 201) and is_plain(refused) and read == [200, 200] and ready == 503, figures
    return figures


def without_redis(folder):
    server, port = shutil.which("redis-server"), demo.free_port()
    assert server, "Redis is missing: apt-get install redis-server"
    command = [server, "--port", str(port), "--save", "", "--bind", "127.0.0.1"]
    redis = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    with served(folder, PAGE_CACHE=f"redis://127.0.0.1:{port}/0") as (site, album):
        visitor = Visitor(site, album)
        before = visitor.reads()
        redis.terminate()
        redis.wait()
        meanwhile, signed_up = visitor.reads(), visitor.signs_up().status_code
        ready = requests.get(f"{site.url}/readyz", timeout=PATIENCE).status_code
        redis = subprocess.Popen(command, stdout=subprocess.DEVNULL)
        took = eventually(lambda: requests.get(f"{site.url}/readyz", timeout=PATIENCE).status_code == 200)
        after = visitor.reads()
    redis.terminate()
    redis.wait()
    figures = {
        "before": before,
        "meanwhile": meanwhile,
        "signed up": signed_up,
        "ready": ready,
        "back": f"{took:.1f} s",
    }
    assert before == meanwhile == after == [200, 200] and signed_up == 302 and ready == 503, figures
    return figures


def with_a_locked_database(folder):
    with served(folder) as (site, album):
        visitor = Visitor(site, album)
        with closing(sqlite3.connect(folder / "portal.sqlite3")) as other:
            other.execute("BEGIN IMMEDIATE")
            began = time.monotonic()
            refused = visitor.signs_up()
            waited = time.monotonic() - began
            read = visitor.reads()
            other.rollback()
        after = visitor.signs_up().status_code
    figures = {"waited": f"{waited:.1f} s", "meanwhile": refused.status_code, "pages": read, "after": after}
    assert is_plain(refused) and read == [200, 200] and after == 302, figures
    return figures


def on_a_full_disk(folder):
    assert os.geteuid() == 0, "a small disk is mounted for this, which root alone can"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", f"size={DISK_MEGABYTES}m", "tmpfs", str(folder)]
    subprocess.run(mount, check=True)
    try:
        with served(folder) as (site, album):
            visitor = Visitor(site, album)
            before = visitor.signs_up().status_code
            filling = folder / "filling"
            with suppress(OSError), filling.open("wb") as out:  # full, which is what is wanted
                while True:
                    out.write(b"\0" * 65536)
                    out.flush()
            refused, read = visitor.puts_up(), visitor.reads()
            signed_up = visitor.signs_up()
            ready = requests.get(f"{site.url}/readyz", timeout=PATIENCE).status_code
            filling.unlink()
            after, photo = visitor.signs_up().status_code, visitor.puts_up().status_code
    finally:
        subprocess.run(["umount", str(folder)], check=True)
    figures = {
        **{"before": before, "photo": refused.status_code, "pages": read, "signing up": signed_up.status_code},
        **{"ready": ready, "after": after, "photo after": photo},
    }
    assert is_plain(refused) and read == [200, 200] and ready == 503, figures
    assert signed_up.status_code == 302 or is_plain(signed_up), figures
    assert (before, after, photo) == (302, 302, 201), figures
    return figures
