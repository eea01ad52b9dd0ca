"""What is measured in a run, one function a section; each returns plain figures that JSON can hold."""

import re
import shutil
import tempfile
import time
from contextlib import ExitStack
from multiprocessing import Pool
from pathlib import Path
from urllib.parse import urlencode
from urllib.request import Request, urlopen

from tests.bench.load import ask, ask_to_the_end, get, post
from tests.bench.page_by_page import AS_BROWSERS_DO, FLOORS, PORTAL, SOMEBODY, pages
from tests.bench.pages import paths
from tests.bench.places import archive_of, in_portal, measured_inside
from tests.bench.serving import serving
from tests.prove.photos import make, render

AT_ONCE, GUESTS = 100, 30_000
# A hundred browsers come over a connection each; the floors are asked in the same way.
AS_BROWSERS_SEND = {"Connection": "close"}
PHOTOS = 4


def signups(options):
    """The form of a seat, sent by a hundred at once, beside one bare row by a view of Django, and one by `sqlite3`.

    And beside the bare rows of a whole sign-up, which are as near to one row as it could come.
    """
    with tempfile.TemporaryDirectory() as copy, ExitStack() as stack:
        folder = Path(copy) / "archive"
        shutil.copytree(archive_of(options.scale), folder)
        portal = stack.enter_context(serving(PORTAL, folder, BEHIND_PROXY="1"))
        floor = stack.enter_context(serving("tests.bench.one_row", folder, BEHIND_PROXY="1"))
        raw = stack.enter_context(serving(f"{FLOORS}:inserting()", folder))
        rows = [post("/", f"{guest}@example.org".encode(), **AS_BROWSERS_SEND) for guest in range(5 * GUESTS)]
        without_django = ask(raw.port, rows, options.seconds, AT_ONCE)
        forms, floors = filled_in(portal.port), []
        floors.append(ask(floor.port, rows, options.seconds, AT_ONCE))
        before = portal.cpu_seconds()
        sent = ask(portal.port, forms, 3 * options.seconds, AT_ONCE)
        cpu = 1000 * (portal.cpu_seconds() - before) / sent.answers
        floors.append(ask(floor.port, rows, options.seconds, AT_ONCE))
        in_full = ask(floor.port, [post("/rows", b"", **AS_BROWSERS_SEND)], options.seconds, AT_ONCE)
        code = (
            "from portal.models import Registration as R;"
            "print(R.objects.exclude(email='').filter(state='unconfirmed').count())"
        )
        written = int(in_portal(folder, code, capture_output=True).stdout)
    bare_rate = sum(load.rate for load in floors) / len(floors)
    figures = {
        "raw rate": without_django.rate,
        "bare rate": bare_rate,
        "rows rate": in_full.rate,
        "rows of bare": in_full.rate / bare_rate,
        "rate": sent.rate,
        "of bare": sent.rate / bare_rate,
    }
    lost = max(0, sent.answers - sent.failures - written)
    return {**figures, "p99": sent.p99, "cpu": cpu, "failures": sent.failures + lost}


def filled_in(port):
    """Return as many forms as nobody sends, each by a connection, from a network and by an address of its own."""
    path = "/en/meetups/meetup-0/register/"
    with urlopen(Request(f"http://127.0.0.1:{port}{path}", headers={"Host": "127.0.0.1"})) as answer:
        page, cookie = answer.read().decode(), answer.headers["Set-Cookie"].partition(";")[0]
    hidden = {name: re.search(rf'name="{name}" value="([^"]*)"', page)[1] for name in ("csrfmiddlewaretoken", "opened")}
    time.sleep(3.1)  # nobody fills it in faster
    same = {**hidden, "name": "Guest", "agree_run": "on"}
    forms = [urlencode({**same, "email": f"r{guest}@example.org"}).encode() for guest in range(GUESTS)]
    networks = [f"20.{guest >> 8}.{guest & 255}.1" for guest in range(GUESTS)]
    own = {"Cookie": cookie, **AS_BROWSERS_SEND}
    return [post(path, form, X_Forwarded_For=network, **own) for form, network in zip(forms, networks, strict=True)]


def growth(options):
    """The same pages, made from nothing, in the archive and in a tenth of it."""
    full = measured_inside(archive_of(options.scale), 5, "", options.pages)
    tenth = measured_inside(archive_of(options.scale / 10), 5, "", options.pages)
    return {
        kind: {name: grown(page, tenth[kind][name]) for name, page in pages_of_kind.items()}
        for kind, pages_of_kind in full.items()
    }


def grown(page, in_tenth):
    return {
        **{name: page[name] for name in ("cpu", "wall", "sql", "is page")},
        "of a tenth": page["cpu"] / in_tenth["cpu"],
        "sql of a tenth": in_tenth["sql"],
    }


def photos(options):
    """Photos of twelve megapixels put up, beside what bare Pillow needs to decode and encode them."""
    with tempfile.TemporaryDirectory() as copy:
        folder = Path(copy) / "data"
        shutil.copytree(archive_of(options.scale / 10), folder)
        files = [Path(copy) / f"{number}.jpg" for number in range(PHOTOS)]
        with Pool(2) as pool:
            pool.map(make, [(file, number, (4000, 3000)) for number, file in enumerate(files)])
        code = (
            "import sys, time; from pathlib import Path; from django.core.files.base import ContentFile;"
            "from portal.models import Album; from portal.photos import put_up; album = Album.objects.first();"
            f"files = [ContentFile(Path(name).read_bytes(), name=name) for name in {[str(file) for file in files]}];"
            "began = time.process_time(); [put_up(album, file) for file in files]; print(time.process_time() - began)"
        )
        began = time.process_time()
        for file in files:
            render(file)
        bare = (time.process_time() - began) / PHOTOS
        ours = float(in_portal(folder, code, capture_output=True).stdout) / PHOTOS
    return {"bare cpu": 1000 * bare, "cpu": 1000 * ours, "of bare": ours / bare}


def process(options):
    """How long until a worker answers, and how much memory it takes once it has answered every page.

    Each page is asked for by eight visitors at once, then by four people with a session, one after the other.
    """
    folder = archive_of(options.scale)
    with tempfile.TemporaryDirectory() as kept, serving(PORTAL, folder, PAGE_CACHE=kept) as server:
        fresh, _own = server.megabytes_of_a_worker()
        for path in paths().values():
            ask_to_the_end(server.port, [get(path, **AS_BROWSERS_DO)], 0, 8)
            for _somebody in range(4):
                ask_to_the_end(server.port, [get(path, Cookie=SOMEBODY)], 0, 1)
        used, own = server.megabytes_of_a_worker()
    return {"start": server.seconds_to_start, "fresh PSS": fresh, "PSS": used, "USS": own}


SECTIONS = {"pages": pages, "signups": signups, "growth": growth, "photos": photos, "process": process}
