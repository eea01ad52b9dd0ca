"""Two organizers at the same photos, a button pressed twice, a worker that is killed: nothing said is lost."""

from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from portal import photos
from portal.binning import put_back, put_together_into_bin
from portal.models import Album, Photo
from portal.photos import describe, hide, show_again
from portal.tending import tend
from tests.make import a_photo_at_hand, an_album
from tests.organizers import an_administrator, signed_in
from tests.portal.photos.storing import stored_names
from tests.tasks import work_off_tasks

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


def as_read_before(photo):
    """The row as somebody else has it in hand, read before what is done next."""
    return Photo.objects.get(pk=photo.pk)


def test_what_was_said_of_a_photo_outlives_that_another_hides_and_shows_it(store, django_capture_on_commit_callbacks):
    photo = a_photo_at_hand()
    of_another = as_read_before(photo)

    describe(photo, caption_en="On stage")
    with django_capture_on_commit_callbacks(execute=True):
        hide(of_another)
    describe(photo, credit_en="Hong")
    show_again(of_another)
    work_off_tasks()

    now = as_read_before(photo)
    assert (now.caption_en, now.credit_en, now.hidden_at) == ("On stage", "Hong", None)
    assert stored_names() == {now.image.name, *now.rendition_names()}


def test_a_photo_that_is_hidden_while_another_describes_it_stays_hidden(store, django_capture_on_commit_callbacks):
    photo = a_photo_at_hand()
    of_another = as_read_before(photo)

    with django_capture_on_commit_callbacks(execute=True):
        hide(photo)
    describe(of_another, caption_en="On stage")

    now = as_read_before(photo)
    assert now.hidden_at and not now.key
    assert stored_names() == {now.image.name}


def test_a_photo_that_is_deleted_meanwhile_is_passed_over_and_does_not_come_back_to_life(store, monkeypatch):
    album = an_album()
    gone, left = a_photo_at_hand(album), a_photo_at_hand(album)
    chief = signed_in(an_administrator())
    once = {"once": lambda: Photo.objects.filter(pk=gone.pk).delete()}

    def hide_after_another_deleted(photo):
        once.pop("once", lambda: None)()
        hide(photo)

    monkeypatch.setattr("portal.admin.album_photos.hide", hide_after_another_deleted)
    ticked = {"photo": [gone.pk, left.pk], "do": "hide"}
    answer = chief.post(f"/admin/portal/album/{album.pk}/photos/", ticked, follow=True)

    assert "1 photo: done." in answer.content.decode()
    assert [photo.pk for photo in album.photos.all()] == [left.pk]


def test_a_photo_that_is_hidden_while_the_worker_makes_its_pictures_stays_hidden(store, monkeypatch):
    photo = a_photo_at_hand()
    hide(photo)
    show_again(photo)
    write = photos.write_renditions

    def write_while_somebody_hides(row, image):
        write(row, image)
        hide(photo)

    monkeypatch.setattr(photos, "write_renditions", write_while_somebody_hides)
    before = stored_names()
    work_off_tasks()

    now = as_read_before(photo)
    assert now.hidden_at and not now.key
    assert stored_names() == before


def test_photos_are_shown_again_by_the_worker_and_the_page_says_so_until_it_is_done(store):
    album, chief = an_album(), signed_in(an_administrator())
    photo = a_photo_at_hand(album)
    page, ticked = f"/admin/portal/album/{album.pk}/photos/", {"photo": [photo.pk]}
    chief.post(page, {**ticked, "do": "hide"})

    waits = chief.post(page, {**ticked, "do": "show"}, follow=True).content.decode()
    assert "The picture of 1 photo is being made" in waits
    assert f'<span id="picture-{photo.pk}" class="no-photo in-the-making">in the making</span>' in waits

    work_off_tasks()
    done = chief.get(page).content.decode()
    assert f'<img id="picture-{photo.pk}"' in done
    assert 'id="in-the-making" role="status" hidden' in done


def test_a_photo_whose_original_is_missing_is_told_as_that_and_shown_once_it_is_back(store):
    album, chief = an_album(licence="CC0-1.0"), signed_in(an_administrator())
    photo = a_photo_at_hand(album)
    page, ticked = f"/admin/portal/album/{album.pk}/photos/", {"photo": [photo.pk]}
    original = default_storage.open(photo.image.name).read()
    chief.post(page, {**ticked, "do": "hide"})
    default_storage.delete(photo.image.name)

    chief.post(page, {**ticked, "do": "show"})
    work_off_tasks()
    told = chief.get(page).content.decode()
    assert f'<span id="picture-{photo.pk}" class="no-photo">original missing</span>' in told
    assert "The original of 1 photo is missing from the store" in told
    assert 'id="in-the-making" role="status" hidden' in told
    assert not album.photos.free().exists()

    default_storage.save(photo.image.name, ContentFile(original))
    chief.post(page, {**ticked, "do": "show"})
    work_off_tasks()
    assert f'<img id="picture-{photo.pk}"' in chief.get(page).content.decode()
    assert album.photos.free().get() == photo


def test_a_new_cover_leaves_what_another_wrote_of_the_album(store, monkeypatch):
    album, chief = an_album(), signed_in(an_administrator())
    photo = a_photo_at_hand(album)

    def after_another_saved(given):
        Album.objects.filter(pk=album.pk).update(summary_en="Day one")
        return given

    monkeypatch.setattr("portal.admin.album_photos.keys_in", after_another_saved)
    chief.post(f"/admin/portal/album/{album.pk}/photos/", {"photo": [photo.pk], "do": "cover"})

    album.refresh_from_db()
    assert (album.cover, album.summary_en) == (photo, "Day one")


def test_what_lies_in_the_bin_is_what_was_there_when_it_was_deleted(store):
    photo = a_photo_at_hand()
    of_another = as_read_before(photo)

    describe(photo, caption_en="On stage")
    put_back(put_together_into_bin([of_another], "photos", None))

    assert as_read_before(photo).caption_en == "On stage"


def test_a_task_that_a_killed_worker_left_is_begun_anew_and_old_ones_are_forgotten(store):
    photo = a_photo_at_hand()
    hide(photo)
    show_again(photo)
    [task] = DBTaskResult.objects.ready()
    task.claim("killed")
    now = timezone.now()

    list(tend(now + timedelta(minutes=5)))
    assert not DBTaskResult.objects.ready().exists(), "it may still be at work"
    list(tend(now + timedelta(minutes=20)))
    [again] = DBTaskResult.objects.ready()
    again.set_successful(None)
    list(tend(now + timedelta(days=8)))
    assert not DBTaskResult.objects.exists()
