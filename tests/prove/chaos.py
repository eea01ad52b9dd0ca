"""Browsing, search, sign-ups, saves and uploads at once, while workers are killed and PostgreSQL restarts once.

Every sign-up that was answered is in the database and in the outbox, no desk holds more than its seats, every photo
that was answered is there whole, and nobody sees a 5xx but while the database is away.
"""

import os
import random
import re
import tempfile
import threading
import time
from collections import Counter
from contextlib import contextmanager, nullcontext
from functools import partial
from html import unescape
from pathlib import Path

import requests

from tests.browser import site as demo
from tests.portal.pictures import a_drawing, a_file
from tests.postgres import running as running_postgres
from tests.prove.processes import kill, web_workers
from tests.prove.serving import manage_json

SECONDS = int(os.environ.get("PROVE_SECONDS", 300))
KILL_EVERY = 4
# How long answers may fail after the database was told to stop.
AWAY = 15
SEATS = 40
PAGES = ("", "conferences/", "conferences/coscon-2023/", "conferences/coscon-2023/forums/", "photos/", "chapters/")
WORDS = ("开源", "成都", "apache", "社区", "forum")
PLACES = ("web 1", "web 2", "search", "sign-up 1", "sign-up 2", "sign-up 3", "admin", "photos")

SET_UP = """
from django.utils import timezone
from datetime import timedelta
from portal.models import Album, Desk
from meetups.models import Meetup
now = timezone.now()
meetup = Meetup(slug="chaos", title_en="Chaos", starts_at=now + timedelta(days=30), published_at=now)
meetup.save()
Desk.objects.create(occasion=meetup, capacity={seats})
album = Album.objects.create(slug="chaos", title_en="Chaos", published_at=now)
print(json.dumps(album.pk))
"""
TALLY = """
from portal.models import Desk, Photo, Registration
from portal.cleaning import missing
from post_office.models import Email
desk = Desk.objects.get(occasion__slug="chaos")
rows = list(desk.registrations.values("email", "state", "line_number"))
print(json.dumps({
    "rows": rows,
    "mailed": sorted({address for to in Email.objects.values_list("to", flat=True) for address in to}),
    "capacity": desk.capacity, "taken": desk.taken,
    "photos": list(Photo.objects.filter(album__slug="chaos").values_list("pk", flat=True)),
    "missing": [name for _photo, name in missing()],
}, default=str))
"""
LINKS = """
from post_office.models import Email
mails = Email.objects.filter(to__contains="chaos-")
print(json.dumps({mail.to[0]: mail.message for mail in mails}))
"""


def steps():
    yield "on SQLite", partial(storm, postgres=False)
    yield "on PostgreSQL, restarted once", partial(storm, postgres=True)


class Storm:
    """Threads that ask a site for all sorts of things until told to stop; what they got is noted."""

    def __init__(self, site, album):
        self.site, self.album = site, album
        self.stopping = threading.Event()
        self.statuses, self.failed, self.signed_up, self.put_up, self.cut_off = Counter(), [], [], [], 0
        self.lock = threading.Lock()
        self.away_until = 0

    def note(self, what, response):
        with self.lock:
            self.statuses[response.status_code // 100 * 100] += 1
            if response.status_code >= 500 and time.monotonic() > self.away_until:
                self.failed.append((what, response.status_code, response.url))

    def repeat(self, what, do):
        session = requests.Session()
        session.headers["X-Forwarded-For"] = f"10.{random.randrange(256)}.{random.randrange(256)}.7"
        while not self.stopping.is_set():
            try:
                do(session)
            except (requests.ConnectionError, requests.exceptions.ChunkedEncodingError):
                with self.lock:
                    self.cut_off += 1  # the worker was killed in the middle of it: no answer, no promise
                time.sleep(0.05)
            except (requests.Timeout, ValueError, KeyError) as problem:  # no answer at all, or none of ours
                if time.monotonic() > self.away_until:
                    self.failed.append((what, repr(problem)))

    def browse(self, session):
        address = self.site.address(random.choice(("en", "zh-hans")), random.choice(PAGES))
        self.note("browse", session.get(address, timeout=60))

    def search(self, session):
        self.note(
            "search", session.get(self.site.address("en", "search/"), params={"q": random.choice(WORDS)}, timeout=60)
        )

    def sign_up(self, session):
        address = self.site.address("en", "meetups/chaos/register/")
        if not getattr(session, "form", None):
            page = session.get(address, timeout=60)
            self.note("form", page)
            if page.status_code != 200:
                return
            session.form = hidden(page.text)
            time.sleep(3.2)  # nobody is faster
        email = f"chaos-{random.randrange(10**12)}@example.org"
        # Each from a network of its own, or the limits would end the storm.
        session.headers["X-Forwarded-For"] = f"10.{random.randrange(256)}.{random.randrange(256)}.7"
        answer = session.post(
            address,
            data={**session.form, "name": "Ming", "email": email, "agree_run": "on"},
            headers={"Referer": address},
            allow_redirects=False,
            timeout=60,
        )
        self.note("sign-up", answer)
        if answer.status_code == 302:
            self.signed_up.append(email)
        time.sleep(0.1)

    def save(self, session):
        address = f"{self.site.url}/admin/portal/page/"
        if not getattr(session, "signed_in", False):
            session.signed_in = signed_in(session, self.site)
        listed = session.get(address, timeout=60)
        self.note("admin", listed)
        change = re.search(r"/admin/portal/page/\d+/change/", listed.text)
        if change is None:
            session.signed_in = False
            return
        page = session.get(self.site.url + change[0], timeout=60)
        self.note("admin", page)
        form = filled(page.text) | {"title_en": f"About us {random.randrange(1000)}", "_save": "Save"}
        self.note("save", session.post(page.url, data=form, headers={"Referer": page.url}, timeout=60))
        time.sleep(0.5)

    def upload(self, session):
        address = f"{self.site.url}/admin/portal/album/{self.album}/photos/"
        if not getattr(session, "signed_in", False):
            session.signed_in = signed_in(session, self.site)
        size = (random.randrange(400, 900), random.randrange(400, 900))
        answer = session.post(
            f"{address}upload/",
            data={"csrfmiddlewaretoken": session.cookies.get("csrftoken", "")},
            files={"file": (f"{size}.jpg", a_file(image=a_drawing(*size)).getvalue())},
            headers={"Referer": address, "Accept": "application/json"},
            timeout=60,
        )
        self.note("upload", answer)
        if answer.status_code in {200, 201}:
            self.put_up.append(answer.json()["photo"])
        elif answer.status_code == 403:
            session.signed_in = False
        time.sleep(0.3)

    def threads(self):
        do = {
            **{"web 1": self.browse, "web 2": self.browse, "search": self.search},
            **{"sign-up 1": self.sign_up, "sign-up 2": self.sign_up, "sign-up 3": self.sign_up},
            **{"admin": self.save, "photos": self.upload},
        }
        return [threading.Thread(target=self.repeat, args=[place, do[place]], name=place) for place in PLACES]

    @contextmanager
    def raging(self):
        """Let the storm rage within a with statement."""
        threads = self.threads()
        for thread in threads:
            thread.start()
        try:
            yield self
        finally:
            self.stopping.set()
            for thread in threads:
                thread.join(90)


def storm(postgres):
    with tempfile.TemporaryDirectory() as folder, running_postgres() if postgres else nullcontext() as cluster:
        environment = {"BEHIND_PROXY": "1", "EMAIL_URL": "smtp://127.0.0.1:9"}
        if cluster:
            cluster.create("chaos")
            environment["DATABASE_URL"] = cluster.url("chaos")
        process, site = demo.start(Path(folder), **environment)
        try:
            album = manage_json(site, SET_UP.format(seats=SEATS), environment)
            watched = Storm(site, album)
            with watched.raging():
                kills = rage(watched, process.pid, cluster)
            confirmed = confirm_all(watched, manage_json(site, LINKS, environment))
            tally = manage_json(site, TALLY, environment)
        finally:
            demo.stop(process.pid)
    return judged(watched, tally, kills, confirmed)


def rage(watched, pid, cluster):
    """Kill workers, and restart the database once, while the storm lasts; return how many workers were killed."""
    began, kills, restarted = time.monotonic(), 0, False
    while (lasted := time.monotonic() - began) < SECONDS:
        time.sleep(random.uniform(0.5, 1.5) * KILL_EVERY)
        if workers := web_workers(pid):
            kill(random.choice(workers))
            kills += 1
        if cluster and not restarted and lasted > SECONDS / 2:
            watched.away_until = time.monotonic() + AWAY
            cluster.stop()
            time.sleep(2)
            cluster.start()
            restarted = True
    return kills


def confirm_all(watched, mails):
    """Confirm every address that was signed up, from eight threads at once; return how many answered."""
    links = [re.search(r"/(?:en|zh-hans)/my/[^/\s\"]+/", text)[0] for text in mails.values()]
    answers = []

    def confirm(some):
        for link in some:
            answers.append(requests.post(f"{watched.site.url}{link}do/confirm/", timeout=60).status_code)

    threads = [threading.Thread(target=confirm, args=[links[number::8]]) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert set(answers) <= {200}, Counter(answers)
    return len(answers)


def judged(watched, tally, kills, confirmed):
    rows = {row["email"]: row for row in tally["rows"]}
    line = sorted(row["line_number"] for row in rows.values() if row["state"] == "waiting")
    figures = {
        "seconds": SECONDS,
        "kills": kills,
        "answers": dict(sorted(watched.statuses.items())),
        "cut off": watched.cut_off,
        "signed up": len(watched.signed_up),
        "confirmed": confirmed,
        "seated": tally["taken"],
        "in line": len(line),
        "photos": len(set(watched.put_up)),
    }
    assert not watched.failed, (figures, watched.failed[:10])
    assert not set(watched.signed_up) - set(rows), (figures, "sign-ups that were answered are lost")
    assert not set(watched.signed_up) - set(tally["mailed"]), (figures, "sign-ups without their mail")
    assert tally["taken"] <= tally["capacity"] == SEATS, figures
    assert sum(row["state"] == "seated" for row in rows.values()) == tally["taken"], figures
    assert line == list(range(line[0], line[0] + len(line))) if line else True, (figures, line[:20])
    assert not set(watched.put_up) - set(tally["photos"]), (figures, "photos that were answered are lost")
    assert tally["missing"] == [], (figures, tally["missing"])
    assert kills > 3 and len(watched.signed_up) > 10 and watched.put_up, figures
    return figures


def hidden(page):
    """Return the hidden fields of the page's form to send."""
    form = page[page.index('method="post"') :]
    inputs = re.findall(r'<input type="hidden" name="([^"]+)"(?: value="([^"]*)")?', form)
    return {name: unescape(value) for name, value in inputs}


def filled(page):
    """Return all fields of a change form of the admin as they are."""
    form = page[page.index('id="page_form"') :]
    data = {
        name: unescape(value)
        for name, value in re.findall(r'<input(?=[^>]*name="([^"]+)")(?=[^>]*value="([^"]*)")', form)
    }
    data = {name: value for name, value in data.items() if not name.startswith("_")}
    for name, text in re.findall(r'<textarea[^>]*name="([^"]+)"[^>]*>(.*?)</textarea>', form, re.DOTALL):
        data[name] = unescape(text).lstrip("\n")
    for name, options in re.findall(r'<select[^>]*name="([^"]+)"[^>]*>(.*?)</select>', form, re.DOTALL):
        chosen = re.search(r'value="([^"]*)" selected', options)
        data[name] = chosen[1] if chosen else ""
    return data


def signed_in(session, site):
    """Sign the organizer in; return whether it worked."""
    page = session.get(f"{site.url}/admin/account/login/", timeout=60)
    if page.status_code != 200:
        return False
    data = {**hidden(page.text), "login": "organizer", "password": demo.PASSWORD}
    answer = session.post(page.url, data=data, headers={"Referer": page.url}, timeout=60)
    return answer.status_code == 200 and "sessionid" in session.cookies
