"""Asking a server as fast as it answers: by wrk where there is one, else by processes of our own.

What is asked is a list of whole HTTP requests, made beforehand; both send them in turn over kept connections.
"""

import multiprocessing
import re
import shutil
import socket
import statistics
import subprocess
import tempfile
import time
from dataclasses import dataclass
from itertools import cycle
from multiprocessing.pool import ThreadPool
from pathlib import Path

THREADS = 2
LUA = Path(__file__).parent / "wrk.lua"
UNITS = {"us": 0.001, "ms": 1, "s": 1000, "m": 60_000}


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
    with tempfile.NamedTemporaryFile("wb") as file:
        for one in requests:
            file.write(b"%d\n" % len(one) + one)
        file.flush()
        told = subprocess.run(
            [
                "wrk",
                f"-t{THREADS}",
                f"-c{connections}",
                f"-d{seconds}s",
                "--latency",
                "--timeout",
                "20s",
                "-s",
                LUA,
                f"http://127.0.0.1:{port}",
                "--",
                file.name,
                str(THREADS),
            ],
            capture_output=True,
            text=True,
            check=True,
        ).stdout
    answers, took = re.search(r"(\d+) requests in ([\d.]+)s", told).groups()
    number, unit = re.search(r"99%\s+([\d.]+)(us|ms|s|m)", told).groups()
    failed = sum(int(count) for count in re.findall(r"(?:Non-2xx or 3xx responses:|timeout) (\d+)", told))
    return Load(int(answers) / float(took), float(number) * UNITS[unit], int(answers), failed)


def by_hand(port, requests, seconds, connections):
    """The same in plain Python, for where there is no wrk: half of the connections in each of two processes."""
    with multiprocessing.Pool(THREADS) as pool:
        shares = [(port, requests[at::THREADS], seconds, connections // THREADS) for at in range(THREADS)]
        answers = [answer for share in pool.starmap(converse, shares) for answer in share]
    took = sorted(milliseconds for milliseconds, _status in answers)
    failures = sum(status >= 400 for _milliseconds, status in answers)
    return Load(len(answers) / seconds, statistics.quantiles(took, n=100)[98], len(answers), failures)


def converse(port, requests, seconds, connections):
    """Send requests in turn by as many threads as connections; return a list of (milliseconds, status)."""
    ends, waiting = time.monotonic() + seconds, cycle(requests)

    def talk(_number):
        answers = []
        with socket.create_connection(("127.0.0.1", port)) as asked:
            reader = asked.makefile("rb")
            while time.monotonic() < ends:
                began = time.monotonic()
                asked.sendall(next(waiting))
                status = read_answer(reader)
                answers.append((1000 * (time.monotonic() - began), status))
        return answers

    with ThreadPool(connections) as pool:
        return [answer for answers in pool.map(talk, range(connections)) for answer in answers]


def read_answer(reader):
    """Read one whole answer; return its status."""
    status, length = int(reader.readline().split()[1]), 0
    while (line := reader.readline()) not in (b"\r\n", b""):
        name, _colon, value = line.partition(b":")
        if name.lower() == b"content-length":
            length = int(value)
    reader.read(length)
    return status
