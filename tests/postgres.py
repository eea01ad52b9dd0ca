"""A PostgreSQL of our own for tests, in a folder of its own, gone when the tests are over."""

import contextlib
import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from glob import glob
from itertools import count
from pathlib import Path

import psycopg
from psycopg import sql

from tests.browser.site import ROOT, free_port

SECONDS_TO_START = 60
_numbers = count(1)


def found(name):
    """Return the path of one of PostgreSQL's programs, or None."""
    newest_first = sorted(glob(f"/usr/lib/postgresql/*/bin/{name}"), reverse=True)
    return next(iter(newest_first), None) or shutil.which(name)


def is_installed():
    return all(map(found, ("initdb", "postgres", "pg_dump", "psql")))


def binary(name):
    """Return the path of one of PostgreSQL's programs; raises RuntimeError where there is none."""
    path = found(name)
    if path is None:
        raise RuntimeError("PostgreSQL is missing: install it (apt-get install postgresql), or run bin/test as root.")
    return path


class Cluster:
    """A server, run by what `launch()` returns. `fresh_database()` gives each test an empty, migrated database.

    The first is migrated within `around_migrating(url)`.
    """

    def __init__(self, port, launch, around_migrating):
        self.port, self.launch, self.around_migrating = port, launch, around_migrating
        self.template = None

    def start(self):
        """Return once it answers; raises RuntimeError where it does not start."""
        self.server = self.launch()
        deadline = time.monotonic() + SECONDS_TO_START
        while self.server.poll() is None and time.monotonic() < deadline:
            with contextlib.suppress(psycopg.OperationalError), psycopg.connect(self.url("postgres")):
                return
            time.sleep(0.05)
        raise RuntimeError("PostgreSQL did not start.")

    def stop(self, how=signal.SIGINT):
        """Break off whoever is connected, and return when it is gone."""
        self.server.send_signal(how)
        self.server.wait(SECONDS_TO_START)

    def url(self, database):
        """Return the DATABASE_URL of a database."""
        return f"postgres://postgres@127.0.0.1:{self.port}/{database}"

    def fresh_database(self):
        """Return the DATABASE_URL of a new database with all migrations applied (once; then it is copied)."""
        if self.template is None:
            self.template = "migrated"
            self.create(self.template)
            url = self.url(self.template)
            with self.around_migrating(url):
                manage(url, "migrate", "--verbosity", "0")
        name = f"test_{next(_numbers)}"
        self.create(name, template=self.template)
        return self.url(name)

    def create(self, name, template="template1"):
        statement = sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(sql.Identifier(name), sql.Identifier(template))
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            connection.execute(statement)


def manage(database_url, *arguments):
    """Run manage.py against a database; return what it printed."""
    with tempfile.TemporaryDirectory() as folder:
        environment = {**os.environ, "DATABASE_URL": database_url, "PORTAL_VAR": folder}
        environment["DJANGO_SETTINGS_MODULE"] = "portal.settings"
        command = [sys.executable, ROOT / "manage.py", *arguments]
        return subprocess.run(command, env=environment, check=True, capture_output=True, text=True).stdout


@contextlib.contextmanager
def running(around_migrating=contextlib.nullcontext):
    """Make a cluster and serve it on a free port of the loopback for the length of a with statement."""
    # PostgreSQL refuses to run as root. Not pytest's tmp_path: another user may not enter that.
    nobody = pwd.getpwnam("nobody")
    other = {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []} if os.geteuid() == 0 else {}
    with tempfile.TemporaryDirectory(prefix="portal-postgres-") as folder:
        if other:
            shutil.chown(folder, other["user"], other["group"])
        data, port = Path(folder) / "data", free_port()
        initdb = [binary("initdb"), "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C", "-N"]
        subprocess.run(initdb, cwd=folder, check=True, capture_output=True, **other)
        settings = {"fsync": "off", "listen_addresses": "127.0.0.1", "max_connections": "300"}
        options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
        command = [binary("postgres"), "-D", data, "-p", str(port), "-k", folder, *options]
        with open(Path(folder) / "log", "w") as log:
            cluster = Cluster(
                port, lambda: subprocess.Popen(command, cwd=folder, stdout=log, stderr=log, **other), around_migrating
            )
            cluster.start()
            try:
                yield cluster
            finally:
                cluster.stop(signal.SIGQUIT)  # nothing is kept: writing it all down first took up to a minute
