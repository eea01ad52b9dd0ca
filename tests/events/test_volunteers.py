"""The public roll of thanks."""

import pytest

from tests.events.reading import read
from tests.make import a_city, a_conference, a_credit, a_figure, a_person

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("rows", [1, 30])
def test_it_costs_six_queries(client, django_assert_num_queries, rows):
    conference = a_conference(slug="openconf-2023")
    for number in range(rows):
        a_credit(conference, f"Volunteer {number}", person=a_person(), city=a_city())

    with django_assert_num_queries(6):
        page = read(client, "conferences/openconf-2023/volunteers/")

    assert len(page.of_class("person-name")) == rows


def test_volunteers_are_thanked_as_they_agreed_to_be_shown(client):
    conference = a_conference(slug="openconf-2023")
    a_credit(conference, "Hong", role_en="Live stream", city=a_city("Chengdu"), person=a_person(slug="hong"))
    a_credit(conference, "Nobody's profile", person=a_person(slug="draft", published_at=None))

    page = read(client, "conferences/openconf-2023/volunteers/")

    assert page.of_class("person-body") == ["Hong Live stream · Chengdu", "Nobody's profile"]
    assert "/en/people/hong/" in page.links
    assert "/en/people/draft/" not in page.links


def test_figures_stand_where_no_names_are_known(client):
    conference = a_conference(slug="openconf-2021")
    a_figure(conference, 170, "volunteers", precision="at-least")
    a_figure(conference, 144, "speakers")

    page = read(client, "conferences/openconf-2021/volunteers/")

    assert page.of_class("figure-value") == ["more than 170"]
    assert "No names are recorded" in page.text


def test_where_nothing_is_known_it_says_so(client):
    a_conference(slug="openconf-2017")

    assert "Nothing is recorded here" in read(client, "conferences/openconf-2017/volunteers/").text


def test_a_draft_thanks_nobody_yet(client):
    a_conference(slug="draft", published_at=None)

    read(client, "conferences/draft/volunteers/", status=404)
