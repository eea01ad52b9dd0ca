"""How SQLite finds the rows of every public page: by an index, but for tables that stay small for ever."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from meetups.models import Meetup
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


def steps_of(sql):
    """Return how SQLite would go about a query, a list of lines."""
    with connection.cursor() as cursor:
        return [step for *_numbers, step in cursor.connection.execute(f"EXPLAIN QUERY PLAN {sql}").fetchall()]


def scanned(sql):
    """Return the tables that SQLite would read from end to end for a query."""
    found = [SCANNED.match(step) for step in steps_of(sql) if "VIRTUAL TABLE" not in step]
    return {match[1] for match in found if match}


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
def test_the_years_of_a_list_are_read_from_indexes_alone():
    """They are of all rows there are, and each row of an occasion is wide."""
    with CaptureQueriesContext(connection) as queries:
        Meetup.objects.published().years()

    reads = [step for query in queries for step in steps_of(query["sql"]) if step.startswith(("SCAN", "SEARCH"))]
    assert reads
    assert [step for step in reads if "COVERING INDEX" not in step] == []


@pytest.mark.django_db
def test_a_query_without_an_index_would_be_found():
    assert scanned("SELECT id FROM portal_photo WHERE caption_en = 'A photo'") == {"portal_photo"}
    assert scanned("SELECT id FROM portal_photo WHERE id = 1") == set()
