"""The list of all editions of all series."""

from datetime import datetime

import pytest

from tests.events.reading import read
from tests.make import SHANGHAI, a_city, a_conference, a_series, a_venue

pytestmark = pytest.mark.django_db


def held(year, title=None, **fields):
    return a_conference(
        title or f"OpenConf'{year % 100}",
        starts_at=datetime(year, 10, 28, tzinfo=SHANGHAI),
        ends_at=datetime(year, 10, 30, tzinfo=SHANGHAI),
        **fields,
    )


@pytest.mark.parametrize(("rows", "shown"), [(1, 1), (30, 24)])
def test_it_costs_eight_queries_however_many_there_are(client, django_assert_num_queries, rows, shown):
    for number in range(rows):
        held(1990 + number, city=a_city(f"City {number}"))

    with django_assert_num_queries(8):
        page = read(client, "conferences/")

    assert len(page.of_class("occasion-title")) == shown


def test_editions_stand_under_their_years_the_latest_first(client):
    for year in (2021, 2023, 2017):
        held(year)
    held(2023, "HardConf")

    page = read(client, "conferences/")

    assert page.of_class("occasions-year") == ["2023", "2021", "2017"]
    assert page.of_class("occasion-title") == ["HardConf", "OpenConf'23", "OpenConf'21", "OpenConf'17"]


def test_only_the_month_is_told_where_only_the_month_is_known(client):
    a_conference(
        "GOTC 2023",
        starts_at=datetime(2023, 5, 1, tzinfo=SHANGHAI),
        ends_at=datetime(2023, 6, 1, tzinfo=SHANGHAI),
        precision="month",
    )

    page = read(client, "conferences/", "zh-hans")

    assert page.of_class("leaf") == ["5月 2023年"]
    assert page.main.xpath(".//time/@datetime") == ["2023-05"]


def test_drafts_and_scheduled_editions_are_in_no_list(client):
    held(2023, "Announced")
    held(2024, "Draft", published_at=None)
    held(2025, "Scheduled", published_at=datetime(2100, 1, 1, tzinfo=SHANGHAI))

    page = read(client, "conferences/")

    assert page.of_class("occasion-title") == ["Announced"]
    assert "2024" not in page.text and "2025" not in page.text


def test_cancelled_postponed_and_samples_are_said(client):
    held(2020, "Called off", standing="cancelled")
    held(2021, "Later", standing="postponed")
    held(2022, "Only shown", is_sample=True)

    page = read(client, "conferences/")

    assert page.of_class("occasion") == [
        "28–29 Oct 2022 Only shown OpenConf · on site Sample",
        "28–29 Oct 2021 Later OpenConf · on site Postponed",
        "28–29 Oct 2020 Called off OpenConf · on site Cancelled",
    ]


def test_each_filter_is_a_link(client):
    openconf, hardconf = a_series("OpenConf", slug="openconf"), a_series("HardConf", slug="hardconf")
    shanghai, chengdu = a_city("Shanghai", slug="shanghai"), a_city("Chengdu", slug="chengdu")
    held(2017, series=openconf, city=shanghai)
    held(2023, series=openconf, city=chengdu, theme_zh_hans="山海相映")
    held(2023, "HardConf'23", series=hardconf, city=shanghai)

    def found(query):
        return read(client, f"conferences/?{query}").of_class("occasion-title")

    assert found("series=openconf") == ["OpenConf'23", "OpenConf'17"]
    assert found("year=2023") == ["HardConf'23", "OpenConf'23"]
    assert found("city=chengdu") == ["OpenConf'23"]
    assert found("q=山海") == ["OpenConf'23"]
    assert found("q=hardconf+shanghai") == ["HardConf'23"]
    assert found("series=openconf&city=shanghai") == ["OpenConf'17"]


def test_a_city_finds_conferences_of_which_it_had_a_venue_even_a_cancelled_one(client):
    conference = held(2021, mode="hybrid")
    a_venue(conference, "Dalian", city=a_city("Dalian", slug="dalian"))
    a_venue(conference, "Beijing", city=a_city("Beijing", slug="beijing"), standing="cancelled")

    for city in ("dalian", "beijing"):
        assert read(client, f"conferences/?city={city}").of_class("occasion-title") == ["OpenConf'21"]


def test_what_is_offered_to_filter_by_is_what_there_is(client):
    held(2023, city=a_city("Chengdu"))
    held(2024, series=a_series("Secret"), city=a_city("Hidden"), published_at=None)
    a_city("Unvisited")

    page = read(client, "conferences/")

    assert page.texts("//option") == ["All series", "OpenConf", "All years", "2023", "All cities", "Chengdu"]


@pytest.mark.parametrize("query", ["year=abc", "year=99999999999999999999", "city=nowhere", "series=%00", "series=x"])
def test_a_nonsense_choice_is_told_and_left_out(client, query):
    held(2023)

    page = read(client, f"conferences/?{query}")

    assert len(page.of_class("notice")) == 1
    assert page.of_class("occasion-title") == ["OpenConf'23"]


@pytest.mark.parametrize("number", ["999", "0", "-1", "abc"])
def test_a_nonsense_page_is_told(client, number):
    held(2023)

    page = read(client, f"conferences/?page={number}")

    assert "page" in " ".join(page.of_class("notice"))
    assert page.of_class("occasion-title") == ["OpenConf'23"]


def test_where_nothing_matches_it_says_so_and_offers_a_way_out(client):
    held(2023)

    page = read(client, "conferences/?q=nothing-is-called-this")

    assert "No conference matches" in page.text
    assert "/en/conferences/" in page.links


def test_a_long_list_has_pages_that_keep_the_filters(client):
    series = a_series(slug="openconf")
    for year in range(1990, 2020):
        held(year, series=series)

    page = read(client, "conferences/?series=openconf")
    assert len(page.of_class("occasion-title")) == 24
    assert "?series=openconf&page=2" in page.links

    rest = read(client, "conferences/?series=openconf&page=2")
    assert len(rest.of_class("occasion-title")) == 6


def test_what_the_filters_offer_is_read_once_whatever_is_asked_for(client, page_store, django_assert_num_queries):
    a_conference(series=a_series("COSCon", slug="coscon"))
    read(client, "conferences/")

    with django_assert_num_queries(1):  # the page
        read(client, "conferences/")
    with django_assert_num_queries(3):  # how many, and the series
        page = read(client, "conferences/?series=coscon")

    assert "COSCon" in page.texts("//select[@name='series']/option[@selected]")
