"""The list of albums."""

from datetime import date

import pytest

from tests.events.reading import read
from tests.make import a_city, a_conference, a_meetup, a_person, a_photo, an_album

pytestmark = pytest.mark.django_db


def found(client, query):
    return read(client, f"photos/?{query}").of_class("card-title")


def test_each_filter_is_a_link(client):
    chengdu = a_city("Chengdu", slug="chengdu")
    conference = a_conference("OpenConf", slug="openconf", city=chengdu)
    an_album("Day one", occasion=conference, taken_on=date(2023, 10, 28))
    an_album("Lunch", occasion=a_meetup(slug="lunch"), taken_on=date(2021, 5, 1), credit_en="Ming's phone")
    an_album("By Hong", taken_on=date(2021, 6, 1), photographer=a_person("Hong", slug="hong"))

    assert found(client, "") == ["Day one", "By Hong", "Lunch"]
    assert found(client, "occasion=openconf") == ["Day one"]
    assert found(client, "city=chengdu") == ["Day one"]
    assert found(client, "year=2021") == ["By Hong", "Lunch"]
    assert found(client, "photographer=hong") == ["By Hong"]
    assert found(client, "q=phone") == ["Lunch"]
    assert found(client, "year=2021&q=openconf") == []


def test_a_conference_and_a_meetup_of_one_address_are_both_found(client):
    an_album("Large", occasion=a_conference(slug="chengdu-2023"))
    an_album("Small", occasion=a_meetup(slug="chengdu-2023"))

    assert sorted(found(client, "occasion=chengdu-2023")) == ["Large", "Small"]


@pytest.mark.parametrize("query", ["year=soon", "city=%00", "occasion=none", "photographer=nobody", "page=99"])
def test_nonsense_is_told_and_left_out(client, query):
    an_album("Day one", taken_on=date(2023, 10, 28))

    page = read(client, f"photos/?{query}")

    assert len(page.of_class("notice")) == 1
    assert page.of_class("card-title") == ["Day one"]


def test_where_nothing_matches_there_is_a_way_out(client):
    page = read(client, "photos/?q=nothing-is-called-this")

    assert "No album matches" in page.text
    assert "/en/photos/" in page.links


def test_drafts_are_neither_listed_nor_offered(client):
    an_album("Secret album", published_at=None, taken_on=date(2020, 1, 1))
    an_album("Open album", occasion=a_conference("Secret conference", published_at=None))

    page = read(client, "photos/")

    assert page.of_class("card-title") == ["Open album"]
    assert "Secret" not in page.text and "2020" not in page.text


def test_photos_are_counted(client):
    album = an_album("Day one")
    for _photo in range(3):
        a_photo(album)

    assert "3 photos" in read(client, "photos/").of_class("card-date")[0]


@pytest.mark.parametrize(("rows", "shown"), [(1, 1), (30, 24)])
def test_it_costs_twelve_queries_however_many_there_are(client, django_assert_num_queries, rows, shown):
    for number in range(rows):
        occasion = a_conference(city=a_city(f"City {number}"))
        album = an_album(occasion=occasion, photographer=a_person(f"P {number}"), taken_on=date(1990 + number, 1, 1))
        a_photo(album, key=f"{number:032}", widths=[640], fallback="jpeg")

    with django_assert_num_queries(12):
        page = read(client, "photos/")

    assert len(page.of_class("card-title")) == shown
