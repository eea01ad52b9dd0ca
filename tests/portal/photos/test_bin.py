"""Photos that an organizer deletes: off every page at once, and back from the bin with their pictures."""

from datetime import timedelta

import pytest
from django.utils import timezone

from portal.binning import forget, put_back, put_into_bin
from portal.cleaning import missing, orphans
from portal.models import Album, Binned
from portal.photos import hide
from portal.tending import tend
from tests.make import a_photo_at_hand, an_album
from tests.organizers import an_administrator, signed_in
from tests.portal.photos.storing import stored_names
from tests.tasks import work_off_tasks

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


def test_who_deletes_photos_is_asked_first_and_they_come_back_from_the_bin_together(
    store, django_capture_on_commit_callbacks
):
    album, chief = an_album(), signed_in(an_administrator())
    ticked = [a_photo_at_hand(album, caption_en=caption) for caption in ("One", "Two")]
    left, chosen = a_photo_at_hand(album), {"photo": [photo.pk for photo in ticked], "do": "delete"}

    asked = chief.post(f"/admin/portal/album/{album.pk}/photos/", chosen)
    assert (asked.context["ticked"], album.photos.count()) == (ticked, 3)

    with django_capture_on_commit_callbacks(execute=True):
        chief.post(f"/admin/portal/album/{album.pk}/photos/", {**chosen, "sure": "1"})
    kept = {photo.image.name for photo in ticked}
    assert list(album.photos.all()) == [left]
    assert stored_names() == {*kept, left.image.name, *left.rendition_names()}
    assert set(orphans(timedelta())) == set()

    chief.post("/admin/bin/", {"binned": Binned.objects.get().pk})
    work_off_tasks()
    assert [photo.caption_en for photo in album.photos.exclude(key="")] == ["One", "Two", None]
    assert list(missing()) == []


def test_an_album_comes_back_with_its_pictures_and_what_is_forgotten_leaves_no_file(
    store, django_capture_on_commit_callbacks
):
    album = an_album()
    shown, hidden = a_photo_at_hand(album), a_photo_at_hand(album)
    with django_capture_on_commit_callbacks(execute=True):
        hide(hidden)
        put_back(put_into_bin(album, None))
    work_off_tasks()
    shown.refresh_from_db()
    assert set(stored_names()) == {shown.image.name, *shown.rendition_names(), hidden.image.name}
    assert len(shown.widths) > 0

    with django_capture_on_commit_callbacks(execute=True):
        binned = put_into_bin(Album.objects.get(), None)
    Binned.objects.update(deleted_at=timezone.now() - timedelta(days=31))
    with django_capture_on_commit_callbacks(execute=True):
        list(tend())
    assert (stored_names(), list(Binned.objects.filter(pk=binned.pk))) == (set(), [])


def test_what_is_put_back_while_the_bin_is_emptied_keeps_its_pictures(store, django_capture_on_commit_callbacks):
    photo = a_photo_at_hand(an_album())
    with django_capture_on_commit_callbacks(execute=True):
        binned = put_into_bin(photo, None)

    put_back(binned)
    with django_capture_on_commit_callbacks(execute=True):
        forget(binned)

    assert photo.image.name in stored_names()


def test_a_photo_that_lost_its_original_holds_up_no_other(folder, django_capture_on_commit_callbacks, caplog):
    album = an_album()
    lost, other = a_photo_at_hand(album), a_photo_at_hand(album)
    with django_capture_on_commit_callbacks(execute=True):
        binned = put_into_bin(album, None)
    (folder / lost.image.name).unlink()

    put_back(binned)
    work_off_tasks()

    other.refresh_from_db()
    assert len(other.widths) > 0
    assert "lacks its original" in caplog.text
