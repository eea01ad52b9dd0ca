"""“Please take this photo down”: asked without an account; removed means removed; nobody's data stay."""

import io

import pytest
from django.contrib.auth.models import User
from django.core import mail, signing
from django.core.files.storage import default_storage
from PIL import Image
from post_office.models import Email

from portal.images import BadImage
from portal.models import Community, Photo, Takedown
from portal.photos import hide, put_up
from portal.signup_forms import SALT
from portal.takedowns import AlreadyDecided, ask_for, keep, remove
from tests.events.reading import Read, read
from tests.make import a_chapter, a_meetup, a_photo_at_hand, an_album
from tests.organizers import a_lead, signed_in
from tests.portal.photos.storing import stored_names
from tests.portal.pictures import a_file
from tests.tasks import work_off_tasks

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


def community(**fields):
    return Community.objects.create(name_en="Us", word_for_chapter_en="c", word_for_chapters_en="cs", **fields)


def asked(photo, **told):
    told = {"reason": "shown", "message": "That is me", "email": "ming@example.org", "language": "en", **told}
    return ask_for(photo, **told)


def committed(capture):
    """Run what waits for the commit, since a test never commits."""
    return capture(execute=True)


def every_address(photo):
    """All addresses that ever lead to a photo, in any width and format."""
    page = f"/en/photos/{photo.album.slug}/{photo.pk}/"
    files = [f"/media/{name}" for name in [photo.image.name, *photo.rendition_names()]]
    return [page, f"{page}download/", f"{page}takedown/", *files]


@pytest.fixture
def slow_reader(monkeypatch):
    """The form was opened long enough ago for a person to read it."""
    monkeypatch.setattr("portal.signup_forms.FASTEST", -1)


def test_one_asks_on_a_page_of_its_own_and_the_photo_is_gone_at_once(
    store, client, slow_reader, django_capture_on_commit_callbacks
):
    photo = a_photo_at_hand()
    renditions = photo.rendition_names()
    opened = signing.TimestampSigner(salt=SALT).sign("opened")
    form = {"reason": "shown", "message": "That is me", "email": "", "website": "", "opened": opened}

    with committed(django_capture_on_commit_callbacks):
        answer = client.post(f"{photo.get_absolute_url()}takedown/".replace("zh-hans", "en"), form)

    assert (answer.status_code, answer["Location"]) == (302, "/en/photos/takedown/asked/")
    photo.refresh_from_db()
    assert photo.hidden_at
    assert not stored_names() & set(renditions)
    assert Takedown.objects.get().message == "That is me"
    read(client, f"photos/{photo.album.slug}/{photo.pk}/", status=404)


def test_who_asks_while_the_photo_is_deleted_is_told_that_nothing_is_left(store, client, slow_reader, monkeypatch):
    photo = a_photo_at_hand()

    def delete_first(found, **told):
        Photo.objects.get(pk=found.pk).delete()
        return ask_for(found, **told)

    monkeypatch.setattr("portal.views.takedowns.ask_for", delete_first)
    form = {"reason": "shown", "opened": signing.TimestampSigner(salt=SALT).sign("opened")}
    answer = client.post(f"/en/photos/{photo.album.slug}/{photo.pk}/takedown/", form)

    assert answer.status_code == 410
    assert "There is nothing left to take down." in answer.content.decode()
    assert not Takedown.objects.exists()


def test_a_photo_that_goes_between_two_questions_is_not_there(store, client, monkeypatch):
    photo = a_photo_at_hand()
    monkeypatch.setattr("portal.albums.keys_of", lambda album: [photo.pk, photo.pk + 1])
    hide(photo)

    for key in (photo.pk, photo.pk + 1):
        read(client, f"photos/{photo.album.slug}/{key}/", status=404)


def test_a_network_does_not_flood_organizers(store, client, slow_reader, monkeypatch):
    community(takedown_hides_at_once=False)
    monkeypatch.setattr("portal.limits.PER_NETWORK", 2)
    photo = a_photo_at_hand()
    form = {"reason": "shown", "opened": signing.TimestampSigner(salt=SALT).sign("opened")}

    for number in range(3):
        client.post(f"{photo.get_absolute_url()}takedown/", {**form, "email": f"ming{number}@example.org"})

    assert Takedown.objects.count() == 2


def test_where_organizers_want_to_look_first_the_photo_stays(store):
    community(takedown_hides_at_once=False)
    photo = a_photo_at_hand()

    asked(photo)

    photo.refresh_from_db()
    assert photo.hidden_at is None


def test_the_form_asks_for_a_reason_and_is_never_kept(store, client, slow_reader):
    photo = a_photo_at_hand()

    page = read(client, f"photos/{photo.album.slug}/{photo.pk}/takedown/")

    assert "no-store" in page.response["Cache-Control"]
    answer = client.post(f"/en/photos/{photo.album.slug}/{photo.pk}/takedown/", {"reason": ""})
    assert answer.status_code == 200 and Takedown.objects.count() == 0
    assert "<title>Please correct: " in answer.content.decode()


def test_removed_means_removed(store, client, django_capture_on_commit_callbacks):
    photo = a_photo_at_hand(an_album(licence="CC0-1.0"), caption_en="Ming on stage")
    photo.album.cover = photo
    photo.album.save()
    addresses = every_address(photo)
    assert {client.get(address).status_code for address in addresses} <= {200, 404}
    user = User.objects.create(username="editor")

    with committed(django_capture_on_commit_callbacks):
        remove(asked(photo), user)

    assert {client.get(address).status_code for address in addresses} <= {404, 410}
    assert stored_names() == set()
    assert not Photo.objects.filter(pk=photo.pk).exists()
    assert not Photo.history.filter(id=photo.pk).exists()


def test_addresses_from_before_it_was_hidden_are_gone_too(store, client, django_capture_on_commit_callbacks):
    photo = a_photo_at_hand()
    addresses = every_address(photo)

    with committed(django_capture_on_commit_callbacks):
        remove(asked(photo), None)

    assert {client.get(address).status_code for address in addresses} <= {404, 410}


def test_the_log_keeps_what_was_done_and_not_by_whose_wish(store):
    photo, user = a_photo_at_hand(), User.objects.create(username="editor")
    takedown = asked(photo)

    remove(takedown, user)

    takedown.refresh_from_db()
    assert (takedown.state, takedown.number, takedown.decided_by) == ("removed", photo.pk, user)
    assert (takedown.message, takedown.email, takedown.photo) == ("", "", None)


def test_whoever_left_an_address_is_told(store):
    photo = a_photo_at_hand(an_album("Day one"))
    remove(asked(photo, language="en"), None)
    keep(asked(a_photo_at_hand(), email=""), None)

    [told] = Email.objects.all()
    assert told.to == ["ming@example.org"]
    assert told.subject == "The photo you wrote about: Day one"
    assert "has been removed" in told.message
    assert mail.outbox == []


def test_the_same_file_is_not_put_up_again(store):
    upload = a_file()
    photo = put_up(an_album(), upload)
    remove(asked(photo), None)

    with pytest.raises(BadImage, match="taken down because somebody asked"):
        put_up(an_album(), upload)


def test_a_photo_that_is_kept_is_shown_again_and_may_be_put_up(store):
    upload = a_file()
    photo = put_up(an_album(), upload)

    keep(asked(photo), None)
    work_off_tasks()

    photo.refresh_from_db()
    assert photo.hidden_at is None and photo.key
    assert put_up(an_album(), upload)


def test_a_kept_photo_stays_hidden_while_somebody_else_waits(store):
    photo = a_photo_at_hand()
    first, second = asked(photo), asked(photo)

    keep(first, None)

    photo.refresh_from_db()
    assert photo.hidden_at

    remove(second, None)
    with pytest.raises(AlreadyDecided):
        keep(first, None)


def test_all_who_asked_are_answered_by_one_removal(store):
    photo = a_photo_at_hand()
    first = asked(photo)
    asked(photo, email="hong@example.org")

    remove(first, None)

    assert Takedown.objects.open().count() == 0
    assert {address for told in Email.objects.all() for address in told.to} == {"ming@example.org", "hong@example.org"}


def test_who_may_edit_the_album_decides_and_nobody_else(store, django_capture_on_commit_callbacks):
    chapter = a_chapter()
    photo = a_photo_at_hand(an_album(occasion=a_meetup(chapters=[chapter])))
    with committed(django_capture_on_commit_callbacks):
        takedown = asked(photo)
    page, decision = "/admin/portal/album/takedowns/", {"takedown": takedown.pk, "do": "remove"}
    stranger, lead = signed_in(a_lead(a_chapter())), signed_in(a_lead(chapter))

    assert list(stranger.get(page).context["open"]) == []
    assert stranger.post(page, decision).status_code == 404
    assert stranger.post(page, {"takedown": "x"}).status_code == 404
    assert list(lead.get(page).context["open"]) == [takedown]

    with committed(django_capture_on_commit_callbacks):
        lead.post(page, decision)

    assert list(Takedown.objects.removed()) == [takedown]
    assert stored_names() == set()
    assert lead.post(page, decision).status_code == 302, "decided already: told, no error"


def test_who_decides_sees_the_hidden_photo_and_nobody_else(store, client, django_capture_on_commit_callbacks):
    chapter = a_chapter()
    photo = a_photo_at_hand(an_album(occasion=a_meetup(chapters=[chapter])))
    with committed(django_capture_on_commit_callbacks):
        asked(photo)
    stored, lead = stored_names(), signed_in(a_lead(chapter))

    [image] = Read(lead.get("/admin/portal/album/takedowns/")).main.xpath(".//img/@src")
    look = lead.get(image)

    assert Image.open(io.BytesIO(look.content)).size == (photo.width, photo.height)
    assert "no-store" in look["Cache-Control"]
    assert signed_in(a_lead(a_chapter())).get(image).status_code == 404
    assert client.get(image).status_code == 302
    assert stored_names() == stored

    default_storage.delete(photo.image.name)
    assert lead.get(image).status_code == 404
