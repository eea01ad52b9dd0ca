"""The list of meetups."""

from datetime import datetime, timedelta
from functools import partial
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from portal.listing import Listing
from tests.events.reading import read
from tests.make import SHANGHAI, a_chapter, a_city, a_meetup

pytestmark = pytest.mark.django_db


def met(year, title, **fields):
    return a_meetup(title, starts_at=datetime(year, 10, 21, 12, 0, tzinfo=SHANGHAI), **fields)


def found(client, query):
    return read(client, f"meetups/?{query}").of_class("occasion-title")


def test_meetups_stand_under_their_years_the_latest_first(client):
    met(2021, "Older")
    met(2023, "Newer", city=a_city("Chengdu"), chapters=[a_chapter("KCC Chengdu")])

    page = read(client, "meetups/")

    assert page.of_class("occasions-year") == ["2023", "2021"]
    assert page.of_class("occasion")[0] == "21 Oct 2023 Newer KCC Chengdu · Chengdu · on site"


def test_of_what_is_ahead_the_next_stands_first(client):
    now = timezone.now()
    met(2023, "Past")
    a_meetup("In a month", starts_at=now + timedelta(days=30))
    a_meetup("Next week", starts_at=now + timedelta(days=7))

    page = read(client, "meetups/")

    assert page.of_class("occasions-year") == ["Coming up", "2023"]
    assert page.of_class("occasion-title") == ["Next week", "In a month", "Past"]


def test_of_more_that_is_ahead_than_fits_on_a_page_the_next_stands_first_too(client, monkeypatch):
    now = timezone.now()
    for days in (1, 2, 3, -1, -2, -3):
        a_meetup(f"Day {days}", starts_at=now + timedelta(days=days))
    monkeypatch.setattr("meetups.views.Listing", partial(Listing, per_page=2))

    pages = [read(client, f"meetups/?page={number}").of_class("occasion-title") for number in (1, 2, 3)]

    assert pages == [["Day 1", "Day 2"], ["Day 3", "Day -1"], ["Day -2", "Day -3"]]
    assert found(client, "q=day&page=2") == ["Day 3", "Day -1"]


def test_each_filter_is_a_link(client):
    chengdu, changsha = a_city("Chengdu", slug="chengdu"), a_city("Changsha", slug="changsha")
    here, there = a_chapter("KCC Chengdu", slug="kcc-chengdu"), a_chapter("KCC Changsha", slug="kcc-changsha")
    met(2021, "Lunch", chapters=[here], city=chengdu, place_zh_hans="少灏厅")
    met(2023, "Night market", chapters=[there], city=changsha)
    met(2023, "Both", chapters=[here, there])

    assert found(client, "chapter=kcc-chengdu") == ["Both", "Lunch"]
    assert found(client, "city=changsha") == ["Night market"]
    assert found(client, "year=2023") == ["Both", "Night market"]
    assert found(client, "q=少灏") == ["Lunch"]
    assert found(client, "q=night+changsha") == ["Night market"]
    assert found(client, "chapter=kcc-chengdu&year=2023") == ["Both"]


def test_each_meetup_belongs_to_the_year_of_its_own_clock(client):
    """The community goes by Shanghai."""
    new_york, auckland = ZoneInfo("America/New_York"), ZoneInfo("Pacific/Auckland")
    a_meetup("Late", starts_at=datetime(2023, 12, 31, 23, 0, tzinfo=new_york), time_zone=new_york.key)
    a_meetup("Noon", starts_at=datetime(2024, 1, 1, 9, 0, tzinfo=SHANGHAI))
    a_meetup("Early", starts_at=datetime(2023, 1, 1, 0, 30, tzinfo=auckland), time_zone=auckland.key)

    assert found(client, "year=2023") == ["Late", "Early"]
    assert found(client, "year=2024") == ["Noon"]
    page = read(client, "meetups/")
    assert page.of_class("occasions-year") == ["2024", "2023"]
    assert page.texts("//select[@name='year']/option") == ["All years", "2024", "2023"]
    told = client.get("/api/v1/meetups/?year=2023").json()
    assert [row["title"]["en"] for row in told["results"]] == ["Late", "Early"]


@pytest.mark.parametrize("query", ["year=soon", "chapter=none", "city=%00", "page=0"])
def test_nonsense_is_told_and_left_out(client, query):
    met(2023, "Lunch")

    page = read(client, f"meetups/?{query}")

    assert len(page.of_class("notice")) == 1
    assert page.of_class("occasion-title") == ["Lunch"]


def test_the_told_nonsense_names_what_was_asked_for(client):
    met(2023, "Lunch")

    assert read(client, "meetups/?year=soon").of_class("notice") == [
        "Year “soon” is not one of the choices, and was ignored."
    ]


def test_where_nothing_matches_there_is_a_way_out(client):
    page = read(client, "meetups/?q=nothing-is-called-this")

    assert "No meetup matches" in page.text
    assert "/en/meetups/" in page.links


def test_drafts_are_neither_listed_nor_offered(client):
    met(2019, "Secret meetup", published_at=None, city=a_city("Secret city"))
    met(2023, "Lunch", chapters=[a_chapter("Secret chapter", published_at=None)])

    page = read(client, "meetups/")

    assert page.of_class("occasion-title") == ["Lunch"]
    assert "Secret" not in page.text and "2019" not in page.text


def test_cancelled_postponed_and_samples_are_said(client):
    met(2020, "Called off", standing="cancelled")
    met(2021, "Later", standing="postponed")
    met(2022, "Only shown", is_sample=True)

    tags = read(client, "meetups/").of_class("tags")

    assert tags == ["Sample", "Postponed", "Cancelled"]


@pytest.mark.parametrize(("rows", "shown"), [(1, 1), (30, 24)])
def test_it_costs_eleven_queries_however_many_there_are(client, django_assert_num_queries, rows, shown):
    for number in range(rows):
        met(1990 + number, f"Meetup {number}", city=a_city(f"City {number}"))

    with django_assert_num_queries(11):
        page = read(client, "meetups/")

    assert len(page.of_class("occasion-title")) == shown


def test_a_chapter_without_a_name_in_this_language_is_offered_by_its_other_name(client):
    a_meetup(chapters=[a_chapter("", name_zh_hans="长沙", slug="changsha", city=a_city("Changsha"))])

    page = read(client, "meetups/?chapter=changsha")

    assert page.texts("//select[@name='chapter']/option") == ["All hosts", "长沙"]
    assert page.main.xpath("//select[@name='chapter']/option[@selected]/@value") == ["changsha"]


def test_what_the_filters_offer_is_read_once_a_generation_and_is_the_same_for_whoever_filters(client, page_store):
    chengdu = a_chapter("Chengdu", slug="chengdu")
    met(2023, "Lunch", chapters=[chengdu])
    read(client, "meetups/")

    met(2024, "Dinner", chapters=[a_chapter("Changsha", slug="changsha")])
    page = read(client, "meetups/?chapter=chengdu")

    assert page.texts("//select[@name='chapter']/option") == ["All hosts", "Chengdu"]
    assert page.texts("//select[@name='chapter']/option[@selected]") == ["Chengdu"]
    page_store.begin_generation()
    assert "Changsha" in read(client, "meetups/").texts("//select[@name='chapter']/option")
