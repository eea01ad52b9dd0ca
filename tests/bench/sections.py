"""What is measured, one function a section; each returns plain figures that JSON can hold."""

import re
import shutil
import statistics
import sys
import tempfile
import time
from contextlib import ExitStack
from multiprocessing import Pool
from pathlib import Path
from urllib.parse import urlencode
from urllib.request import Request, urlopen

from tests.bench.load import ask, get, post
from tests.bench.pages import NEVER_KEPT, paths
from tests.bench.places import archive_of, in_portal, measured_inside
from tests.bench.serving import serving
from tests.prove.photos import make, render

PORTAL, FLOORS = "portal.wsgi", "tests.bench.floors"
AS_BROWSERS_DO = {"Accept_Encoding": "gzip, deflate, br"}
AT_ONCE, GUESTS = 100, 30_000
PHOTOS = 6


def middle(numbers):
    return statistics.median(numbers)


def tell(line):
    print(line, file=sys.stderr, flush=True)


def pages(options):
    """Every type of page, kept and not, beside the floors; in turn, page by page and round by round."""
    folder, floors = archive_of(options.scale), {}
    inside = measured_inside(folder, 1)["public"]
    found = {}
    with ExitStack() as stack, tempfile.TemporaryDirectory() as kept:
        start = lambda application, **more: stack.enter_context(serving(application, folder, **more))  # noqa: E731
        bare, django, file = start(f"{FLOORS}:bare"), start(f"{FLOORS}:bare_django()"), start(f"{FLOORS}:file()")
        cached, plain = start(PORTAL, PAGE_CACHE=kept), start(PORTAL, PAGE_CACHE="off")
        for name, server, path in (("empty view", django, "/empty"), ("WhiteNoise, 20 kB", file, "/file.bin")):
            rates = [both(bare, "/", server, path, options.seconds) for _round in range(options.rounds)]
            floors[name] = {"rate": middle([there.rate for _bare, there, _cpu in rates])}
        for name, path in paths().items():
            rows, values = inside[name]["rows"], inside[name]["values"]
            table = f"/table/{rows}/{values}"
            rounds = [
                one_round(bare, cached, plain, django, path, table, options.seconds) for _round in range(options.rounds)
            ]
            found[name] = {key: middle([figures[key] for figures in rounds]) for key in rounds[0]} | {
                "sql": inside[name]["sql"],
                "bytes": inside[name]["bytes"],
                "is page": inside[name]["is page"],
                "is kept": name not in NEVER_KEPT,
            }
            tell(f"{name:26} {found[name]}")
        floors["bare"] = {"rate": middle([figures["bare rate"] for figures in found.values()])}
    return {"pages": found, "floors": floors}


def one_round(bare, cached, plain, django, path, table, seconds):
    """Ask each server for a page in turn; return rates, p99 and milliseconds of CPU."""
    floor, kept, kept_cpu = both(bare, "/", cached, path, seconds)
    _table, _rate, table_cpu = both(None, None, django, table, seconds)
    _plain, uncached, uncached_cpu = both(None, None, plain, path, seconds)
    return {
        "bare rate": floor.rate,
        "kept rate": kept.rate,
        "kept of bare": kept.rate / floor.rate,
        "kept cpu": kept_cpu,
        "kept p99": kept.p99,
        "plain rate": uncached.rate,
        "plain cpu": uncached_cpu,
        "plain p99": uncached.p99,
        "table cpu": table_cpu,
        "plain of table": uncached_cpu / table_cpu,
        "failures": kept.failures + uncached.failures,
    }


def both(first, first_path, second, path, seconds):
    """Ask one server, then another; return their `Load`s, and milliseconds of CPU per answer of the second."""
    floor = ask(first.port, [get(first_path)], seconds) if first else None
    question = [get(path, **AS_BROWSERS_DO)]
    before = second.cpu_seconds()
    load = ask(second.port, question, seconds)
    return floor, load, 1000 * (second.cpu_seconds() - before) / max(1, load.answers)


def signups(options):
    """The form of a seat, sent by a hundred at once, beside one bare row by a view of Django, and one by `sqlite3`."""
    with tempfile.TemporaryDirectory() as copy, ExitStack() as stack:
        folder = Path(copy) / "archive"
        shutil.copytree(archive_of(options.scale), folder)
        portal = stack.enter_context(serving(PORTAL, folder, BEHIND_PROXY="1"))
        floor = stack.enter_context(serving("tests.bench.one_row", folder, BEHIND_PROXY="1"))
        raw = stack.enter_context(serving(f"{FLOORS}:insert", folder))
        rounds = []
        for number in range(options.rounds):
            rows = [post("/", f"{number}-{guest}@example.org".encode()) for guest in range(5 * GUESTS)]
            without_django = ask(raw.port, rows, options.seconds, AT_ONCE)
            bare = ask(floor.port, rows, 3 * options.seconds, AT_ONCE)
            before = portal.cpu_seconds()
            sent = ask(portal.port, filled_in(portal.port, number), 3 * options.seconds, AT_ONCE)
            cpu = 1000 * (portal.cpu_seconds() - before) / max(1, sent.answers)
            rounds.append(
                {
                    "raw rate": without_django.rate,
                    "bare rate": bare.rate,
                    "rate": sent.rate,
                    "of bare": sent.rate / bare.rate,
                    "p99": sent.p99,
                    "cpu": cpu,
                    "failures": sent.failures,
                }
            )
            tell(f"sign-ups {rounds[-1]}")
        code = "from portal.models import Registration as R; print(R.objects.filter(state='unconfirmed').count())"
        written = int(in_portal(folder, code, capture_output=True).stdout)
    figures = {key: middle([one[key] for one in rounds]) for key in rounds[0]}
    return {**figures, "failures": sum(one["failures"] for one in rounds), "written": written}


def filled_in(port, number):
    """Return as many forms as nobody sends, each from a network and an address of its own."""
    path = "/en/meetups/meetup-0/register/"
    with urlopen(Request(f"http://127.0.0.1:{port}{path}", headers={"Host": "127.0.0.1"})) as answer:
        page, cookie = answer.read().decode(), answer.headers["Set-Cookie"].partition(";")[0]
    hidden = {name: re.search(rf'name="{name}" value="([^"]*)"', page)[1] for name in ("csrfmiddlewaretoken", "opened")}
    time.sleep(3.1)  # nobody fills it in faster
    same = {**hidden, "name": "Guest", "agree_run": "on"}
    forms = [urlencode({**same, "email": f"r{number}-{guest}@example.org"}).encode() for guest in range(GUESTS)]
    networks = [f"{20 + number}.{guest >> 8}.{guest & 255}.1" for guest in range(GUESTS)]
    return [
        post(path, form, Cookie=cookie, X_Forwarded_For=network) for form, network in zip(forms, networks, strict=True)
    ]


def growth(options):
    """The same pages in the archive and in a tenth of it, in turn."""
    full, tenth = archive_of(options.scale), archive_of(options.scale / 10)
    rounds = [(measured_inside(full, 5), measured_inside(tenth, 5)) for _round in range(options.rounds)]
    found = {"public": {}, "admin": {}}
    for kind, names in found.items():
        for name in rounds[0][0][kind]:
            ratios = [one[kind][name]["cpu"] / other[kind][name]["cpu"] for one, other in rounds]
            names[name] = {
                "cpu": middle([one[kind][name]["cpu"] for one, _other in rounds]),
                "wall": middle([one[kind][name]["wall"] for one, _other in rounds]),
                "of a tenth": middle(ratios),
                "sql": rounds[0][0][kind][name]["sql"],
                "sql of a tenth": rounds[0][1][kind][name]["sql"],
                "is page": rounds[0][0][kind][name]["is page"],
            }
    return found


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
    """How long until a worker answers, and how much memory it takes after it has answered every page."""
    folder = archive_of(options.scale)
    starts = []
    for _round in range(options.rounds):
        with tempfile.TemporaryDirectory() as kept, serving(PORTAL, folder, PAGE_CACHE=kept) as server:
            starts.append(server.seconds_to_start)
            if len(starts) == options.rounds:
                fresh = server.megabytes_of_a_worker()
                for path in paths().values():
                    ask(server.port, [get(path, **AS_BROWSERS_DO)], 1)
                used = server.megabytes_of_a_worker()
    return {"start": middle(starts), "fresh PSS": fresh[0], "PSS": used[0], "USS": used[1]}


SECTIONS = {"pages": pages, "signups": signups, "growth": growth, "photos": photos, "process": process}
