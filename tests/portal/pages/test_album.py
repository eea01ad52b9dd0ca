"""An album with its photos."""

import pytest

from tests.events.reading import read
from tests.make import a_conference, a_person, a_photo, an_album

pytestmark = pytest.mark.django_db


def page_of(client, album, query=""):
    return read(client, f"photos/{album.slug}/{query}")


def test_credit_licence_source_and_occasion_are_named(client):
    album = an_album(
        "Day one",
        occasion=a_conference("OpenConf", slug="openconf"),
        photographer=a_person("Hong"),
        credit_en="The community's photo group",
        licence="CC-BY-4.0",
        source_url="https://report.example/photos",
    )

    page = page_of(client, album)

    [credit] = page.of_class("photo-credit")
    assert "Photos: Hong" in credit
    assert "The community's photo group" in credit
    assert "Licence: CC BY 4.0" in credit
    assert "https://report.example/photos" in page.links
    assert "/en/conferences/openconf/" in page.links


def test_a_photo_that_is_not_at_hand_has_a_drawn_cover_in_its_place(client):
    a_photo(album := an_album(), caption_en="The hall")

    page = page_of(client, album)

    [picture] = page.main.xpath(".//figure[contains(@class, 'photo')]//img")
    assert picture.get("alt") == "The hall"
    assert client.get(picture.get("src"))["Content-Type"] == "image/svg+xml"


def test_an_occasion_that_is_a_draft_is_not_named(client):
    album = an_album("Day one", occasion=a_conference("Secret conference", published_at=None))

    assert "Secret" not in page_of(client, album).response.content.decode()


def test_an_album_without_photos_says_so(client):
    assert "The photos of this album are not here yet" in page_of(client, an_album()).text


def test_a_draft_album_is_not_there(client):
    read(client, f"photos/{an_album(published_at=None).slug}/", status=404)


def test_a_page_that_is_not_there_is_told(client):
    a_photo(album := an_album())

    assert page_of(client, album, "?page=7").of_class("notice") == ["There is no page 7; this is page 1."]


@pytest.mark.parametrize("rows", [1, 30])
def test_it_costs_as_many_queries_however_many_photos_there_are(client, django_assert_num_queries, rows):
    album = an_album(occasion=a_conference())
    for _photo in range(rows):
        a_photo(album)

    with django_assert_num_queries(10):
        page = page_of(client, album)

    assert len(page.of_class("photo")) == rows
