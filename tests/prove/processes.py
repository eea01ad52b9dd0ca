"""The processes of a served portal, as Linux tells of them."""

import os
from contextlib import suppress
from pathlib import Path
from signal import SIGKILL


def descendants(pid):
    """Return the ids of all processes that a process started, and those that these started."""
    stats = []
    for path in Path("/proc").glob("[0-9]*/stat"):
        with suppress(FileNotFoundError, ProcessLookupError):  # ended meanwhile
            stats.append((int(path.parent.name), path.read_text()))
    return _below(pid, stats)


def _below(pid, stats):
    children = [one for one, stat in stats if int(stat.rsplit(")", 1)[1].split()[1]) == pid]
    return children + [far for child in children for far in _below(child, stats)]


def web_workers(pid):
    """Return the ids of gunicorn's workers below a process: those whose parent is gunicorn, too."""
    found = []
    for one in descendants(pid):
        with suppress(FileNotFoundError, ProcessLookupError):
            if "gunicorn" in _command(one) and "gunicorn" in _command(_parent(one)):
                found.append(one)
    return found


def kill(pid):
    """Kill a process without a word; it may have ended by itself."""
    with suppress(ProcessLookupError):
        os.kill(pid, SIGKILL)


def _command(pid):
    return Path(f"/proc/{pid}/cmdline").read_text().replace("\0", " ")


def _parent(pid):
    return int(Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[1])
