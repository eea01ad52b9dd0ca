"""The demo as visitors get it: what bin/serve makes, on a port and in a folder of its own."""

import contextlib
import os
import signal
import socket
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
PASSWORD = "a-password-for-tests"
SECONDS_TO_START = 600


@dataclass(frozen=True)
class Site:
    """A portal that is being served: its address without a slash at the end, and its folder of data."""

    url: str
    folder: Path

    def address(self, language, path):
        """Return the full address of a path such as "conferences/" in a language ("zh-hans" or "en")."""
        return f"{self.url}/{language}/{path}"


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def start(folder, **environment):
    """Start bin/serve with its data in `folder`; return (process, Site) once it answers, or raise RuntimeError."""
    port = free_port()
    site = Site(f"http://127.0.0.1:{port}", Path(folder))
    log = site.folder / "serve.log"
    inherited = {key: value for key, value in os.environ.items() if key not in {"SITE_URL", "ALLOWED_HOSTS", "DEBUG"}}
    environment = {
        **inherited,
        "PORT": str(port),
        "PORTAL_VAR": str(folder),
        "PORTAL_ADMIN_PASSWORD": PASSWORD,
        **environment,
    }
    with log.open("w") as out:
        process = subprocess.Popen(
            [ROOT / "bin" / "serve"], env=environment, stdin=subprocess.DEVNULL, stdout=out, stderr=subprocess.STDOUT
        )
    deadline = time.monotonic() + SECONDS_TO_START
    while process.poll() is None and time.monotonic() < deadline:
        if f"The portal is at {environment.get('SITE_URL', site.url)}/" in log.read_text():
            return process, site
        time.sleep(0.1)
    process.terminate()
    process.wait(30)
    raise RuntimeError(f"bin/serve did not come up:\n{log.read_text()}")


def stop(pid):
    """Stop bin/serve by its process id, and return when it and what it started are gone."""
    with contextlib.suppress(ProcessLookupError):
        os.kill(pid, signal.SIGTERM)
        while is_running(pid):
            time.sleep(0.05)


def is_running(pid):
    try:
        return os.waitpid(pid, os.WNOHANG) == (0, 0)
    except ChildProcessError:  # started by another worker of the same run
        os.kill(pid, 0)
        return True


@contextlib.contextmanager
def running(folder, **environment):
    """Serve the demo from `folder` for the length of a with statement."""
    process, site = start(folder, **environment)
    try:
        yield site
    finally:
        stop(process.pid)
