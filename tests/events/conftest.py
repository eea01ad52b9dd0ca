"""What the tests of the public pages share."""

import time

import pytest
from hypothesis import settings

from portal.pagecache import marking

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
