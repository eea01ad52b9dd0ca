"""Lists and forms of the admin ask the database as often at thirty rows as at three."""

import pytest
from django.contrib import admin
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from events.models import Booth, PublicCredit
from meetups.models import AgendaItem
from portal.models import Award, AwardRecipient, Highlight, Occasion, OccasionLink, Part, PrivacyNotice
from portal.publishing import Curated
from tests import make
from tests.organizers import an_administrator

pytestmark = pytest.mark.django_db


def queries(client, address):
    client.get(address)
    with CaptureQueriesContext(connection) as found:
        response = client.get(address)
    assert response.status_code == 200
    return len(found)


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
    return client, conference, meetup


def test_lists(busy):
    client, conference, meetup = busy
    models = [
        model
        for model in admin.site._registry
        if issubclass(model, Curated) and model is not Occasion and model._meta.model_name != "community"
    ]
    addresses = [reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist") for model in models]
    few = {address: queries(client, address) for address in addresses}

    more_of_everything(conference, meetup, 27)

    assert {address: queries(client, address) for address in addresses} == few


def test_forms(busy):
    client, conference, meetup = busy
    forms = [
        reverse("admin:events_conference_change", args=[conference.pk]),
        reverse("admin:events_conference_add"),
        reverse("admin:meetups_meetup_change", args=[meetup.pk]),
        reverse("admin:meetups_meetup_add"),
        reverse("admin:events_session_add") + f"?conference={conference.pk}",
        reverse("admin:events_session_change", args=[conference.sessions.first().pk]),
        reverse("admin:events_forum_change", args=[conference.forums.first().pk]),
        reverse("admin:portal_award_change", args=[conference.awards.first().pk]),
    ]
    few = {address: queries(client, address) for address in forms}

    more_of_everything(conference, meetup, 27)

    assert {address: queries(client, address) for address in forms} == few
