"""One series through the years."""

from datetime import datetime

import pytest

from events.models import Organizing
from tests.events.reading import read
from tests.make import SHANGHAI, a_conference, a_person, a_series, an_organization

pytestmark = pytest.mark.django_db


def an_edition(series, year, **fields):
    starts, ends = datetime(year, 10, 28, tzinfo=SHANGHAI), datetime(year, 10, 30, tzinfo=SHANGHAI)
    return a_conference(f"OpenConf'{year % 100:02}", series=series, starts_at=starts, ends_at=ends, **fields)


@pytest.mark.parametrize("rows", [1, 30])
def test_it_costs_six_queries_however_many_editions_there_are(client, django_assert_num_queries, rows):
    series = a_series(slug="openconf")
    for number in range(rows):
        an_edition(series, 1995 + number)

    with django_assert_num_queries(6):
        page = read(client, "conferences/series/openconf/")

    assert len(page.of_class("card-title")) == rows


def test_it_tells_what_it_is_who_hosts_it_and_its_editions_the_latest_first(client):
    host = an_organization("Open Body", slug="open-body")
    series = a_series("OpenConf", slug="openconf", full_name_en="The Open Conference", organization=host)
    an_edition(series, 2017)
    an_edition(series, 2023)
    an_edition(series, 2024, published_at=None)

    page = read(client, "conferences/series/openconf/")

    assert page.texts("//h1") == ["OpenConf"]
    assert "The Open Conference" in page.text
    assert "/en/organizations/open-body/" in page.links
    assert page.of_class("card-title") == ["OpenConf'23", "OpenConf'17"]
    assert "accent-openconf" in page.tree.body.get("class")


def test_organizers_are_shown_unless_they_would_rather_not_be(client):
    series = a_series(slug="openconf")
    an_edition(series, 2023)
    Organizing.objects.create(series=series, person=a_person("Ming"))
    Organizing.objects.create(series=series, person=a_person("Hong"), is_public=False)

    page = read(client, "conferences/series/openconf/")

    assert page.of_class("person-name") == ["Ming"]


def test_a_series_without_a_public_edition_is_not_there(client):
    an_edition(a_series(slug="openconf"), 2023, published_at=None)

    read(client, "conferences/series/openconf/", status=404)


def test_a_former_address_leads_to_the_series(client):
    series = a_series(slug="openconf")
    an_edition(series, 2023)
    series.slug = "open-conference"
    series.save()

    answer = client.get("/en/conferences/series/openconf/")

    assert (answer.status_code, answer.headers["Location"]) == (301, "/en/conferences/series/open-conference/")
