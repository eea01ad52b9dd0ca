"""Servers to measure: gunicorn with the portal's own configuration, whatever it serves."""

import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path

from tests.bench.places import environment_of
from tests.browser.site import ROOT, free_port

TICKS = os.sysconf("SC_CLK_TCK")


class Server:
    """A running gunicorn and the address it answers at."""

    def __init__(self, process, port, seconds_to_start):
        self.process, self.port, self.seconds_to_start = process, port, seconds_to_start

    @property
    def workers(self):
        """Return the process ids of the workers."""
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text()
        return [int(pid) for pid in children.split()]

    def cpu_seconds(self):
        """Return how long all its processes have computed so far."""
        return sum(ticks_of(pid) for pid in (self.process.pid, *self.workers)) / TICKS

    def megabytes_of_a_worker(self):
        """Return (PSS, USS) of the largest worker.

        PSS counts what processes share by halves and thirds, so that the sum of all is what the machine gives; USS is
        what would be free again if this one ended. Reads /proc, as Linux has it.
        """
        return max(memory_of(pid) for pid in self.workers)


def ticks_of(pid):
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return int(fields[11]) + int(fields[12])


def memory_of(pid):
    facts = {}
    for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()[1:]:
        name, kilobytes = line.split()[:2]
        facts[name.rstrip(":")] = int(kilobytes)
    own = facts["Private_Clean"] + facts["Private_Dirty"]
    return round(facts["Pss"] / 1024), round(own / 1024)


@contextmanager
def serving(application, folder, **environment):
    """Serve a WSGI application ("module:name") by gunicorn.conf.py, with its data in `folder`."""
    port = free_port()
    address = {"HOST": "127.0.0.1", "PORT": str(port), "SITE_URL": f"http://127.0.0.1:{port}"}
    environment = {**environment_of(folder), **address, **environment}
    began = time.monotonic()
    command = [sys.executable, "-m", "gunicorn", application]
    with subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL) as process:
        try:
            wait_for(port, process)
            yield Server(process, port, time.monotonic() - began)
        finally:
            process.send_signal(signal.SIGTERM)


def wait_for(port, process):
    """Return when something answers; raises RuntimeError where the process ends before."""
    while process.poll() is None:
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=10) as asked:
                asked.sendall(b"GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n")
                if asked.recv(12).startswith(b"HTTP/1.1 "):
                    return
        except OSError:
            time.sleep(0.01)
    raise RuntimeError("gunicorn ended before it answered")
