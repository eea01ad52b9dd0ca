"""Two web machines on one PostgreSQL, one bucket and one Redis, with nothing on a disk of their own.

Somebody's next request may always meet the other one: the page after a save, the form that is sent, the photo, the
button below the preview of an import, the mail that either may send. Then one is lost with its disk, and replaced.
"""

import re
import shutil
import subprocess
import tempfile
import time
from collections import Counter
from contextlib import contextmanager
from html import unescape
from pathlib import Path

import requests
from aiosmtpd.controller import Controller

from tests.browser import site as demo
from tests.portal.pictures import a_drawing, a_file
from tests.postgres import running as running_postgres
from tests.prove.chaos import SET_UP, filled, hidden, signed_in
from tests.prove.failures import Letters, eventually
from tests.prove.serving import manage_json
from tests.store import running as running_store

SAVES, GUESTS, SESSIONS = 10, 10, 40
TABLE = "code,title_en\n" + "".join(f"M{number},Session {number}\n" for number in range(SESSIONS))
# What each machine makes for itself at its start, and could make anew.
OF_ITS_OWN = {"static", "prepared", "serve.log"}
MAILS = """
from post_office.models import Email
print(json.dumps(list(Email.objects.values_list("message", flat=True))))
"""
COUNTS = """
from events.models import Session
from portal.models import Desk, Photo, Registration
print(json.dumps({
    "sessions": Session.objects.filter(title_en__startswith="Session ").count(),
    "seats": Registration.objects.filter(desk__occasion__slug="chaos", state="seated").count(),
    "photos": Photo.objects.filter(album__slug="chaos").count(),
}))
"""


def steps():
    yield "two machines", two_machines


@contextmanager
def shared(letters):
    """Start all that machines share; yield the environment that names it."""
    redis, port = shutil.which("redis-server"), demo.free_port()
    assert redis, "Redis is missing: apt-get install redis-server"
    mails = Controller(letters, hostname="127.0.0.1", port=demo.free_port())
    command = [redis, "--port", str(port), "--save", "", "--bind", "127.0.0.1"]
    beside = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    with running_postgres() as cluster, running_store() as store, beside as redis:
        cluster.create("portal")
        mails.start()
        try:
            yield {
                "DATABASE_URL": cluster.url("portal"),
                "MEDIA_STORE": store.fresh_bucket("portal"),
                "PAGE_CACHE": f"redis://127.0.0.1:{port}/0",
                "EMAIL_URL": f"smtp://127.0.0.1:{mails.port}",
                "SECRET_KEY": "the same on every machine, and long enough to be one",
                "BEHIND_PROXY": "1",
            }
        finally:
            mails.stop()
            redis.terminate()


class Visitor(requests.Session):
    """Somebody whose requests go to one machine or the other, under the one name that the portal has."""

    def __init__(self, name):
        super().__init__()
        self.headers["Host"] = name

    def post_form(self, page, address, data, **options):
        """Send a page's form with its hidden fields, to the machine of `address`."""
        return self.post(address, data={**hidden(page.text), **data}, timeout=60, **options)


def two_machines():
    letters = Letters()
    with tempfile.TemporaryDirectory() as folder, shared(letters) as environment:
        here, there = Path(folder) / "here", Path(folder) / "there"
        here.mkdir(), there.mkdir()
        first, one = demo.start(here, **environment)
        second, other = demo.start(there, **environment)
        try:
            album = manage_json(one, SET_UP.format(seats=GUESTS), environment)
            name = one.url.removeprefix("http://")
            organizer = Visitor(name)
            assert signed_in(organizer, one)
            figures = {
                "a kept page": is_kept_by_both(one, other, name),
                "saves seen at once": saves_are_seen(organizer, one, other),
                "confirmed": sign_ups(one, other, name, letters, environment),
                "photos": a_photo(organizer, one, other, album),
                "imported": an_import(organizer, one, other),
            }
            demo.stop(first.pid)
            left = {path.name for path in (*here.iterdir(), *there.iterdir())} - OF_ITS_OWN
            assert left == set(), left
            shutil.rmtree(here)
            here.mkdir()
            assert organizer.get(f"{other.url}/admin/", timeout=60).status_code == 200
            first, one = demo.start(here, **environment)
            assert organizer.get(f"{one.url}/admin/", timeout=60).url.endswith("/admin/"), "the session is lost"
            counted = manage_json(one, COUNTS, environment)
        finally:
            demo.stop(first.pid)
            demo.stop(second.pid)
    mails = Counter(address for address in letters.to if address.startswith("machines-"))
    assert counted == {"sessions": SESSIONS, "seats": GUESTS, "photos": 1}, counted
    assert set(mails.values()) == {2}, mails  # to confirm, and how it stands: each sent by one machine, once
    return {**figures, "mails": mails.total(), "after one was replaced": counted}


def is_kept_by_both(one, other, name):
    """A page that one machine has made is answered by the other as it is."""
    visitor, tags = Visitor(name), set()
    for machine in (one, other, one):
        answer = visitor.get(machine.address("en", "chapters/"), timeout=60)
        tags.add((answer.status_code, answer.headers["ETag"]))
    assert len(tags) == 1, tags
    return "the same"


def saves_are_seen(organizer, one, other):
    """Save at one machine and look at the other, in turn; each save is there with the very next request."""
    listed = organizer.get(f"{one.url}/admin/portal/page/", timeout=60).text
    change = re.search(r"/admin/portal/page/\d+/change/", listed)[0]
    page, visitor = organizer.get(one.url + change, timeout=60), Visitor(organizer.headers["Host"])
    slug = filled(page.text)["slug"]
    for number in range(SAVES):
        saving, looking = (one, other) if number % 2 else (other, one)
        visitor.get(looking.address("en", f"pages/{slug}/"), timeout=60)
        form = filled(organizer.get(saving.url + change, timeout=60).text)
        form |= {"title_en": f"Title {number}", "_save": "Save"}
        answer = organizer.post(saving.url + change, data=form, allow_redirects=False, timeout=60)
        assert answer.status_code == 302, answer.text
        assert f"Title {number}" in visitor.get(looking.address("en", f"pages/{slug}/"), timeout=60).text
    return SAVES


def sign_ups(one, other, name, letters, environment):
    """Open each form at one machine, send it to the other, and confirm at the first again."""
    pages = []
    for number in range(GUESTS):
        visitor = Visitor(name)
        opened, sent = (one, other) if number % 2 else (other, one)
        visitor.headers["X-Forwarded-For"] = f"10.1.{number}.7"
        pages.append((visitor, visitor.get(opened.address("en", "meetups/chaos/register/"), timeout=60), sent))
    time.sleep(3.2)  # nobody fills in a form faster
    for number, (visitor, page, sent) in enumerate(pages):
        data = {"name": "Ming", "email": f"machines-{number}@example.org", "agree_run": "on"}
        address = sent.address("en", "meetups/chaos/register/")
        assert visitor.post_form(page, address, data, allow_redirects=False).status_code == 302
    eventually(lambda: len(letters.to) >= GUESTS)
    for number, text in enumerate(manage_json(one, MAILS, environment)):
        link = re.search(r"/en/my/[^/\s\"]+/", text)[0]
        machine = one if number % 2 else other
        assert requests.post(f"{machine.url}{link}do/confirm/", timeout=60).status_code == 200
    eventually(lambda: len(letters.to) >= 2 * GUESTS)
    return GUESTS


def a_photo(organizer, one, other, album):
    """Put a photo up at one machine, and look at it on the other."""
    answer = organizer.post(
        f"{one.url}/admin/portal/album/{album}/photos/upload/",
        data={"csrfmiddlewaretoken": organizer.cookies["csrftoken"]},
        files={"file": ("drawing.jpg", a_file(image=a_drawing(900, 600)).getvalue())},
        headers={"Accept": "application/json"},
        timeout=60,
    )
    assert answer.status_code == 201, answer.text
    page = Visitor(organizer.headers["Host"]).get(other.address("en", "photos/chaos/"), timeout=60).text
    picture = re.search(r'/media/[^" ]+\.(?:avif|webp|jpe?g)', page)[0]
    pictures = [requests.get(machine.url + picture, timeout=60) for machine in (one, other)]
    assert [shown.status_code for shown in pictures] == [200, 200]
    assert pictures[0].content == pictures[1].content
    return 1


def an_import(organizer, one, other):
    """Choose a file at one machine, press the button at the other, and ask the first how far it is."""
    listed = organizer.get(f"{one.url}/admin/events/conference/?q=COSCon", timeout=60).text
    conference = re.search(r"/admin/events/conference/(\d+)/change/", listed)[1]
    path = f"/admin/events/conference/{conference}/import/"
    page = organizer.get(one.url + path, timeout=60)
    preview = organizer.post_form(
        page, one.url + path, {"language": "en"}, files={"file": ("programme.csv", TABLE.encode(), "text/csv")}
    )
    held = unescape(re.search(r'name="write" value="([^"]+)"', preview.text)[1])
    token = hidden(preview.text)["csrfmiddlewaretoken"]
    answer = organizer.post(
        other.url + path, data={"csrfmiddlewaretoken": token, "write": held}, allow_redirects=False, timeout=60
    )
    assert answer.status_code == 302 and "import/" not in answer.headers["Location"], answer.headers
    told = organizer.get(f"{one.url}{path}progress/", params={"of": held}, timeout=60).json()
    assert told["done"] == told["total"] > 0, told
    return told["done"]
