"""SQLite with a queue.

It lets one connection write at a time; the others ask again after pauses that grow to a tenth of a second, and under
a hundred sign-ups at once the unlucky ask in vain for more than a second. So a transaction waits for its turn before
it begins: the threads of a process by a lock, one of them for all by a lock on a file beside the database, which the
system takes from whoever is killed. What writes without asking for a turn is waited for as SQLite does.
"""

import os
import threading
import time
from collections import defaultdict

from django.db import OperationalError
from django.db.backends.sqlite3 import base

try:
    import fcntl
except ImportError:  # Windows has none; there, processes wait for each other as SQLite does
    fcntl = None

ASK_AGAIN = 0.0005  # seconds; no more than one thread of each process asks
_threads = defaultdict(threading.Lock)  # of this process, by the path of the database


class Turn:
    """The right to begin a transaction: held from `take()` to `give_back()`, by one connection to a database."""

    def __init__(self):
        self.threads = self.file = None

    def take(self, path, seconds):
        """Wait for the turn at the database of that path; raises OperationalError after so many seconds."""
        until = time.monotonic() + seconds
        if not _threads[path].acquire(timeout=seconds):
            raise OperationalError("database is locked")
        self.threads = _threads[path]
        try:
            self.file = os.open(f"{path}.turn", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
            while not self._is_ours():
                if time.monotonic() > until:
                    raise OperationalError("database is locked")
                time.sleep(ASK_AGAIN)
        except OSError as problem:
            self.give_back()
            raise OperationalError("unable to open database file") from problem
        except OperationalError:
            self.give_back()
            raise

    def give_back(self):
        """Let the next one begin; nothing where the turn is not held."""
        file, self.file = self.file, None
        threads, self.threads = self.threads, None
        if file is not None:
            os.close(file)  # and with it the lock
        if threads is not None:
            threads.release()

    def _is_ours(self):
        try:
            if fcntl:
                fcntl.flock(self.file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True


class DatabaseWrapper(base.DatabaseWrapper):
    """Django's own, whose transactions take turns."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.turn = Turn()

    def _start_transaction_under_autocommit(self):
        if not self.is_in_memory_db():
            self.turn.take(str(self.settings_dict["NAME"]), self.settings_dict["OPTIONS"].get("timeout", 5))
        try:
            super()._start_transaction_under_autocommit()
        except BaseException:
            self.turn.give_back()
            raise

    def _commit(self):
        super()._commit()
        self.turn.give_back()

    def _rollback(self):
        try:
            super()._rollback()
        finally:
            self.turn.give_back()

    def _close(self):
        try:
            super()._close()
        finally:
            self.turn.give_back()
