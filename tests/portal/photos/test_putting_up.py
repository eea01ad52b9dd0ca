"""Putting a photo up: files first, then the row; the same file twice is one photo; nothing a camera tells is left."""

from datetime import UTC, datetime
from io import BytesIO

import pytest
from django.core.files.storage import default_storage
from django.db import IntegrityError
from PIL import Image

from portal import photos
from portal.images import BadImage
from portal.models import Photo
from portal.photos import AlreadyThere, delete_files, describe, hide, order_by_time, put_up, show_again, written_of
from tests.make import a_conference, a_photo_at_hand, an_album
from tests.portal.photos.storing import stored_bytes, stored_names
from tests.portal.pictures import SECRET, a_drawing, a_file, a_file_full_of_secrets, an_exif
from tests.tasks import work_off_tasks

pytestmark = pytest.mark.django_db


def test_a_photo_has_its_original_and_renditions_in_the_store(store):
    photo = put_up(an_album(), a_file(image=a_drawing(1500, 1000)))

    assert (photo.width, photo.height, photo.widths) == (1500, 1000, [320, 640, 1280, 1500])
    assert stored_names() == set(written_of(photo))
    assert len(written_of(photo)) == 9
    with default_storage.open(photo.rendition_name(640, "avif")) as file, Image.open(file) as image:
        assert (image.format, image.size) == ("AVIF", (640, 427))
    assert photo.placeholder.startswith("data:image/webp;base64,")


def test_what_can_be_seen_through_has_webp_beside_avif_and_no_stamp_beneath(store):
    image = a_drawing(mode="RGBA")
    image.putalpha(90)

    photo = put_up(an_album(), a_file("png", image))

    assert (photo.fallback, photo.placeholder) == ("webp", "")


@pytest.mark.parametrize("kind", ["jpeg", "png", "webp", "avif", "heif"])
def test_nothing_that_a_camera_tells_is_in_any_stored_byte(store, kind):
    put_up(an_album(), a_file_full_of_secrets(kind))

    for _name, data in stored_bytes():
        assert SECRET.encode() not in data
        assert b"GPSLatitude" not in data


def test_capture_time_is_by_the_clock_of_the_event_and_the_camera_owner_is_credited(store):
    album = an_album(occasion=a_conference(time_zone="Asia/Shanghai"))
    taken = an_exif(artist="Hong", DateTimeOriginal="2023:10:28 09:30:00")

    photo = put_up(album, a_file(exif=taken))

    assert photo.taken_at == datetime(2023, 10, 28, 1, 30, tzinfo=UTC)
    assert (photo.credit_zh_hans, photo.credit_en) == ("Hong", "Hong")


def test_the_same_file_twice_is_one_photo(store):
    album, upload = an_album(), a_file()
    photo = put_up(album, upload)
    names = stored_names()

    with pytest.raises(AlreadyThere) as known:
        put_up(album, upload)

    assert known.value.photo == photo
    assert stored_names() == names
    assert put_up(an_album(), upload).pk != photo.pk


def test_the_same_file_sent_twice_at_once_is_one_photo(store, monkeypatch):
    """The second passes the look at what is there, and is stopped by the database."""
    album, upload = an_album(), a_file()
    put_up(album, upload)
    names = stored_names()
    looks = iter([lambda *known: None, photos._refuse_the_known])
    monkeypatch.setattr(photos, "_refuse_the_known", lambda *known: next(looks)(*known))

    with pytest.raises(AlreadyThere):
        put_up(album, upload)

    assert Photo.objects.count() == 1
    assert stored_names() == names


def test_a_refused_file_leaves_nothing(store):
    with pytest.raises(BadImage):
        put_up(an_album(), BytesIO(b"<svg onload=alert(1)>"))

    assert (Photo.objects.count(), stored_names()) == (0, set())


def test_a_row_that_cannot_be_saved_leaves_no_file(store):
    with pytest.raises(IntegrityError):
        put_up(an_album(), a_file(), position=-1)

    assert (Photo.objects.count(), stored_names()) == (0, set())


def test_a_store_that_fails_half_way_leaves_no_row_and_no_file(folder, monkeypatch):
    saved = default_storage.save

    def fail(name, content, **options):
        if name.endswith("jpg") and "photos/" in name:
            raise OSError("no space left on device")
        return saved(name, content, **options)

    # Undone before the settings are, with which the store is another.
    with monkeypatch.context() as full, pytest.raises(OSError, match="no space left"):
        full.setattr(default_storage, "save", fail)
        put_up(an_album(), a_file())

    assert (Photo.objects.count(), stored_names()) == (0, set())


def test_a_hidden_photo_has_no_rendition_left_and_keeps_its_original(store, django_capture_on_commit_callbacks):
    photo = a_photo_at_hand()
    renditions = photo.rendition_names()

    with django_capture_on_commit_callbacks(execute=True):
        hide(photo)

    assert stored_names() == {photo.image.name}
    assert list(Photo.objects.published()) == []

    show_again(photo)
    work_off_tasks()
    photo.refresh_from_db()

    assert list(Photo.objects.published()) == [photo]
    assert stored_names() == set(written_of(photo))
    assert not set(photo.rendition_names()) & set(renditions), "nobody may know the new names"


def test_deleting_an_album_deletes_the_files_of_its_photos(store, django_capture_on_commit_callbacks):
    album = an_album()
    a_photo_at_hand(album)
    a_photo_at_hand(album)

    with django_capture_on_commit_callbacks(execute=True):
        album.delete()

    assert stored_names() == set()


def test_deleting_what_is_not_there_is_no_error(store):
    delete_files(["photos/aa/none.avif"])


def test_photos_stand_by_capture_time_until_somebody_orders_them(store):
    album = an_album()
    late = a_photo_at_hand(album, taken_at=datetime(2023, 5, 2, tzinfo=UTC))
    unknown = a_photo_at_hand(album)
    early = a_photo_at_hand(album, taken_at=datetime(2023, 5, 1, tzinfo=UTC))

    assert list(album.photos.all()) == [early, late, unknown]

    early.position = 2
    early.save()
    assert list(album.photos.all()) == [late, unknown, early]

    order_by_time(album)
    assert list(album.photos.all()) == [early, late, unknown]


def test_a_photo_cannot_be_moved_to_an_album_that_has_it(store):
    upload = a_file()
    here, there = put_up(an_album(), upload), put_up(an_album(), upload)

    with pytest.raises(AlreadyThere):
        describe(here, album=there.album)
