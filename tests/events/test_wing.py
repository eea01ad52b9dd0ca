"""What conferences hand to the ground: labels and colours, histories, addresses, moments."""

from datetime import timedelta

import pytest
from django.utils import timezone

from events.models import Organizing
from events.wing import EventsWing
from tests.make import (
    a_booth,
    a_conference,
    a_credit,
    a_forum,
    a_person,
    a_series,
    a_session,
    a_venue,
    an_organization,
    produces,
    speaks,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]
wing = EventsWing()


def told(appearances):
    return {(one.role, str(one.at), str(one.subject or "")) for one in appearances}


def test_a_conference_goes_by_its_series_and_wears_its_colour(django_assert_num_queries):
    series = [a_series("OpenConf", slug=f"s-{number}", accent="#b3261e") for number in range(3)]
    conferences = [a_conference(series=one) for one in series]

    with django_assert_num_queries(1):
        labels = wing.labels_of(conferences)

    assert labels[conferences[1].pk] == ("OpenConf", "s-1", "#b3261e")


def test_only_series_that_are_public_lend_their_colours():
    a_conference(series=a_series(slug="openconf", accent="#b3261e"))
    a_conference(series=a_series(slug="secret"), published_at=None)

    assert wing.accents() == [("openconf", "#b3261e")]


@pytest.mark.parametrize("rows", [1, 30])
def test_all_that_a_person_did_is_found_in_five_queries(django_assert_num_queries, rows):
    ming = a_person("Ming")
    for _number in range(rows):
        conference = a_conference()
        speaks(ming, a_session(conference))
        produces(ming, a_forum(conference))
        Organizing.objects.create(series=conference.series, person=ming)
        a_credit(conference, person=ming)

    with django_assert_num_queries(5):
        assert len(wing.appearances_of_person(ming)) == 4 * rows


def test_a_persons_appearances_say_what_where_and_as_whom():
    conference = a_conference("OpenConf'23", series=a_series("OpenConf"))
    ming, company = a_person("Ming"), an_organization("Fork Co")
    speaks(ming, a_session(conference, "Why forks happen"), organization=company, role="moderator")
    produces(ming, a_forum(conference, "Open Hardware"))
    Organizing.objects.create(series=conference.series, person=ming)
    a_credit(conference, person=ming)
    hidden = a_conference("Draft", published_at=None)
    speaks(ming, a_session(hidden))
    produces(ming, a_forum(conference, "Quiet"), is_public=False)

    found = wing.appearances_of_person(ming)

    assert told(found) == {
        ("Moderator", "OpenConf'23", "Why forks happen"),
        ("Producer", "OpenConf'23", "Open Hardware"),
        ("Organizer", "OpenConf", ""),
        ("Volunteer", "OpenConf'23", ""),
    }
    assert found[0].as_of.organization_name == "Fork Co"
    assert found[0].day == conference.starts_on


def test_an_organizations_appearances_are_found_too():
    company = an_organization("Fork Co")
    conference = a_conference("OpenConf'23", series=a_series("OpenConf", organization=company))
    a_booth(conference, organization=company)
    speaks(a_person(), a_session(conference, "Why forks happen"), organization=company)
    produces(a_person(), a_forum(conference, "Open Hardware"), organization=company)
    speaks(a_person(published_at=None), a_session(conference, "By someone secret"), organization=company)

    assert told(wing.appearances_of_organization(company)) == {
        ("Host", "OpenConf", ""),
        ("Booth", "OpenConf'23", ""),
        ("Speaker", "OpenConf'23", "Why forks happen"),
        ("Producer", "OpenConf'23", "Open Hardware"),
    }


def test_the_sitemap_has_every_page_that_has_something_to_show_in_both_languages(client):
    conference = a_conference(slug="openconf-2023", series=a_series(slug="openconf"))
    a_session(forum=a_forum(conference, slug="hardware"), code="ABCDEF")
    a_session(conference, code="TEATEA", kind="break")
    a_venue(conference, slug="hall")
    a_forum(a_conference(slug="draft", published_at=None), slug="secret")

    sections = ("list-of-conferences", "series", "pages-of-conferences", "forums", "sessions", "venues")
    sitemap = "".join(client.get(f"/sitemap-{section}.xml").content.decode() for section in sections)

    for path in ("", "forums/", "forums/hardware/", "sessions/ABCDEF/", "venues/hall/"):
        for language in ("zh-hans", "en"):
            assert f"<loc>http://testserver/{language}/conferences/openconf-2023/{path}</loc>" in sitemap
    assert "/en/conferences/series/openconf/" in sitemap
    assert not any(path in sitemap for path in ("draft", "TEATEA", "openconf-2023/booths/"))


def test_the_next_session_to_begin_or_to_end_changes_a_page():
    now = timezone.now()
    a_session(starts_at=now - timedelta(hours=1), ends_at=now + timedelta(hours=1))
    a_session(starts_at=now + timedelta(hours=2), ends_at=now + timedelta(hours=3))

    assert list(wing.moments(now)) == [now + timedelta(hours=2), now + timedelta(hours=1)]
