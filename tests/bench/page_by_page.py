"""Every type of page beside its floors, a short while each and in turn."""

import statistics
import sys
import tempfile
from contextlib import ExitStack
from itertools import pairwise

from tests.bench.load import ask, ask_to_the_end, get
from tests.bench.pages import NEVER_KEPT
from tests.bench.places import archive_of, measured_inside
from tests.bench.serving import serving

PORTAL, FLOORS = "portal.wsgi", "tests.bench.floors"
AS_BROWSERS_DO = {"Accept_Encoding": "gzip, deflate, br"}
# Whoever has a session, were it one that nobody knows, is answered by Django: the page cache lets them through.
SOMEBODY = "sessionid=nobody"
# How often a kept page and its floor take turns.
TURNS = 4
AT_ONCE = 64
MADE_FROM_NOTHING = 3


def tell(line):
    print(line, file=sys.stderr, flush=True)


def pages(options):
    """Every type of page, kept and not, beside the floors, on servers like a launch has: with what pages share at hand.

    What a page takes where nothing is at hand, and every SQL count, is measured in one process.
    """
    folder = archive_of(options.scale)
    with ExitStack() as stack, tempfile.TemporaryDirectory() as kept, tempfile.TemporaryDirectory() as known:
        let_through = measured_inside(folder, 1, SOMEBODY, options.pages, page_cache=known)["public"]
        from_nothing = measured_inside(folder, MADE_FROM_NOTHING, "", options.pages)["public"]
        start = lambda application, **more: stack.enter_context(serving(application, folder, **more))  # noqa: E731
        bare, django, file = start(f"{FLOORS}:bare"), start(f"{FLOORS}:bare_django()"), start(f"{FLOORS}:file()")
        portal = start(PORTAL, PAGE_CACHE=kept)
        floors = {
            "empty view": beside(bare, django, get("/empty"), options.seconds),
            "WhiteNoise, 20 kB": beside(bare, file, get("/file.bin"), options.seconds),
        }
        found = {}
        for name, inside in let_through.items():
            found[name] = {
                "is page": inside["is page"],
                "is kept": name not in NEVER_KEPT,
                "sql": inside["sql"],
                "bytes": inside["bytes"],
                "values": inside["values"],
                "nothing cpu": from_nothing[name]["cpu"],
                "nothing sql": from_nothing[name]["sql"],
                **let_through_beside(django, portal, inside, options.seconds),
            }
            if name not in NEVER_KEPT:
                kept_page = beside(bare, portal, get(inside["path"], **AS_BROWSERS_DO), options.seconds)
                found[name] |= {f"kept {figure}": value for figure, value in kept_page.items()}
            tell(f"{name:26} {found[name]}")
    return {"pages": found, "floors": floors}


def beside(floor, server, question, seconds):
    """Ask bare WSGI and a server in turn, so long in all; return figures.

    Each turn is held against its two neighbours: the machine's speed changes within a second, and so does which
    worker got how many of the connections.
    """
    turn, bare = seconds / TURNS, get("/", **AS_BROWSERS_DO)
    ask_to_the_end(server.port, [question], 0.1, AT_ONCE)  # both workers have made, or read, what they keep
    floors, loads, cpu = [ask(floor.port, [bare], turn, AT_ONCE)], [], []
    for _turn in range(TURNS):
        before, floor_before = server.cpu_seconds(), floor.cpu_seconds()
        loads.append(ask(server.port, [question], turn, AT_ONCE))
        floors.append(ask(floor.port, [bare], turn, AT_ONCE))
        spent, floor_spent = server.cpu_seconds() - before, floor.cpu_seconds() - floor_before
        cpu.append((1000 * spent / loads[-1].answers, 1000 * floor_spent / floors[-1].answers))
    rates = [load.rate for load in loads]
    neighbours = [(former.rate + later.rate) / 2 for former, later in pairwise(floors)]
    return {
        "rate": statistics.median(rates),
        "bare rate": statistics.median(neighbours),
        "of bare": statistics.median(rate / near for rate, near in zip(rates, neighbours, strict=True)),
        "of bare by cpu": sum(floor for _server, floor in cpu) / sum(server for server, _floor in cpu),
        "p99": statistics.median(load.p99 for load in loads),
        "failures": sum(load.failures for load in loads),
    }


def let_through_beside(django, portal, inside, seconds):
    """Ask for a page that is made for whoever asks, and for a bare template of as many rows and values; in turn."""
    table = get(f"/table/{inside['rows']}/{inside['values']}")
    page = get(inside["path"], Cookie=SOMEBODY, **AS_BROWSERS_DO)
    half = seconds / 2
    bare, made = [cpu_of(django, table, half / 2)], []
    for _half in range(2):
        made.append(cpu_of(portal, page, half))
        bare.append(cpu_of(django, table, half / 2))
    table_cpu = statistics.mean(cpu for _load, cpu in bare)
    plain_cpu = statistics.mean(cpu for _load, cpu in made)
    return {
        "plain rate": statistics.mean(load.rate for load, _cpu in made),
        "plain p99": max(load.p99 for load, _cpu in made),
        "plain cpu": plain_cpu,
        "plain failures": sum(load.failures for load, _cpu in made),
        "table cpu": table_cpu,
        "plain of table": plain_cpu / table_cpu,
    }


def cpu_of(server, question, seconds):
    """Ask a server for so long, once both of its workers know the question; return `Load` and milliseconds of CPU."""
    ask_to_the_end(server.port, [question], 0, 6)
    before = server.cpu_seconds()
    load = ask_to_the_end(server.port, [question], seconds)
    return load, 1000 * (server.cpu_seconds() - before) / load.answers
