"""The stores that photos are kept in: a folder, and a bucket behind a real HTTP server that speaks S3."""

from itertools import count

import boto3
import pytest
from django.core.files.storage import default_storage
from moto.server import ThreadedMotoServer

from portal.cleaning import stored
from portal.media_store import held_beside, storage_of

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
    """A server that speaks S3 on the loopback; its address without a slash at the end."""
    server = ThreadedMotoServer("127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    yield f"{host}:{port}"
    server.stop()


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
    keys = {"aws_access_key_id": "key", "aws_secret_access_key": "secret", "region_name": "us-east-1"}
    boto3.client("s3", endpoint_url=f"http://{s3_server}", **keys).create_bucket(Bucket=name)
    store = storage_of(f"s3+http://key:secret@{s3_server}/{name}")
    settings.STORAGES = {**settings.STORAGES, "default": store, "held": held_beside(store, "")}
    return name


@pytest.fixture(params=["folder", "bucket"])
def store(request):
    """An empty store: every test that asks for it runs on a folder and on S3."""
    return request.getfixturevalue(request.param)
