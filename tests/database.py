"""Migrating an empty database takes longer than most tests: it is done once, and kept for the next run."""

import hashlib
import os
import shutil
import sqlite3
import subprocess
from contextlib import closing, contextmanager
from pathlib import Path
from unittest import mock

from django.apps import apps
from django.test import TransactionTestCase
from filelock import FileLock, Timeout

from tests.postgres import binary


def migrations_fingerprint():
    """Return a digest of every migration of every installed app."""
    digest = hashlib.sha256()
    for app in apps.get_app_configs():
        for path in sorted(Path(app.path).glob("migrations/*.py")):
            digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def copy_sqlite(source, to):
    """Copy an SQLite database that may be in use."""
    with closing(sqlite3.connect(source)) as used, closing(sqlite3.connect(to)) as copy:
        used.backup(copy)


@contextmanager
def put_back_after_commits(name):
    """Copy the database back after a test that commits.

    Django would empty every table and ask all apps for what belongs to them, groups and permissions, in each such test.
    """
    untouched = Path(name).with_suffix(".untouched")
    copy_sqlite(name, untouched)
    with mock.patch.object(TransactionTestCase, "_fixture_teardown", lambda test: copy_sqlite(untouched, name)):
        yield


class MigratedDatabase:
    """A migrated, otherwise empty SQLite file in pytest's cache folder; one worker makes it, the others wait."""

    def __init__(self, folder):
        self.lock = FileLock(folder / "lock")
        self.folder = folder
        self.path = folder / f"{migrations_fingerprint()}.sqlite3"

    def restore(self, to, while_waiting):
        """Put the kept database at `to` and hold the lock; where another worker does, call `while_waiting()` first."""
        try:
            self.lock.acquire(blocking=False)
        except Timeout:
            while_waiting()
            self.lock.acquire()
        if self.path.exists():
            shutil.copy(self.path, to)

    def keep(self, source):
        if not self.path.exists():
            self.replace_with(source)
        self.lock.release()

    def replace_with(self, source):
        unfinished = self.folder / f"{os.getpid()}.unfinished"
        copy_sqlite(source, unfinished)
        for outdated in self.folder.glob("*.sqlite3"):
            outdated.unlink(missing_ok=True)
        unfinished.replace(self.path)


def path_of_dump(folder):
    return folder / f"{migrations_fingerprint()}.sql"


@contextmanager
def kept_dump(folder, url):
    """The same for an empty database of PostgreSQL: migrate it within, from where an earlier run left it."""
    path = path_of_dump(folder)
    with FileLock(folder / "postgresql.lock"):
        is_kept = path.exists()
        if is_kept:
            subprocess.run(
                [binary("psql"), "-qX", "-v", "ON_ERROR_STOP=1", "-f", path, url], check=True, stdout=subprocess.DEVNULL
            )
        yield
        if not is_kept:
            unfinished = folder / f"{os.getpid()}.unfinished"
            subprocess.run([binary("pg_dump"), "--no-owner", "-f", unfinished, url], check=True)
            for outdated in folder.glob("*.sql"):
                outdated.unlink()
            unfinished.replace(path)
