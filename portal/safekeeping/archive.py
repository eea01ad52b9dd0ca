"""A backup: one tar file that holds every row, every uploaded file, and a manifest to prove both by.

manifest.json            format, when, which migrations, the sums of every table, every file with size and SHA-256,
                         and the settings without their secrets
tables/APP.MODEL.jsonl.gz    a line for each row
media/NAME               the uploaded files as they are
"""

import gzip
import hashlib
import json
import sqlite3
import tarfile
import tempfile
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

from django.conf import settings
from django.core.files.storage import default_storage
from django.db import connections
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from portal.cleaning import named, stored
from portal.safekeeping.snapshot import snapshot
from portal.safekeeping.tables import Sum, lines_of, schema_of

FORMAT = 1
CHUNK = 2**20
# Told in a manifest so that whoever restores knows what was set; never a secret, and nothing that may hold one.
TOLD_SETTINGS = ("SITE_URL", "ALLOWED_HOSTS", "TIME_ZONE", "LANGUAGE_CODE", "DEFAULT_FROM_EMAIL", "BEHIND_PROXY")


class CannotBackUp(Exception):
    """A backup cannot be made; `str()` of it says why, in a sentence."""


def write(path, with_media=True, progress=lambda done: None):
    """Write a backup to `path`, which appears whole or not at all; return its manifest.

    Without media the files are listed with their hashes, for a store that is kept safe by other means.
    `progress` is called with each table and file. Raises `CannotBackUp` or OSError.
    """
    unfinished = path.with_name(f".{path.name}.unfinished")
    try:
        # It holds personal data: for its owner's eyes only.
        unfinished.touch(mode=0o600)
        with tarfile.open(unfinished, "w") as tar:
            manifest = _write_all(tar, path.parent, with_media, progress)
        unfinished.replace(path)
    except sqlite3.Error as problem:
        raise CannotBackUp(f"The database could not be copied: {problem}.") from problem
    finally:
        unfinished.unlink(missing_ok=True)
    return manifest


def _write_all(tar, folder, with_media, progress):
    files, missing = {}, None
    while True:
        with tempfile.TemporaryDirectory(dir=folder) as inner, snapshot(folder=folder) as alias:
            tables = Path(inner)
            # A photo taken down while files are copied leaves a row without its file: then the rows are read again.
            made_at, sums = datetime.now(UTC), _write_tables(tables, alias, progress)
            migrations = leaves(alias)
            wanted = set(named(alias))
            _copy_files(tar, wanted | set(stored()), files, with_media, progress)
            missing, before = wanted - set(files), missing
            if not missing or missing == before:
                _add_tables(tar, tables)
                break
    manifest = {
        "format": FORMAT,
        "made_at": made_at.isoformat(timespec="seconds"),
        "database": connections["default"].vendor,
        "migrations": migrations,
        "tables": sums,
        "media": files,
        "missing": sorted(missing),
        "with_media": with_media,
        "settings": {name: getattr(settings, name) for name in TOLD_SETTINGS},
    }
    _add(tar, "manifest.json", json.dumps(manifest, ensure_ascii=False, indent=1).encode())
    return manifest


def _write_tables(folder, alias, progress):
    """Write every table into a file of its own; return label -> sum."""
    sums = {}
    for label, model in schema_of(alias).items():
        total = Sum()
        with gzip.open(folder / f"{label}.jsonl.gz", "wt", compresslevel=5, encoding="utf-8") as out:
            for line in lines_of(model, alias):
                total.add(line)
                out.write(line + "\n")
        sums[label] = total.told()
        progress(label)
    return sums


def _add_tables(tar, folder):
    for path in sorted(folder.iterdir()):
        tar.add(path, f"tables/{path.name}")


def _copy_files(tar, names, files, with_media, progress):
    """Put those of the files that are not yet there into the archive; note in `files` their size and hash."""
    for name in sorted(names - set(files)):
        try:
            with default_storage.open(name) as file, tempfile.TemporaryFile() as copy:
                digest = hashlib.sha256()
                while chunk := file.read(CHUNK):
                    digest.update(chunk)
                    copy.write(chunk)
                size = copy.tell()
                copy.seek(0)
                if with_media:
                    _add(tar, f"media/{name}", copy, size)
        except FileNotFoundError:
            continue  # deleted meanwhile; a row that still names it is found out
        files[name] = {"size": size, "sha256": digest.hexdigest()}
        progress(name)


def _add(tar, name, content, size=None):
    member = tarfile.TarInfo(name)
    member.size = len(content) if size is None else size
    member.mtime = int(datetime.now(UTC).timestamp())
    member.mode = 0o600
    tar.addfile(member, BytesIO(content) if size is None else content)


def leaves(using):
    """Return the newest migration of each app, as [app, name]; raises `CannotBackUp` where some are not applied."""
    applied = set(MigrationRecorder(connections[using]).applied_migrations())
    leaves = MigrationLoader(connections[using]).graph.leaf_nodes()
    if missing := [f"{app}.{name}" for app, name in leaves if (app, name) not in applied]:
        raise CannotBackUp(f"The database is not migrated ({', '.join(missing)}); run `manage.py migrate` first.")
    return [list(leaf) for leaf in leaves]
