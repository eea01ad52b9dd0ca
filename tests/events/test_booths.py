"""The stands of the bazaar and the exhibition."""

import pytest

from tests.events.reading import read
from tests.make import a_booth, a_conference, a_venue, an_organization

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("rows", [1, 30])
def test_it_costs_four_queries(client, django_assert_num_queries, rows):
    conference = a_conference(slug="openconf-2023")
    for _number in range(rows):
        a_booth(conference, organization=an_organization(), venue=a_venue(conference))

    with django_assert_num_queries(4):
        page = read(client, "conferences/openconf-2023/booths/")

    assert len(page.of_class("result")) == rows


def test_stands_are_told_by_kind_with_whose_they_are_and_where(client):
    conference = a_conference(slug="openconf-2023")
    tidb = an_organization("TiDB", slug="tidb")
    a_booth(conference, "", organization=tidb, kind="exhibition", spot="A12", summary_en="A database")
    a_booth(conference, "Tea house", kind="area")
    a_booth(conference, "Stickers", kind="bazaar", url="https://example.org/stickers")
    a_booth(conference, organization=an_organization("Secret", published_at=None))

    page = read(client, "conferences/openconf-2023/booths/")

    assert page.texts("//h2") == ["Open source bazaar 1", "Exhibition 1", "Themed area 1"]
    assert page.of_class("result") == ["Stickers", "TiDB A database A12", "Tea house"]
    assert {"/en/organizations/tidb/", "https://example.org/stickers"} <= set(page.links)


def test_a_draft_has_no_booths(client):
    a_conference(slug="draft", published_at=None)

    read(client, "conferences/draft/booths/", status=404)
