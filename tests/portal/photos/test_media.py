"""The addresses of stored files: what is shown, what is handed over, what is not there for visitors."""

import io
import stat
import zipfile

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from PIL import Image

from portal.archives import archive_of
from portal.media_store import BadMediaStore, storage_of
from tests.make import a_conference, a_photo_at_hand, an_album

pytestmark = pytest.mark.django_db


def body_of(response):
    return b"".join(response.streaming_content)


def test_a_rendition_is_answered_as_what_it_is_and_may_be_kept(store, client):
    photo = a_photo_at_hand()

    response = client.get(photo.rendition_url(320, "avif"))

    assert (response.status_code, response["Content-Type"]) == (200, "image/avif")
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Cache-Control"] == "public, max-age=604800, s-maxage=3600"
    assert response["Content-Security-Policy"] == "default-src 'none'; sandbox"
    with Image.open(io.BytesIO(body_of(response))) as image:
        assert image.format == "AVIF"


def test_an_original_is_not_answered_under_its_name(store, client):
    photo = a_photo_at_hand()

    assert client.get(f"/media/{photo.image.name}").status_code == 404
    assert client.get(f"/media/./{photo.image.name}").status_code == 404
    assert client.get(f"/media/photos/../{photo.image.name}").status_code == 404


OUT = ["none.jpg", "../secret_key", "%2e%2e/secret_key", "photos/", "photos", "a\\..\\b", "a%00b"]
NO_PICTURES = ["slides.pdf", "page.html", "logo.svg", "a.zip", "strange", "script.js", "photo.jpg.html"]


@pytest.mark.parametrize("name", OUT)
def test_what_is_not_there_or_reaches_out_is_not_found(store, client, name):
    assert client.get(f"/media/{name}").status_code == 404


@pytest.mark.parametrize("name", NO_PICTURES)
def test_what_is_no_picture_is_handed_over_and_never_run(store, client, name):
    default_storage.save(f"materials/{name}", ContentFile(b"<script>alert(1)</script>"))

    response = client.get(f"/media/materials/{name}")

    assert response["Content-Disposition"].startswith("attachment")
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in response["Content-Security-Policy"]


def test_a_photo_may_be_had_at_full_size_where_its_licence_says_so(store, client):
    free = a_photo_at_hand(an_album(slug="day-one", licence="CC-BY-4.0"))
    kept = a_photo_at_hand(free.album, licence="all-rights-reserved")

    response = client.get(f"/en/photos/day-one/{free.pk}/download/")

    assert response["Content-Disposition"] == f'attachment; filename="day-one-{free.pk}.jpg"'
    assert body_of(response) == default_storage.open(free.image.name).read()
    assert client.get(f"/en/photos/day-one/{kept.pk}/download/").status_code == 404


def test_nothing_of_a_draft_album_may_be_had(store, client):
    photo = a_photo_at_hand(an_album(slug="draft", licence="CC0-1.0", published_at=None))

    assert client.get(f"/en/photos/draft/{photo.pk}/download/").status_code == 404
    assert client.get("/en/photos/draft/download/").status_code == 404


def test_an_album_is_sent_as_a_zip_with_its_credits(store, client):
    album = an_album(slug="day-one", licence="CC-BY-SA-4.0", credit_en="The photo group")
    first, second = a_photo_at_hand(album), a_photo_at_hand(album, credit_en="Hong")
    a_photo_at_hand(album, licence="all-rights-reserved")

    response = client.get("/en/photos/day-one/download/")

    with zipfile.ZipFile(io.BytesIO(body_of(response))) as archive:
        assert archive.testzip() is None
        assert archive.namelist() == ["day-one-0001.jpg", "day-one-0002.jpg", "CREDITS.txt"]
        assert archive.read("day-one-0001.jpg") == default_storage.open(first.image.name).read()
        assert archive.read("CREDITS.txt").decode().splitlines() == [
            "day-one-0001.jpg: The photo group · CC BY-SA 4.0",
            "day-one-0002.jpg: Hong · CC BY-SA 4.0",
        ]
    assert second.credit_en == "Hong"


def test_an_album_without_free_photos_is_not_sent(store, client):
    a_photo_at_hand(an_album(slug="day-one", occasion=a_conference()))

    assert client.get("/en/photos/day-one/download/").status_code == 404


def test_a_zip_is_made_piece_by_piece(folder):
    album = an_album(licence="CC0-1.0")
    photo = a_photo_at_hand(album)
    (folder / photo.image.name).write_bytes(bytes(10 * 2**20))

    assert max(len(piece) for piece in archive_of(album)) < 2**17


def test_only_the_account_of_the_portal_reads_the_folder(folder):
    default_storage.save("originals/2026/photo.jpg", ContentFile(b"the whole of it"))

    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in folder.rglob("*")}
    assert modes == {"originals": 0o700, "2026": 0o700, "photo.jpg": 0o600}


@pytest.mark.parametrize(
    "address", ["s3://bucket", "s3://key:secret@host", "http://key:secret@host/bucket", "s3://key@host/b"]
)
def test_a_store_that_cannot_be_read_is_refused(address):
    with pytest.raises(BadMediaStore):
        storage_of(address)


def test_a_store_is_one_setting():
    options = storage_of("s3://k%2Fey:secret@store.example:9000/photos?region=eu-1")["OPTIONS"]

    assert options["endpoint_url"] == "https://store.example:9000"
    assert (options["access_key"], options["bucket_name"], options["region_name"]) == ("k/ey", "photos", "eu-1")
