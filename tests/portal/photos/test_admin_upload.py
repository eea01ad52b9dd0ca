"""The album's page in the admin: one file a request, whose album it must be, and many photos described at once."""

import threading

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from lxml import html

from portal import uploads
from portal.admin import uploading
from portal.photos import hide
from tests.make import a_chapter, a_meetup, a_person, a_photo_at_hand, an_album
from tests.organizers import a_lead, a_translator, an_editor, signed_in
from tests.portal.photos.storing import stored_names
from tests.portal.pictures import a_file
from tests.tasks import work_off_tasks

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]

JSON = {"headers": {"Accept": "application/json"}}


def page_of(album, page=""):
    return f"/admin/portal/album/{album.pk}/photos/{page}"


def a_sent_file(name="DSC_1.jpg", data=None):
    return {"file": SimpleUploadedFile(name, a_file().getvalue() if data is None else data)}


def send(client, album, **file):
    return client.post(page_of(album, "upload/"), a_sent_file(**file), **JSON)


def test_a_file_is_put_up_and_the_same_file_is_known(store):
    client, album = signed_in(an_editor()), an_album()

    first, second = send(client, album), send(client, album)

    assert (first.status_code, second.status_code) == (201, 200)
    assert second.json()["photo"] == first.json()["photo"] == album.photos.get().pk
    assert client.get(page_of(album, "known/")).json() == {"sha256": [album.photos.get().sha256]}


def test_a_bad_file_is_refused_by_name_with_the_reason(store):
    answer = send(signed_in(an_editor()), an_album(), name="evil.jpg", data=b"<html>")

    assert answer.status_code == 422
    assert answer.json() == {"file": "evil.jpg", "reason": "This is a web page or an SVG drawing, not a photo."}


def test_the_plain_form_works_without_script(store):
    client, album = signed_in(an_editor()), an_album()

    answer = client.post(page_of(album, "upload/"), a_sent_file(), follow=True)

    assert answer.redirect_chain == [(page_of(album), 302)]
    assert [str(message) for message in answer.context["messages"]] == ["The photo is in the album."]
    answer = client.post(page_of(album, "upload/"), follow=True)
    assert [str(message) for message in answer.context["messages"]] == ["Choose a file."]


def test_every_door_of_an_album_is_closed_to_others(store):
    chapter = a_chapter()
    album = an_album(occasion=a_meetup(chapters=[chapter]))
    photo = a_photo_at_hand(album)
    original = f"/admin/portal/photo/{photo.pk}/original/"
    doors = [page_of(album), page_of(album, "known/"), original]

    for stranger in (a_lead(a_chapter()), a_translator()):
        client = signed_in(stranger)
        assert {client.get(door).status_code for door in doors} == {404}
        assert send(client, album).status_code == 404
        assert client.post(page_of(album), {"photo": photo.pk, "do": "delete"}).status_code == 404
    lead = signed_in(a_lead(chapter))
    assert {lead.get(door).status_code for door in doors} == {200}
    assert send(lead, album).status_code == 201


def test_a_photo_of_another_album_is_not_touched(store):
    chapter = a_chapter()
    mine, foreign = an_album(occasion=a_meetup(chapters=[chapter])), a_photo_at_hand()

    signed_in(a_lead(chapter)).post(page_of(mine), {"photo": foreign.pk, "do": "delete"})

    foreign.refresh_from_db()


def test_a_busy_server_says_when_to_come_back(store, monkeypatch):
    turns = threading.BoundedSemaphore(1)
    monkeypatch.setattr(uploading, "_turns", turns)

    with turns:
        answer = send(signed_in(an_editor()), an_album())

    assert (answer.status_code, answer["Retry-After"]) == (503, "2")


def test_a_request_that_states_too_much_is_refused_before_it_is_written(store, monkeypatch):
    monkeypatch.setattr(uploads, "MOST_BYTES", 100)

    assert send(signed_in(an_editor()), an_album()).status_code in (400, 413)
    assert stored_names() == set()


def test_many_photos_are_described_at_once(store):
    album, ming = an_album(), a_person("Ming")
    first, second, other = (a_photo_at_hand(album, caption_en="As it was") for _photo in range(3))
    said = {"photo": [first.pk, second.pk], "do": "describe", "caption_zh_hans": "合影", "people": [ming.pk]}

    signed_in(an_editor()).post(page_of(album), {**said, "licence": "CC-BY-4.0", "credit": "Hong"})

    for photo in (first, second):
        photo.refresh_from_db()
        assert (photo.caption_zh_hans, photo.caption_en, photo.licence) == ("合影", "As it was", "CC-BY-4.0")
        assert (photo.credit_zh_hans, photo.credit_en, list(photo.people.all())) == ("Hong", "Hong", [ming])
    other.refresh_from_db()
    assert (other.caption_zh_hans or "", other.licence) == ("", "")


def test_photos_move_to_another_album_of_the_occasion_only(store):
    meetup = a_meetup()
    album, forum, elsewhere = an_album(occasion=meetup), an_album(occasion=meetup), an_album()
    photo, client = a_photo_at_hand(album), signed_in(an_editor())

    client.post(page_of(album), {"photo": photo.pk, "do": "describe", "album": elsewhere.pk})
    photo.refresh_from_db()
    assert photo.album == album

    client.post(page_of(album), {"photo": photo.pk, "do": "describe", "album": forum.pk})
    photo.refresh_from_db()
    assert photo.album == forum


def test_a_cover_is_chosen_photos_are_hidden_and_shown(store, django_capture_on_commit_callbacks):
    album, client = an_album(), signed_in(an_editor())
    photo = a_photo_at_hand(album)

    client.post(page_of(album), {"photo": photo.pk, "do": "cover"})
    album.refresh_from_db()
    assert album.cover == photo

    with django_capture_on_commit_callbacks(execute=True):
        client.post(page_of(album), {"photo": photo.pk, "do": "hide"})
    assert stored_names() == {photo.image.name}

    client.post(page_of(album), {"photo": photo.pk, "do": "show"})
    work_off_tasks()
    assert len(stored_names()) == 3


def test_a_hidden_photo_can_be_looked_at_where_it_is_ticked(store):
    """Its picture is decoded for it alone, and only for who opens it: it lies in a closed detail."""
    album, client = an_album(), signed_in(an_editor())
    a_photo_at_hand(album), hide(hidden := a_photo_at_hand(album))

    page = html.fromstring(client.get(page_of(album)).content)

    [look] = page.xpath("//ul[@class='photo-choice']//details//img[@loading='lazy']/@src")
    assert look == f"/admin/portal/photo/{hidden.pk}/look/"
    assert client.get(look)["Content-Type"] == "image/webp"


def test_each_photo_to_tick_has_a_name(folder):
    """A picture without words says nothing to who does not see it."""
    album = an_album("Day one")
    photos = [a_photo_at_hand(album, caption_en="On stage"), a_photo_at_hand(album)]

    page = html.fromstring(signed_in(an_editor()).get(page_of(album)).content)

    assert page.xpath("//input[@name='photo']/@aria-label") == ["On stage", f"Day one {photos[1].pk}"]


def test_nothing_ticked_changes_nothing(store):
    album = an_album()
    answer = signed_in(an_editor()).post(page_of(album), {"do": "delete"}, follow=True)

    assert [str(message) for message in answer.context["messages"]] == ["Nothing was ticked, so nothing was changed."]


@pytest.mark.parametrize("rows", [1, 30])
def test_the_page_costs_the_same_however_many_photos_there_are(folder, rows, django_assert_max_num_queries):
    album, client = an_album(), signed_in(an_editor())
    for _photo in range(rows):
        a_photo_at_hand(album)

    with django_assert_max_num_queries(16):
        page = client.get(page_of(album)).content.decode()

    assert page.count('type="checkbox" name="photo"') == rows
