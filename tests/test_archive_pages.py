"""What every page of the bench's archive asks the database: as many queries as written here, and no more."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from portal.models import Photo
from tests.bench.archive import Archive
from tests.bench.inside import own_paths
from tests.bench.pages import paths

QUERIES = {
    "home": 22,
    "conferences": 7,
    "conferences of a series": 8,
    "series": 5,
    "conference": 27,
    "conference ahead": 28,
    "forums": 7,
    "forum": 12,
    "session": 12,
    "speakers": 5,
    "venue": 10,
    "partners": 5,
    "volunteers": 5,
    "schedule, 300 sessions": 9,
    "schedule in print": 9,
    "now and next": 6,
    "schedule.json": 9,
    "photos of a conference": 7,
    "calls for volunteers": 4,
    "call for volunteers": 6,
    "meetups": 11,
    "meetups of a chapter": 12,
    "meetups, last page": 11,
    "meetup": 19,
    "meetup ahead": 18,
    "chapters": 8,
    "chapter": 15,
    "calendar of a chapter": 2,
    "feed of a chapter": 4,
    "person": 17,
    "organization": 15,
    "photos": 11,
    "album": 10,
    "photo": 8,
    "news": 6,
    "article": 7,
    "page": 3,
    "search": 2,
    "search, many results": 5,
    "search, in Chinese": 5,
    "form of a seat": 11,
    "free seats": 3,
    "form of a volunteer": 6,
    "calendar": 2,
    "feed": 3,
    "theme": 2,
    "sitemap": 12,
    "sitemap of meetups": 2,
    "status of a guest": 6,
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
