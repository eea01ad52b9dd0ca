"""The next edition of a conference, made from one there is."""

from datetime import date, datetime

import pytest
from django.urls import reverse

from events.models import Conference
from events.next_edition import next_title
from tests import make
from tests.make import SHANGHAI
from tests.organizers import a_producer, an_organizer, signed_in

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("title", "following"),
    [
        ("COSCon'23", "COSCon'24"),
        ("GOTC 2023", "GOTC 2024"),
        ("COSCon'09", "COSCon'10"),
        ("中国开源年会 2023", "中国开源年会 2024"),
        ("Open Day", "Open Day"),
        ("", ""),
    ],
)
def test_the_year_of_a_title_moves_on(title, following):
    assert next_title(title) == following


def an_edition():
    """A conference with one of everything that goes along, and of what stays."""
    conference = make.a_conference("OpenConf'26", edition=3, theme_en="Together")
    venue = make.a_venue(conference, "Hall")
    make.a_room(venue, "Room 1")
    forum = make.a_forum(conference, "Open Hardware", venue=venue, slug="hardware")
    make.produces(make.a_person(), forum)
    make.a_session(forum=forum)
    make.partners(make.an_organization(), conference)
    make.a_figure(conference)
    make.a_role(make.a_team(make.a_call(conference, slug="help"), "Doors"), "Check-in", taken=1)
    make.a_proposal(make.a_proposal_call(conference, [forum], lengths="20, 40"), forum)
    make.a_booth_application(make.a_booth_call(conference))
    return conference


def made_from(conference, first_day="2027-10-23", slug="openconf-2027"):
    client = signed_in(an_organizer(conference.series))
    address = reverse("admin:events_conference_next", args=[conference.pk])
    data = {"title_en": "OpenConf'27", "first_day": first_day, "slug": slug}
    response = client.post(address, data)
    return response, Conference.objects.filter(slug=slug).first()


def test_its_bones_go_along_and_everything_is_a_draft():
    conference = an_edition()

    _response, edition = made_from(conference)

    assert edition.publication == "draft"
    assert (edition.edition, edition.title_en, edition.theme_en or "") == (4, "OpenConf'27", "")
    (venue,), (forum,) = edition.venues.all(), edition.forums.all()
    assert (venue.name_en, venue.rooms.get().name_en) == ("Hall", "Room 1")
    assert (forum.slug, forum.title_en, forum.venue) == ("hardware", "Open Hardware", venue)
    role = edition.volunteer_calls.get().teams.get().roles.get()
    assert (role.name_en, role.taken) == ("Check-in", 0)


def test_nobody_goes_along():
    _response, edition = made_from(an_edition())

    assert not edition.forums.get().productions.exists()
    assert not edition.sessions.exists()
    assert not edition.partnerships.exists()
    assert not edition.figures.exists()
    assert not edition.proposal_calls.get().proposals.exists()
    assert not edition.booth_calls.get().applications.exists()


def test_calls_go_along_with_their_days_moved_and_take_nothing_while_the_edition_is_a_draft():
    conference = an_edition()
    before, booths = conference.proposal_calls.get(), conference.booth_calls.get()

    _response, edition = made_from(conference)

    after = edition.proposal_calls.get()
    assert (after.title_en, after.lengths) == ("Propose!", "20, 40")
    assert list(after.forums.all()) == list(edition.forums.all())
    assert {(after.opens_at - before.opens_at).days, (after.closes_at - before.closes_at).days} == {364}
    assert (edition.booth_calls.get().closes_at - booths.closes_at).days == 364
    assert not after.is_open(after.opens_at)
    assert list(before.forums.all()) == list(conference.forums.all())


def test_days_move_and_hours_stay_by_the_conferences_clock():
    conference = an_edition()

    _response, edition = made_from(conference)

    assert edition.starts_on == date(2027, 10, 23)
    assert edition.ends_at == datetime(2027, 10, 25, tzinfo=SHANGHAI)
    before, after = conference.volunteer_calls.get(), edition.volunteer_calls.get()
    assert (after.opens_at - before.opens_at).days == 364


def test_the_first_edition_stays_as_it_was():
    conference = an_edition()

    made_from(conference)

    conference.refresh_from_db()
    assert (conference.title_en, conference.forums.count(), conference.venues.count()) == ("OpenConf'26", 1, 1)


def test_a_taken_address_is_refused_in_words_and_nothing_is_made():
    conference = an_edition()

    response, _edition = made_from(conference, slug=conference.slug)

    assert "slug" in response.context["form"].errors
    assert Conference.objects.count() == 1


def test_a_producer_makes_no_edition():
    conference = an_edition()
    client = signed_in(a_producer(conference.forums.get()))

    assert client.get(reverse("admin:events_conference_next", args=[conference.pk])).status_code == 403


def test_an_organizer_of_another_series_makes_none():
    client = signed_in(an_organizer(make.a_series()))

    assert client.get(reverse("admin:events_conference_next", args=[an_edition().pk])).status_code == 403


def test_the_page_shows_what_it_will_make():
    conference = an_edition()
    client = signed_in(an_organizer(conference.series))

    response = client.get(reverse("admin:events_conference_next", args=[conference.pk]))

    assert [count for _label, count in response.context["bones"]] == [1] * 8
