"""How gunicorn is set up, beyond what it answers."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections import Counter

from tests.bench.places import environment_of
from tests.bench.serving import serving
from tests.browser.site import ROOT

PRELOADED = "import sys, portal.wsgi; print('meetups.views' in sys.modules, 'events.views.schedule' in sys.modules)"
# What certificates, spreadsheets and several machines need, and no other request.
SELDOM = ("fpdf", "fontTools", "openpyxl", "redis")
LOADED = f"import sys, portal.wsgi; print([one for one in {SELDOM} if one in sys.modules])"
# In a process of its own: freezing cannot be undone for what is there before.
FROZEN = """
import gc, runpy
kept = [[] for _number in range(100_000)]
gc.collect()
runpy.run_path("gunicorn.conf.py")["pre_fork"](None, None)
print(len(gc.get_objects()) < 1_000)
rounds = gc.get_stats()[2]["collections"]
for _number in range(40_000):
    row, page = {}, {}
    row["page"], page["row"] = page, row
print(gc.get_stats()[2]["collections"] > rounds)
"""


def test_workers_part_from_a_process_that_has_read_every_view(tmp_path):
    assert told_by(PRELOADED, tmp_path) == ["True True"]


def test_libraries_that_few_requests_need_are_loaded_at_their_first_use(tmp_path):
    assert told_by(LOADED, tmp_path) == ["[]"]


def test_a_worker_looks_through_what_it_made_itself_and_soon(tmp_path):
    assert told_by(FROZEN, tmp_path) == ["True", "True"]


def slow(environ, start_response):
    """A WSGI application that takes a fifth of a second, and tells which process answers."""
    time.sleep(0.2 if environ["PATH_INFO"] == "/slow" else 0)
    body = str(os.getpid()).encode()
    start_response("200 OK", [("Content-Type", "text/plain"), ("Content-Length", str(len(body)))])
    return [body]


def test_a_busy_process_leaves_new_connections_to_the_other(tmp_path):
    with serving("tests.test_serving:slow", tmp_path, WEB_CONCURRENCY="2") as server:
        _one, other = server.workers
        os.kill(other, signal.SIGSTOP)  # so that all connections are there before it wakes
        try:
            asked = [ask_slowly(server.port) for _number in range(16)]
            time.sleep(0.1)
        finally:
            os.kill(other, signal.SIGCONT)
        answered = Counter(int(connection.makefile("rb").read().rpartition(b"\n")[2]) for connection in asked)
    assert answered.total() == 16
    assert answered[other] >= 4


def test_connections_that_say_nothing_keep_nobody_waiting(tmp_path):
    with serving("tests.test_serving:slow", tmp_path, WEB_CONCURRENCY="2") as server:
        silent = [socket.create_connection(("127.0.0.1", server.port)) for _number in range(16)]
        began = time.monotonic()
        assert ask_slowly(server.port).makefile("rb").readline() == b"HTTP/1.1 200 OK\r\n"
        assert time.monotonic() - began < 4  # each held a thread for five seconds
        assert silent[0].makefile("rb").read() == b""  # they are ended after a while


def ask_slowly(port):
    connection = socket.create_connection(("127.0.0.1", port), timeout=30)
    connection.sendall(b"GET /slow HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n")
    return connection


def told_by(code, folder):
    """Return the lines that Python prints which runs the code, with the portal's data in a folder."""
    command = [sys.executable, "-c", code]
    asked = subprocess.run(command, cwd=ROOT, env=environment_of(folder), check=True, capture_output=True, text=True)
    return asked.stdout.splitlines()
