"""The database as it is at one moment, to read at leisure while the site writes on."""

import sqlite3
import tempfile
from contextlib import closing, contextmanager
from pathlib import Path

from django.db import connections, transaction
from django.db.utils import load_backend

ALIAS = "snapshot"


@contextmanager
def snapshot(using="default", folder=None):
    """Yield the alias of a database that holds what `using` held at this moment, and does not change.

    SQLite is copied into a file in `folder`, since a transaction of ours would keep
    writers out; PostgreSQL keeps a snapshot for a transaction.
    """
    settings = connections[using].settings_dict
    if connections[using].vendor == "sqlite":
        with tempfile.TemporaryDirectory(dir=folder) as inner:
            copy = Path(inner) / "snapshot.sqlite3"
            _copy(settings["NAME"], copy)
            with _opened(ALIAS, {**settings, "NAME": copy, "OPTIONS": {}}) as alias:
                yield alias
    else:
        with _opened(ALIAS, settings) as alias, transaction.atomic(using=alias):
            with connections[alias].cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            yield alias


@contextmanager
def another(settings, alias="other"):
    """Yield the alias of another database, given as an entry of DATABASES."""
    with _opened(alias, {**connections["default"].settings_dict, "OPTIONS": {}, **settings}) as opened:
        yield opened


def _copy(source, to):
    with closing(sqlite3.connect(f"file:{source}?mode=ro", uri=True)) as used, closing(sqlite3.connect(to)) as copy:
        used.backup(copy)


@contextmanager
def _opened(alias, settings):
    """Open a connection that DATABASES does not name, for this thread alone."""
    connections[alias] = load_backend(settings["ENGINE"]).DatabaseWrapper(settings, alias)
    try:
        yield alias
    finally:
        connections[alias].close()
        del connections[alias]
