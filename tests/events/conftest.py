"""What the tests of the public pages share."""

import time

import pytest
from hypothesis import settings

from portal.pagecache import known, marking
from portal.pagecache.stores import FileStore

really_current = known.current  # before the fixture of all tests forgets it

# A busy machine is no reason to fail, and what is found once becomes a test of its own.
settings.register_profile("portal", deadline=None, max_examples=80, database=None)
settings.load_profile("portal")


@pytest.fixture(autouse=True)
def no_questions_about_the_clock(monkeypatch):
    """Until when a page may be kept is asked of every kind of row, and counted by the tests of the page cache."""
    monkeypatch.setattr(marking, "next_change_at", lambda: time.time() + 3600)


@pytest.fixture(autouse=True)
def no_versions_kept(settings):
    """Public pages read no versions, and keeping them takes longer than making the rows."""
    settings.SIMPLE_HISTORY_ENABLED = False


@pytest.fixture
def page_store(tmp_path, monkeypatch):
    """A page cache, of which this process knows nothing yet: what pages share is read once a generation."""
    store = FileStore(tmp_path)
    monkeypatch.setattr(known, "store", lambda: store)
    monkeypatch.setattr(known, "current", really_current)
    monkeypatch.setattr(known, "_Process", type("_Process", (), {"known": None, "asked_again_at": 0.0}))
    return store
