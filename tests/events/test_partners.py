"""The partners of a conference."""

import pytest

from tests.events.reading import read
from tests.make import a_conference, a_level, an_organization, partners

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("rows", [1, 30])
def test_it_costs_six_queries(client, django_assert_num_queries, rows):
    conference = a_conference(slug="openconf-2023")
    for number in range(rows):
        partners(an_organization(), conference, a_level(f"Level {number}"))

    with django_assert_num_queries(6):
        page = read(client, "conferences/openconf-2023/partners/")

    assert len(page.of_class("partner")) == rows


def test_levels_and_partners_keep_the_organizers_order(client):
    conference = a_conference(slug="openconf-2023")
    silver, platinum = a_level("Silver", position=2, display="small"), a_level("Platinum", position=1, display="row")
    partners(an_organization("Second"), conference, silver, position=2)
    partners(an_organization("First"), conference, silver, position=1, note_en="Coffee")
    partners(an_organization("Only", slug="only"), conference, platinum)

    page = read(client, "conferences/openconf-2023/partners/")

    assert page.of_class("partner-group") == ["Platinum Only", "Silver First Coffee Second"]
    assert page.main.xpath("count(.//ul[contains(@class, 'wall row')]/li)") == 1
    assert "/en/organizations/only/" in page.links


def test_an_organization_that_is_not_public_does_not_appear(client):
    partners(an_organization("Secret", published_at=None), a_conference(slug="openconf-2023"))

    page = read(client, "conferences/openconf-2023/partners/")

    assert "Secret" not in page.response.content.decode()
    assert "Nothing is recorded here" in page.text


def test_a_draft_has_no_partners(client):
    a_conference(slug="draft", published_at=None)

    read(client, "conferences/draft/partners/", status=404)
