"""Asking a server as fast as it answers: by wrk where there is one, else by processes of our own.

What is asked is a list of whole HTTP requests, made beforehand; both send them in turn over kept connections.
"""

import multiprocessing
import re
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from dataclasses import dataclass
from itertools import cycle
from math import ceil
from multiprocessing.pool import ThreadPool
from pathlib import Path

LUA = Path(__file__).parent / "wrk.lua"
UNITS = {"us": 0.001, "ms": 1, "s": 1000, "m": 60_000}
# Without wrk: one process of Python would be slower than what it asks.
PROCESSES = 2


@dataclass(frozen=True)
class Load:
    """Answers a second, milliseconds within which 99 of 100 came, and how many were no success (4xx and 5xx)."""

    rate: float
    p99: float
    answers: int
    failures: int


def get(path, **headers):
    """Return a GET request as bytes."""
    return request("GET", path, headers)


def post(path, body, **headers):
    """Return a POST request of a form as bytes."""
    kind = {"Content-Type": "application/x-www-form-urlencoded", "Content-Length": str(len(body))}
    return request("POST", path, {**kind, **headers}, body)


def request(method, path, headers, body=b""):
    lines = [
        f"{method} {path} HTTP/1.1",
        "Host: 127.0.0.1",
        *(f"{n.replace('_', '-')}: {v}" for n, v in headers.items()),
    ]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


def ask(port, requests, seconds, connections=16):
    """Send the requests in turn, over so many connections, for so long; return the `Load`."""
    if shutil.which("wrk"):
        return by_wrk(port, requests, seconds, connections)
    return by_hand(port, requests, seconds, connections)


def by_wrk(port, requests, seconds, connections):
    """One thread of wrk, which leaves the processors to whoever is asked. Stopped from here: it knows whole seconds."""
    with tempfile.NamedTemporaryFile("wb") as file:
        for one in requests:
            file.write(b"%d\n" % len(one) + one)
        file.flush()
        connect = ["-t1", f"-c{connections}", f"-d{ceil(seconds) + 1}s", "--timeout", "20s", "--latency"]
        command = ["wrk", *connect, "-s", LUA, f"http://127.0.0.1:{port}", "--", file.name]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as wrk:
            time.sleep(seconds)
            wrk.send_signal(signal.SIGINT)
            told = wrk.communicate()[0]
    return told_by_wrk(told)


def told_by_wrk(told):
    """Return the `Load` that wrk prints; raises RuntimeError where it has none to tell."""
    answers, took = re.search(r"(\d+) requests in ([\d.]+(?:us|ms|s|m))", told).groups()
    if answers == "0":
        raise RuntimeError(f"wrk had no answer:\n{told}")
    within = re.search(r"99%\s+([\d.]+(?:us|ms|s|m))", told)[1]
    failed = sum(int(count) for count in re.findall(r"(?:Non-2xx or 3xx responses:|timeout) (\d+)", told))
    return Load(1000 * int(answers) / milliseconds(took), milliseconds(within), int(answers), failed)


def milliseconds(told):
    number, unit = re.fullmatch(r"([\d.]+)([a-z]+)", told).groups()
    return float(number) * UNITS[unit]


def by_hand(port, requests, seconds, connections):
    """The same in plain Python, for where there is no wrk: each of two processes has half of all."""
    shares = [requests[at::PROCESSES] or requests for at in range(PROCESSES)]
    work = [(port, share, seconds, max(1, connections // PROCESSES)) for share in shares]
    with multiprocessing.Pool(PROCESSES) as pool:
        return load_of(answer for answers in pool.starmap(converse, work) for answer in answers)


def ask_to_the_end(port, requests, seconds, connections=4):
    """Ask like `ask()`, but wait for every answer that was asked for.

    So what the server computes meanwhile can be divided by the answers, also where one takes a good part of the time.
    """
    return load_of(converse(port, requests, seconds, connections))


def load_of(answers):
    """Return the `Load` of a list of (began, ended, status), in seconds of one clock."""
    answers = list(answers)
    took = sorted(1000 * (ended - began) for began, ended, _status in answers)
    whole = max(ended for _began, ended, _status in answers) - min(began for began, _ended, _status in answers)
    failures = sum(status >= 400 for _began, _ended, status in answers)
    return Load(len(answers) / whole, took[ceil(0.99 * len(took)) - 1], len(answers), failures)


def converse(port, requests, seconds, connections):
    """Send requests in turn, by a thread for each connection; return a list of (began, ended, status)."""
    ends, waiting = time.monotonic() + seconds, cycle(requests)

    def talk(_number):
        answers = []
        with Kept(port) as connection:
            while not answers or time.monotonic() < ends:
                began = time.monotonic()
                status = connection.ask(next(waiting))
                answers.append((began, time.monotonic(), status))
        return answers

    with ThreadPool(connections) as pool:
        return [answer for answers in pool.map(talk, range(connections), chunksize=1) for answer in answers]


class Kept:
    """A connection that is kept from one request to the next.

    Where the server ended it meanwhile, as after two seconds without a request on a machine that stood still, the
    request is sent again over a new one, as browsers do (RFC 9110, 9.2.2); a new one that ends has no excuse.
    """

    def __init__(self, port):
        self.port = port

    def __enter__(self):
        self._connect()
        return self

    def __exit__(self, *_problem):
        self.socket.close()

    def _connect(self):
        self.socket = socket.create_connection(("127.0.0.1", self.port))
        self.reader, self.is_new = self.socket.makefile("rb"), True

    def ask(self, request):
        """Send a request that may be sent twice; return the status of its answer."""
        try:
            return self._ask(request)
        except ConnectionError:
            if self.is_new:
                raise
            self.socket.close()
            self._connect()
            return self._ask(request)

    def _ask(self, request):
        self.socket.sendall(request)
        status = read_answer(self.reader)
        self.is_new = False
        return status


def read_answer(reader):
    """Read one whole answer; return its status. Raises ConnectionError where it is cut off."""
    first, headers = reader.readline(), {}
    if not first.startswith(b"HTTP/1.1 "):
        raise ConnectionError(f"an answer begins with {first!r}")
    while (line := reader.readline()) not in (b"\r\n", b""):
        name, _colon, value = line.partition(b":")
        headers[name.lower()] = value.strip()
    if headers.get(b"transfer-encoding") == b"chunked":
        while length := int(reader.readline(), 16):
            reader.read(length + 2)
        reader.readline()
    else:
        reader.read(int(headers.get(b"content-length", 0)))
    return int(first.split()[1])
