"""Turns at a file: the threads of a process and the processes of a machine write into it one after another.

Threads pass a turn from hand to hand, in the order in which they asked. Processes have two locks on files beside the
database, which the system takes from whoever is killed: who holds `<path>.next` is the first to wait for `<path>.turn`,
and nobody passes by. Who gives a turn back rings a bell, and the first wakes at once; all that were forked from one
process hear it, as gunicorn's workers do. Others, and those who are not the first, look again after a pause.
"""

import os
import select
import threading
import time
from collections import defaultdict, deque
from contextlib import suppress

try:
    import fcntl
except ImportError:  # Windows has none; there, processes wait for each other as SQLite does
    fcntl = None

PAUSE = 0.002  # seconds, after which a process that waits looks again, whatever it heard
PRIVATE = 0o600

if fcntl:
    _ears, _bell = os.pipe()
    os.set_blocking(_ears, False)
    os.set_blocking(_bell, False)
    os.register_at_fork(after_in_child=lambda: _lines.clear())  # whoever holds a turn stayed with the parent


class Line:
    """A lock that threads get in the order in which they asked."""

    def __init__(self):
        self.guard, self.waiting, self.is_held = threading.Lock(), deque(), False

    def wait(self, seconds):
        """Wait for the turn; raises TimeoutError after so many seconds."""
        with self.guard:
            if not self.is_held:
                self.is_held = True
                return
            mine = threading.Lock()
            mine.acquire()
            self.waiting.append(mine)
        if mine.acquire(timeout=seconds):
            return
        with self.guard:
            if mine in self.waiting:
                self.waiting.remove(mine)
                raise TimeoutError
        # It was passed on in this very moment, and is ours.

    def leave(self):
        with self.guard:
            if self.waiting:
                self.waiting.popleft().release()
            else:
                self.is_held = False


_lines = defaultdict(Line)  # of this process, by the path of the file


class Turn:
    """The right to write: held from `take()` to `give_back()`."""

    def __init__(self):
        self.line = self.lock = None

    def take(self, path, seconds):
        """Wait for the turn at the file of that path; raises TimeoutError after so many seconds, else OSError."""
        until = time.monotonic() + seconds
        line = _lines[path]
        line.wait(seconds)
        self.line = line
        try:
            if fcntl:
                self._wait_for_processes(path, until)
        except BaseException:
            self.give_back()
            raise

    def give_back(self):
        """Let the next one begin; nothing where the turn is not held."""
        lock, self.lock = self.lock, None
        line, self.line = self.line, None
        if lock is not None:
            fcntl.flock(lock, fcntl.LOCK_UN)  # a process that was forked meanwhile has the file open, too
            os.close(lock)
            ring()
        if line is not None:
            line.leave()

    def _wait_for_processes(self, path, until):
        first = locked(path, "next", until, lambda: time.sleep(PAUSE))
        try:
            self.lock = locked(path, "turn", until, listen)
        finally:
            os.close(first)


def ring():
    with suppress(BlockingIOError):  # it rings already
        os.write(_bell, b"!")


def listen():
    """Return when the bell rings, or after a pause."""
    if select.select([_ears], [], [], PAUSE)[0]:
        with suppress(BlockingIOError):
            os.read(_ears, 4096)


def locked(path, which, until, pause):
    """Return a file beside that of the path, whose lock is ours until it is closed; raises TimeoutError."""
    file = os.open(f"{path}.{which}", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, PRIVATE)
    try:
        if os.geteuid() == 0 and os.path.exists(path):  # whoever serves must be able to open what root has made
            owner = os.stat(path)
            os.fchown(file, owner.st_uid, owner.st_gid)
        while True:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                if time.monotonic() > until:
                    raise TimeoutError from None
                pause()
            else:
                return file
    except BaseException:
        os.close(file)
        raise
