"""Migrating an empty database takes longer than most tests: it is done once, and kept for the next run."""

import hashlib
import os
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

from django.apps import apps


def migrations_fingerprint():
    """Return a digest of every migration of every installed app."""
    digest = hashlib.sha256()
    for app in apps.get_app_configs():
        for path in sorted(Path(app.path).glob("migrations/*.py")):
            digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


class MigratedDatabase:
    """A migrated, otherwise empty SQLite file in pytest's cache folder."""

    def __init__(self, folder):
        self.folder = folder
        self.path = folder / f"{migrations_fingerprint()}.sqlite3"

    def restore(self, to):
        if self.path.exists():
            shutil.copy(self.path, to)

    def keep(self, source):
        if self.path.exists():
            return
        unfinished = self.folder / f"{os.getpid()}.unfinished"
        with closing(sqlite3.connect(source)) as migrated, closing(sqlite3.connect(unfinished)) as copy:
            migrated.backup(copy)
        for outdated in self.folder.glob("*.sqlite3"):
            outdated.unlink(missing_ok=True)
        unfinished.replace(self.path)
