"""The bench tells the middle of its runs and what misses a floor, and writes figures where they belong."""

from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest

from tests.bench import floors_held, tables, writing
from tests.bench.load import ask, ask_to_the_end, by_hand, get, told_by_wrk
from tests.bench.runs import Figure, Ledger, across

KEPT = {"is page": True, "is kept": True, "plain failures": 0, "kept failures": 0}


def test_what_misses_a_floor_is_told():
    results = {"process": across([{"start": 2.5, "PSS": 131}]), "signups": across([signups(), signups()])}

    assert floors_held.missed(results) == ["start: 2.5 s (most: 2)", "a worker: 131 MB (most: 130)"]


def test_a_floor_is_held_by_the_middle_of_the_runs():
    slow, fast = {"kept of bare": 0.69, "plain of table": 4.1}, {"kept of bare": 0.71, "plain of table": 3.9}

    assert missed_by([slow, fast, fast]) == []
    assert missed_by([slow, fast, slow]) == [
        "home, kept: 0.69 of bare WSGI (least: 0.7)",
        "home, not kept: 4.1 times a bare template (most: 4)",
    ]


def test_an_answer_that_failed_in_any_run_is_told():
    good = {"kept of bare": 1, "plain of table": 1}

    assert missed_by([good, good | {"kept failures": 2}, good]) == ["home: 2 answers were no success"]
    assert floors_held.missed({"signups": across([signups(failures=1), signups(), signups()])}) == [
        "sign-ups: 1 were refused or lost"
    ]


def test_a_page_that_grows_or_asks_more_often_is_told():
    page = {"is page": True, "wall": 9, "of a tenth": 1.4, "sql": 5, "sql of a tenth": 5}
    grown = page | {"of a tenth": 1.6, "sql": 6}
    feed = page | {"is page": False, "of a tenth": 9}

    results = {"growth": across([{"public": {"home": grown, "meetups": page, "feed": feed}, "admin": {}}])}

    assert floors_held.missed(results) == [
        "home: 1.60 times what it takes in a tenth of the archive (most: 1.5)",
        "home: 6 queries, 5 in a tenth of the archive",
    ]


def test_what_is_told_of_runs_is_their_middle_beside_the_least_and_the_most():
    whole = across([{"home": {"is kept": True, "of bare": ratio}} for ratio in (0.91, 0.75, 0.8)])

    assert whole == {"home": {"is kept": True, "of bare": 0.8}}
    assert tables.ratio(whole["home"]["of bare"]) == "0.80 (0.75–0.91)"
    assert tables.ratio(Figure([0.8])) == "0.80"


def test_a_stopped_bench_goes_on_with_the_section_of_the_run_that_is_missing(tmp_path):
    ledger = Ledger(tmp_path / "ledger.json")
    ledger.keep(1, "process", {"start": 1.0})
    ledger.keep(1, "photos", {"of bare": 1.0})
    ledger.keep(2, "process", {"start": 2.0})

    found_again = Ledger(ledger.path)

    assert found_again.has(2, "process") and not found_again.has(2, "photos")
    assert found_again.results(2) == {"process": {"start": 1.5}}
    assert Ledger(ledger.path, fresh=True).results(1) == {}


def test_what_wrk_tells_is_read_in_every_unit():
    told = "     99%    1.20s \n  120 requests in 499.50ms, 1.02MB read\n  Non-2xx or 3xx responses: 3\n"

    load = told_by_wrk(told)

    assert (round(load.rate), load.p99, load.answers, load.failures) == (240, 1200, 120, 3)


@pytest.mark.parametrize("asking", [ask, by_hand, ask_to_the_end])
def test_a_server_is_asked_for_what_is_given_and_every_failure_is_counted(asking):
    with ThreadingHTTPServer(("127.0.0.1", 0), Answers) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        load = asking(server.server_port, [get("/there"), get("/not-there")], 0.2, 2)
        server.shutdown()

    assert server.asked == {"/there", "/not-there"}
    assert load.answers > 2 and abs(load.failures - load.answers / 2) <= 2


def test_a_connection_that_the_server_ended_between_two_requests_is_made_anew():
    with ThreadingHTTPServer(("127.0.0.1", 0), EndsUnannounced) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        load = ask_to_the_end(server.server_port, [get("/there")], 0.1, 2)
        server.shutdown()

    assert load.answers > 2 and load.failures == 0


def test_every_table_has_as_many_cells_in_each_row_as_in_its_head():
    results = across([a_run(), a_run()])

    told = [*tables.whole(results), writing.short(results), writing.arithmetic(results)]

    for table in told:
        for part in table.split("\n\n"):
            assert len({line.count("|") for line in part.splitlines()}) == 1, part
    assert "| home | 9,000 | 0.82 | 0.84 | 12 |" in told[0]
    assert "| form of a seat | never kept |  |  |  | 90 |" in told[0]


def test_figures_are_written_between_their_markers_and_nowhere_else(tmp_path):
    page = tmp_path / "page.md"
    page.write_text("Before\n<!-- bench -->\nold\n<!-- /bench -->\nAfter\n")

    writing.put(page, "bench", "| new |")

    assert page.read_text() == "Before\n<!-- bench -->\n| new |\n<!-- /bench -->\nAfter\n"


class Answers(BaseHTTPRequestHandler):
    """Answers one request after another on a connection: in pieces what is there, whole what is not."""

    protocol_version = "HTTP/1.1"

    def do_GET(self):
        self.server.asked = getattr(self.server, "asked", set()) | {self.path}
        there = self.path == "/there"
        self.send_response(200 if there else 404)
        self.send_header(*(("Transfer-Encoding", "chunked") if there else ("Content-Length", "4")))
        self.end_headers()
        self.wfile.write(b"2\r\nok\r\n0\r\n\r\n" if there else b"none")

    def log_message(self, *arguments):
        """Say nothing."""


class EndsUnannounced(Answers):
    """Ends a connection after an answer that promises to keep it."""

    def do_GET(self):
        super().do_GET()
        self.close_connection = True


def missed_by(runs):
    """Return what a page misses that is like these in each run."""
    return floors_held.missed({"pages": across([{"pages": {"home": KEPT | run}} for run in runs])})


def signups(**figures):
    return {"failures": 0, "of bare": 0.51, "p99": 999} | figures


def a_run():
    """Return what a run of the whole bench measures, of the pages that are told first."""
    plain = {"plain rate": 90, "plain p99": 40, "plain cpu": 15, "plain of table": 3.9, "plain failures": 0}
    facts = {"sql": 5, "bytes": 21_000, "nothing cpu": 40, "nothing sql": 20}
    kept = {"rate": 9_000, "bare rate": 11_000, "of bare": 0.82, "of bare by cpu": 0.84, "p99": 12, "failures": 0}
    never = {"is page": True, "is kept": False, **plain, **facts}
    page = never | {"is kept": True} | {f"kept {name}": figure for name, figure in kept.items()}
    names = [*writing.TOLD_FIRST, "status of a guest"]
    pages = {name: never if name in ("form of a seat", "status of a guest") else page for name in names}
    rates = {"raw rate": 6_000, "bare rate": 2_000, "rows rate": 1_200, "rate": 1_020}
    grown = {"is page": True, "cpu": 20, "wall": 21, "of a tenth": 1.2, "sql": 5, "sql of a tenth": 5}
    return {
        "pages": {"pages": pages, "floors": {"empty view": kept}},
        "signups": signups() | rates | {"rows of bare": 0.6, "cpu": 2},
        "growth": {"public": {"home": grown}, "admin": {"start": grown}},
        "photos": {"bare cpu": 550, "cpu": 560, "of bare": 1.02},
        "process": {"start": 1.1, "PSS": 105, "USS": 80, "fresh PSS": 60},
    }
