"""Everyone who spoke at a conference."""

import pytest

from tests.events.reading import read
from tests.make import a_conference, a_part, a_person, a_session, an_organization, speaks

pytestmark = pytest.mark.django_db


@pytest.fixture
def conference():
    return a_conference(slug="openconf-2023")


def show(client, language="en"):
    return read(client, "conferences/openconf-2023/speakers/", language)


@pytest.mark.parametrize("rows", [1, 30])
def test_it_costs_six_queries(client, conference, django_assert_num_queries, rows):
    for _number in range(rows):
        speaks(a_person(), a_session(conference), organization=an_organization())
        a_part(conference, a_person(), role="speaker", organization=an_organization())

    with django_assert_num_queries(6):
        page = show(client)

    assert len(page.of_class("person-name")) == 2 * rows


def test_a_person_stands_there_once_with_all_their_talks(client, conference):
    ming = a_person("Ming", slug="ming")
    for title in ("Why forks happen", "A panel"):
        speaks(ming, a_session(conference, title), organization=an_organization("Fork Co"), title_then_en="CTO")

    page = show(client)

    assert page.of_class("person-body") == ["Ming Fork Co · CTO Why forks happen A panel"]
    assert "/en/people/ming/" in page.links


def test_keynote_speakers_come_first_the_rest_by_their_names(client, conference):
    for name, kind in (("Zhao", "keynote"), ("Chen", "talk"), ("Bai", "talk")):
        speaks(a_person(name, slug=name.lower()), a_session(conference, kind=kind))

    assert show(client).of_class("person-name") == ["Zhao", "Bai", "Chen"]


def test_the_name_of_that_day_is_shown(client, conference):
    speaks(a_person("Today's Name"), a_session(conference), name_then_en="Name of Then", organization_then_en="Old Co")

    page = show(client)

    assert page.of_class("person-name") == ["Name of Then"]
    assert "Old Co" in page.text


def test_names_without_a_profile_and_projects_are_speakers_too(client, conference):
    panel = a_session(conference, "Five projects")
    speaks(None, panel, name_then_en="Someone", organization=an_organization("A Co", slug="a-co"))
    speaks(None, panel, organization=an_organization("CarbonData", slug="carbondata"))

    page = show(client)

    assert page.of_class("person-name") == ["CarbonData", "Someone"]
    assert "/en/organizations/carbondata/" in page.links
    assert "/en/organizations/a-co/" not in page.links


def test_speakers_whose_session_is_not_known_are_named(client, conference):
    a_part(conference, a_person("Vitalik"), role="speaker")
    a_part(conference, a_person("Guest"), role="guest")

    assert show(client).of_class("person-name") == ["Vitalik"]


def test_someone_whose_profile_is_a_draft_is_not_named(client, conference):
    speaks(a_person("Secret", published_at=None), a_session(conference))

    page = show(client)

    assert "Secret" not in page.response.content.decode()
    assert "Nothing is recorded here" in page.text


def test_a_draft_names_nobody(client):
    a_conference(slug="draft", published_at=None)

    read(client, "conferences/draft/speakers/", status=404)
