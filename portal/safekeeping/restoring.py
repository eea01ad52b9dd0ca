"""From a backup back into an empty database and store, proved by counts, checksums and hashes."""

import gzip
import hashlib
import json
import tarfile
from contextlib import contextmanager

from django.core.files import File
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.db import DatabaseError, connections, transaction
from django.db.migrations.exceptions import NodeNotFoundError
from django.db.migrations.executor import MigrationExecutor

from portal.safekeeping import tables
from portal.safekeeping.archive import CHUNK, FORMAT

# Rows of these mean that somebody lives here; what migrations put into a new database does not count.
OF_SOMEBODY = ("auth.user", "portal.occasion", "portal.person", "portal.article", "portal.registration")


class CannotRestore(Exception):
    """It cannot be done, or came out otherwise than it went in; `str()` of it says why, in a sentence."""


@contextmanager
def opened(path):
    """Yield (tar, manifest) of a backup; raises `CannotRestore` where it is none of ours."""
    try:
        with tarfile.open(path) as tar:
            manifest = json.load(tar.extractfile("manifest.json"))
            if manifest.get("format") != FORMAT:
                raise CannotRestore(f"This backup has the format {manifest.get('format')}; {FORMAT} is understood.")
            yield tar, manifest
    except (tarfile.TarError, KeyError, EOFError, ValueError) as problem:
        reason = str(problem).partition(":\n")[0]  # of a file that is no archive: how it failed as each kind of one
        raise CannotRestore(f"{path} is not a whole backup: {reason}.") from problem


def put_back(tar, manifest, using="default", progress=lambda done: None):
    """Put rows and files of a backup back, prove that they came out as they went in, then migrate to today's schema.

    The database must be empty. All rows go in or none; a file that is there already must be the same.
    Returns the number of (tables, rows, files). Raises `CannotRestore`.
    """
    schema = prepare(manifest["migrations"], using)
    files = _put_back_files(tar, manifest, progress) if manifest["with_media"] else _check_files(manifest)
    with transaction.atomic(using=using):
        tables.empty(schema, using)
        for label, model in schema.items():
            with _lines_of(tar, label) as lines:
                tables.put_in(model, lines, using)
            progress(label)
        tables.count_on(schema, using)
        prove(manifest["tables"], tables.sums_of(schema, using))
    call_command("migrate", database=using, interactive=False, verbosity=0)
    return len(schema), sum(total["rows"] for total in manifest["tables"].values()), files


def prepare(migrations, using):
    """Migrate an empty database to where the data come from; return its schema. Raises `CannotRestore`."""
    executor = MigrationExecutor(connections[using])
    targets = [tuple(target) for target in migrations]
    try:
        schema = tables.schema_of(using, targets)
    except (KeyError, NodeNotFoundError) as problem:
        raise CannotRestore("The data are of a newer version of the portal; install that one first.") from problem
    refuse_inhabited(schema, using)
    executor.migrate(targets)
    return schema


def refuse_inhabited(schema, using):
    """Raise `CannotRestore` where the database holds what somebody made."""
    there = connections[using].introspection.table_names()
    for label in OF_SOMEBODY:
        if schema[label]._meta.db_table in there:
            try:
                rows = schema[label]._base_manager.using(using).count()
            except DatabaseError as problem:
                raise CannotRestore(f"The database is not empty, and not of this portal: {problem}.") from problem
            if rows:
                raise CannotRestore(f"The database is not empty ({label}: {rows}). Choose an empty one.")


def prove(before, after):
    """Compare sums of tables; raises `CannotRestore` naming every table that came out otherwise."""
    wrong = [
        f"{label} ({before[label]['rows']} rows, now {after.get(label, {}).get('rows')})"
        for label in before
        if before[label] != after.get(label)
    ]
    if wrong:
        raise CannotRestore(f"These tables came out otherwise than they went in: {', '.join(wrong)}.")


@contextmanager
def _lines_of(tar, label):
    with tar.extractfile(f"tables/{label}.jsonl.gz") as packed, gzip.open(packed, "rt", encoding="utf-8") as lines:
        yield (line.rstrip("\n") for line in lines)


def _put_back_files(tar, manifest, progress):
    for name, told in manifest["media"].items():
        if not default_storage.exists(name):
            stored_as = default_storage.save(name, File(tar.extractfile(f"media/{name}")))
            if stored_as != name:
                raise CannotRestore(f"The file {name} cannot be stored under its name.")
        _check(name, told)
        progress(name)
    return len(manifest["media"])


def _check_files(manifest):
    """Compare the files that the store has with those that the backup lists."""
    for name, told in manifest["media"].items():
        if not default_storage.exists(name):
            raise CannotRestore(f"The file {name} is not in the store; put the files back first.")
        _check(name, told)
    return len(manifest["media"])


def _check(name, told):
    digest = hashlib.sha256()
    with default_storage.open(name) as file:
        while chunk := file.read(CHUNK):
            digest.update(chunk)
    if digest.hexdigest() != told["sha256"]:
        raise CannotRestore(f"The file {name} is not the one that was kept.")
