"""Lists and forms of every model in the admin ask the database as often for many rows as for three."""

import pytest

from events.models import Booth, Certificate, PublicCredit, Session
from meetups.models import AgendaItem
from portal.models import Award, AwardRecipient, Community, Highlight, OccasionLink, Part, PrivacyNotice
from tests import make
from tests.admin_cost import forms, lists, new_forms, queries, warm
from tests.many import multiply
from tests.organizers import an_administrator

pytestmark = pytest.mark.django_db


def more_of_everything(conference, meetup, times):
    """Make as many rows of every kind, each with all that it may refer to."""
    for number in range(times):
        organization = make.an_organization(made_by=make.an_organization())
        person = make.a_person(organization=organization)
        venue = make.a_venue(conference, city=make.a_city())
        room, source = make.a_room(venue), make.a_source()
        forum = make.a_forum(conference, venue=venue)
        session = make.a_session(forum=forum, room=room, starts_at=conference.starts_at)
        make.speaks(person, session, organization=organization)
        make.produces(person, forum, organization=organization)
        make.leads(person, make.a_chapter(), organization=organization)
        make.a_conference(city=make.a_city())
        make.a_meetup(city=make.a_city())
        make.an_article().occasions.add(meetup)
        make.a_page()
        make.a_photo(make.an_album(occasion=meetup, photographer=person), photographer=person)
        Booth.objects.create(conference=conference, organization=organization, venue=venue)
        PublicCredit.objects.create(conference=conference, name_en="Hong", city=make.a_city())
        role = make.a_role(make.a_team(make.a_call(conference)))
        make.an_application(role)
        Certificate.objects.create(conference=conference, name="Ming", minutes=60)
        make.a_registration(make.a_desk(occasion=make.a_meetup(starts_at=meetup.starts_at)))
        PrivacyNotice.objects.create(version=f"{times}.{number}", title_en="Notice", body_en="Text")
        level = make.a_level()
        for occasion in (conference, meetup):
            make.partners(organization, occasion, level)
            make.a_figure(occasion, measure="other", label_en="cups of tea", source=source)
            Highlight.objects.create(occasion=occasion, title_en="Launch", source=source)
            award = Award.objects.create(occasion=occasion, name_en="Star", source=source)
            AwardRecipient.objects.create(award=award, person=person, organization=organization)
            OccasionLink.objects.create(occasion=occasion, url="https://example.org")
            part = Part.objects.create(occasion=occasion, role="guest", person=person, organization=organization)
        AgendaItem.objects.create(meetup=meetup, title_en="Talk").parts.add(part)


@pytest.fixture
def busy(client):
    """A signed-in administrator, a conference and a meetup with three of everything."""
    client.force_login(an_administrator())
    conference, meetup = make.a_conference(), make.a_meetup()
    more_of_everything(conference, meetup, 3)
    Community.objects.create(name_en="Us", word_for_chapter_en="chapter", word_for_chapters_en="chapters")
    return client, conference, meetup


def test_lists_ask_as_often_for_three_hundred_rows_as_for_three(busy):
    client, _conference, _meetup = busy
    warm(client, lists())
    few = {address: queries(client, address) for address in lists()}

    multiply(100, beside=False)
    multiply(2)

    assert Session.objects.count() >= 300
    assert {address: queries(client, address) for address in lists()} == few


def test_forms_ask_as_often_whatever_belongs_to_their_row(busy):
    client, _conference, _meetup = busy
    addresses = forms()
    warm(client, addresses + new_forms())
    few = {address: queries(client, address) for address in addresses + new_forms()}

    multiply(10, beside=False)

    assert {address: queries(client, address) for address in addresses + new_forms()} == few
