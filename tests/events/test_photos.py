"""The albums of a conference."""

import pytest

from tests.events.reading import read
from tests.make import a_conference, a_photo, an_album

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("rows", [1, 30])
def test_it_costs_seven_queries(client, django_assert_num_queries, rows):
    conference = a_conference(slug="openconf-2023")
    for _number in range(rows):
        a_photo(an_album(occasion=conference))

    with django_assert_num_queries(7):
        page = read(client, "conferences/openconf-2023/photos/")

    assert len(page.of_class("card")) == rows


def test_albums_are_told_with_their_credit_and_a_drawn_cover_where_no_photo_is_at_hand(client):
    conference = a_conference(slug="openconf-2023")
    a_photo(an_album("Day one", slug="day-one", occasion=conference, credit_en="Photo team"))
    an_album("Unsorted", occasion=conference, published_at=None)
    an_album("Of another occasion")

    page = read(client, "conferences/openconf-2023/photos/")

    assert page.of_class("card-body") == ["1 photo Day one Photo team"]
    assert page.main.xpath("string(.//img/@src)").startswith("/posters/")
    assert "/en/photos/day-one/" in page.links


def test_a_conference_without_photos_says_so(client):
    a_conference(slug="openconf-2023")

    assert "Nothing is recorded here" in read(client, "conferences/openconf-2023/photos/").text


def test_a_draft_has_no_photos(client):
    a_conference(slug="draft", published_at=None)

    read(client, "conferences/draft/photos/", status=404)
