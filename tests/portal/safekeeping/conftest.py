"""What the tests of safekeeping share."""

import dj_database_url
import pytest
from django.db import connection

from portal.safekeeping.snapshot import another
from tests.database import copy_sqlite
from tests.portal.photos.storing import bucket, folder, s3_server, store

__all__ = ["bucket", "folder", "s3_server", "store"]


@pytest.fixture
def elsewhere(request, transactional_db, tmp_path):
    """The alias of another database, migrated and empty: SQLite, or what a test's parameter says.

    Ask for it before rows are made: SQLite's is copied.
    """
    if getattr(request, "param", "sqlite") == "sqlite":
        path = tmp_path / "elsewhere.sqlite3"
        copy_sqlite(connection.settings_dict["NAME"], path)
        settings = {"NAME": path}
    else:
        settings = dj_database_url.parse(request.getfixturevalue("postgres").fresh_database())
    with another(settings, "elsewhere") as alias:
        yield alias
