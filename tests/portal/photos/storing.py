"""The stores that photos are kept in: a folder, and a bucket of a real server that speaks S3."""

from itertools import count

import pytest
from django.core.files.storage import default_storage

from portal.cleaning import stored
from portal.media_store import held_beside, storage_of
from tests.store import running

_numbers = count(1)


def stored_names():
    """Return the names of all files in the store."""
    return set(stored())


def stored_bytes():
    """Yield (name, content) of all files in the store."""
    for name in sorted(stored_names()):
        with default_storage.open(name) as file:
            yield name, file.read()


@pytest.fixture(scope="session")
def s3_server():
    """A `tests.store.Store`, which makes a bucket for each test that asks."""
    with running() as server:
        yield server


@pytest.fixture
def folder(settings, tmp_path):
    """An empty folder as the store."""
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.STORAGES = {**settings.STORAGES, "held": held_beside(storage_of(""), tmp_path / "held")}
    return settings.MEDIA_ROOT


@pytest.fixture
def bucket(settings, s3_server):
    """An empty bucket as the store."""
    name = f"photos-{next(_numbers)}"
    store = storage_of(s3_server.fresh_bucket(name))
    settings.STORAGES = {**settings.STORAGES, "default": store, "held": held_beside(store, "")}
    return name


@pytest.fixture(params=["folder", "bucket"])
def store(request):
    """An empty store: every test that asks for it runs on a folder and on S3."""
    return request.getfixturevalue(request.param)
