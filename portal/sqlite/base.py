"""SQLite with a queue.

It lets one connection write at a time; the others ask again after pauses that grow to a tenth of a second, and under
a hundred sign-ups at once the unlucky ask in vain for more than a second. So a transaction waits for its turn before
it begins: see `portal.sqlite.turns`. What writes without asking for a turn is waited for as SQLite does.
"""

import os
from contextlib import suppress

from django.db import OperationalError
from django.db.backends.sqlite3 import base

from portal.sqlite.turns import PRIVATE, Turn


class DatabaseWrapper(base.DatabaseWrapper):
    """Django's own, whose transactions take turns."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.turn = Turn()

    def get_new_connection(self, conn_params):
        if not self.is_in_memory_db():
            _make_private(conn_params["database"])
        return super().get_new_connection(conn_params)

    def _start_transaction_under_autocommit(self):
        if not self.is_in_memory_db():
            self._take_turn()
        try:
            super()._start_transaction_under_autocommit()
        except BaseException:
            self.turn.give_back()
            raise

    def _take_turn(self):
        """Raises OperationalError where the database is busy for longer than its `timeout`, as SQLite itself does."""
        try:
            self.turn.take(str(self.settings_dict["NAME"]), self.settings_dict["OPTIONS"].get("timeout", 5))
        except TimeoutError as problem:
            raise OperationalError("database is locked") from problem
        except OSError as problem:
            raise OperationalError("unable to open database file") from problem

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


def _make_private(database):
    """Make the file before SQLite does, which lets every account of the machine read it; its log then is like it."""
    with suppress(FileExistsError, FileNotFoundError):  # made before; or no such folder, which SQLite says itself
        os.close(os.open(database, os.O_CREAT | os.O_EXCL, PRIVATE))
