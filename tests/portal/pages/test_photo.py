"""One photo between its neighbours."""

import pytest

from tests.events.reading import read
from tests.make import a_person, a_photo, a_photo_at_hand, an_album

pytestmark = pytest.mark.django_db


def page_of(client, photo):
    return read(client, f"photos/{photo.album.slug}/{photo.pk}/")


def test_a_photo_that_is_not_at_hand_says_so_and_where_it_is(client):
    album = an_album(source_url="https://report.example/photos")

    page = page_of(client, a_photo(album))

    assert "This photo cannot be shown right now" in page.of_class("notice")[0]
    assert "https://report.example/photos" in page.links


def test_a_photo_at_hand_is_shown_and_shared(client):
    photo = a_photo_at_hand(alt_en="People in a hall", caption_en="The hall")

    page = page_of(client, photo)

    [picture] = page.main.xpath(".//figure//img")
    assert picture.get("src") == photo.rendition_url(1280)
    assert picture.get("alt") == "People in a hall"
    assert page.tree.xpath("//meta[@property='og:image']/@content") == [f"http://testserver{photo.rendition_url(1280)}"]
    assert page.of_class("notice") == []


def test_its_own_credit_goes_before_the_albums(client):
    album = an_album(credit_en="The album's", photographer=a_person("Hong"), licence="CC0-1.0")
    own = a_photo(album, credit_en="Its own", photographer=a_person("Ming"), licence="CC-BY-4.0")

    assert page_of(client, own).of_class("photo-credit") == ["Photos: Ming Its own Licence: CC BY 4.0"]
    assert page_of(client, a_photo(album)).of_class("photo-credit") == ["Photos: Hong The album's Licence: CC0 1.0"]


def test_one_can_walk_through_the_album(client):
    album = an_album(slug="day-one")
    first, middle, last = (a_photo(album, position=position) for position in range(3))

    page = page_of(client, middle)

    assert page.main.xpath(".//a[@rel='prev']/@href") == [f"/en/photos/day-one/{first.pk}/"]
    assert page.main.xpath(".//a[@rel='next']/@href") == [f"/en/photos/day-one/{last.pk}/"]
    assert "2 of 3" in page.of_class("pagination")[0]
    assert page_of(client, first).main.xpath(".//a[@rel='prev']") == []
    assert page_of(client, last).main.xpath(".//a[@rel='next']") == []


def test_who_is_in_it_is_named_unless_their_profile_is_a_draft(client):
    photo = a_photo()
    photo.people.add(a_person("Ming"), a_person("Hidden", published_at=None))

    page = page_of(client, photo)

    assert "In the photo: Ming" in page.text
    assert "Hidden" not in page.text


def test_a_photo_of_another_album_is_not_there(client):
    read(client, f"photos/{an_album().slug}/{a_photo().pk}/", status=404)


def test_a_photo_of_a_draft_album_is_not_there(client):
    photo = a_photo(an_album(published_at=None))

    read(client, f"photos/{photo.album.slug}/{photo.pk}/", status=404)
