"""What every page of the bench's archive asks the database: as many queries as written here, and no more."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from portal.models import Photo
from tests.bench.archive import Archive
from tests.bench.inside import own_paths
from tests.bench.pages import paths

QUERIES = {
    "home": 23,
    "conferences": 8,
    "conferences of a series": 9,
    "series": 6,
    "conference": 28,
    "conference ahead": 29,
    "forums": 8,
    "forum": 13,
    "session": 13,
    "speakers": 6,
    "venue": 11,
    "partners": 6,
    "volunteers": 6,
    "schedule, 300 sessions": 10,
    "schedule in print": 10,
    "now and next": 7,
    "schedule.json": 9,
    "photos of a conference": 8,
    "calls for volunteers": 5,
    "call for volunteers": 7,
    "meetups": 11,
    "meetups of a chapter": 12,
    "meetups, last page": 11,
    "meetup": 20,
    "meetup ahead": 19,
    "chapters": 9,
    "chapter": 16,
    "calendar of a chapter": 2,
    "feed of a chapter": 4,
    "person": 18,
    "organization": 16,
    "photos": 12,
    "album": 11,
    "photo": 9,
    "news": 7,
    "article": 8,
    "page": 4,
    "search": 3,
    "search, many results": 6,
    "search, in Chinese": 6,
    "form of a seat": 12,
    "free seats": 3,
    "form of a volunteer": 7,
    "calendar": 2,
    "feed": 3,
    "theme": 2,
    "sitemap": 12,
    "sitemap of meetups": 2,
    "status of a guest": 7,
}


@pytest.mark.django_db
def test_every_page_asks_as_often_as_is_written_here(client):
    Archive(0.005).make()
    photo, asked = Photo.objects.filter(album__slug="album-47").first(), {}

    for name, path in (paths() | own_paths() | {"photo": f"/en/photos/album-47/{photo.pk}/"}).items():
        client.get(path)  # what is asked for once is not counted
        with CaptureQueriesContext(connection) as queries:
            assert client.get(path).status_code == 200, path
        asked[name] = len(queries)

    assert asked == QUERIES
