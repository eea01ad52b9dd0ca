"""How SQLite finds the rows of every public page: by an index, but for tables that stay small for ever."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from portal.models import Photo
from tests.bench.archive import Archive
from tests.bench.pages import paths

# A community has a handful of these, or as many as there are cities.
SMALL = {
    "events_series",
    "meetups_chapter",
    "portal_city",
    "portal_community",
    "portal_page",
    "portal_partnerlevel",
    "portal_privacynotice",
}
SCANNED = re.compile(r"^SCAN (\w+)(?! USING (?:COVERING )?INDEX)\b")


def scanned(sql):
    """Return the tables that SQLite would read from end to end for a query."""
    with connection.cursor() as cursor:
        steps = cursor.connection.execute(f"EXPLAIN QUERY PLAN {sql}").fetchall()
    return {found[1] for *_numbers, step in steps if (found := SCANNED.match(step)) and "VIRTUAL TABLE" not in step}


@pytest.mark.django_db
def test_no_page_reads_a_table_that_grows_from_end_to_end(client):
    Archive(0.005).make()
    photo, found = Photo.objects.filter(album__slug="album-47").first(), {}

    for name, path in (paths() | {"photo": f"/en/photos/album-47/{photo.pk}/"}).items():
        with CaptureQueriesContext(connection) as queries:
            client.get(path)
        for query in queries:
            if query["sql"].startswith("SELECT") and (tables := scanned(query["sql"]) - SMALL):
                found[name, query["sql"]] = tables

    assert not found


@pytest.mark.django_db
def test_a_query_without_an_index_would_be_found():
    assert scanned("SELECT id FROM portal_photo WHERE caption_en = 'A photo'") == {"portal_photo"}
    assert scanned("SELECT id FROM portal_photo WHERE id = 1") == set()
