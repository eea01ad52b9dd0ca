"""What every kind of test shares: the demo being served, a crawl of it, and how Chromium is started."""

import os
import shutil
import tempfile
from functools import partial
from pathlib import Path

import pytest
from django.core.signals import request_finished, request_started
from django.db import close_old_connections, connection
from django.utils import translation
from filelock import FileLock

from portal.pagecache import known
from portal.pagecache.stores import FileStore
from tests.browser import site as demo
from tests.browser.chromium import launch_options
from tests.browser.crawl import Crawl, crawl_site
from tests.database import MigratedDatabase, copy_sqlite, kept_dump, path_of_dump, put_back_after_commits
from tests.postgres import is_installed as postgres_is_installed
from tests.postgres import running as running_postgres

SHARED = "PORTAL_TESTS_SHARED"


def pytest_configure(config):
    """Make one folder for all the workers of a run; the first that needs the demo serves it from there."""
    if not hasattr(config, "workerinput"):
        os.environ[SHARED] = tempfile.mkdtemp(prefix="portal-site-")


def pytest_unconfigure(config):
    """Stop the demo, after the last worker is done with it."""
    if hasattr(config, "workerinput"):
        return
    shared = Path(os.environ.pop(SHARED))
    served = shared / "served"
    if served.exists():
        demo.stop(int(served.read_text().split()[0]))
    shutil.rmtree(shared, ignore_errors=True)


@pytest.fixture(scope="session")
def site(migrated_database, django_db_setup):
    """The demo, served by bin/serve in production settings; one for the whole run, on the kept database.

    While working on a page, PORTAL_TESTS_SITE names one that is running already.
    """
    shared = Path(os.environ[SHARED])
    if running := os.environ.get("PORTAL_TESTS_SITE"):
        return demo.Site(running.rstrip("/"), shared)
    served = shared / "served"
    with FileLock(shared / "serving.lock"):
        if not served.exists():
            migrated, _name = migrated_database
            shutil.copy(migrated.path, shared / "portal.sqlite3")
            process, started = demo.start(shared)
            served.write_text(f"{process.pid} {started.url}")
    return demo.Site(served.read_text().split()[1], shared)


@pytest.fixture(scope="session")
def crawl(site):
    """Every page that a visitor can reach, fetched once for the whole run."""
    kept = site.folder / "crawl.json"
    with FileLock(site.folder / "crawling.lock"):
        if not kept.exists():
            crawl_site(site.url).save(kept)
    return Crawl.load(kept)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    return {**browser_type_launch_args, **launch_options()}


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args):
    """Ask in English where a test says nothing else: what a browser asks in by itself depends on the browser."""
    return {**browser_context_args, "locale": "en-US"}


@pytest.fixture(scope="session")
def postgres(request):
    """A PostgreSQL server; `postgres.fresh_database()` returns the DATABASE_URL of a migrated database."""
    with running_postgres(partial(kept_dump, request.config.cache.mkdir("migrated"))) as cluster:
        yield cluster


def keep_postgres(folder):
    """Migrate PostgreSQL's database for the tests that will ask for one; where it is missing they say so."""
    if postgres_is_installed() and not path_of_dump(folder).exists():
        with running_postgres(partial(kept_dump, folder)) as cluster:
            cluster.fresh_database()


@pytest.fixture
def connection_outlives_requests():
    """For a test that asks the application itself, and not by Django's test client, which sees to this."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


really_current = known.current  # before a fixture forgets it


@pytest.fixture
def page_store(tmp_path, monkeypatch, nothing_known_of_other_tests):
    """A page cache, of whose generation this process knows nothing yet."""
    store = FileStore(tmp_path)
    monkeypatch.setattr(known, "store", lambda: store)
    monkeypatch.setattr(known, "current", really_current)
    monkeypatch.setattr(known, "_Process", type("_Process", (), {"known": None, "asked_again_at": 0.0}))
    return store


@pytest.fixture(autouse=True)
def nothing_known_of_other_tests(monkeypatch):
    """What a test saves is never committed, so that no generation of pages ends with it."""
    monkeypatch.setattr(known, "current", lambda: None)


@pytest.fixture(scope="session")
def django_db_keepdb():
    """Take the database as it is found, and apply only what it lacks."""
    return True


@pytest.fixture(scope="session")
def migrated_database(request, django_db_modify_db_settings):
    """Put the kept database, if there is one, where pytest-django will look for it."""
    name = connection.settings_dict["TEST"]["NAME"]
    folder = request.config.cache.mkdir("migrated")
    migrated = MigratedDatabase(folder)
    migrated.restore(name, while_waiting=partial(keep_postgres, folder))
    return migrated, name


@pytest.fixture(scope="session")
def django_db_setup(migrated_database, django_db_setup):
    """Once pytest-django has migrated, keep the result for the next run, and for after each test that commits."""
    migrated, name = migrated_database
    migrated.keep(name)
    with put_back_after_commits(name):
        yield


@pytest.fixture
def sqlite_url(db, tmp_path):
    """The DATABASE_URL of a migrated, empty SQLite database in a file of its own, for other processes.

    It asks for `db`, since pytest-django migrates none where no test of a run does.
    """
    path = tmp_path / "own.sqlite3"
    copy_sqlite(connection.settings_dict["TEST"]["NAME"], path)
    return f"sqlite:///{path}"


@pytest.fixture(autouse=True)
def in_the_default_language(settings):
    """A request leaves its language behind in the thread; a test's words shall not depend on the one before."""
    with translation.override(settings.LANGUAGE_CODE):
        yield


@pytest.fixture
def in_english(settings, in_the_default_language):
    """For tests of sentences: both outside of requests and in them, where no address says the language."""
    settings.LANGUAGE_CODE = "en"
    with translation.override("en"):
        yield
