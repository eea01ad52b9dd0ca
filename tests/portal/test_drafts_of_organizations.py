"""An organization that is not published appears nowhere, whoever is tied to it; what was printed stays."""

import pytest
from django.utils import timezone

from portal.search import rebuild
from tests.make import (
    a_conference,
    a_forum,
    a_meetup,
    a_part,
    a_person,
    a_session,
    an_award,
    an_organization,
    produces,
    speaks,
)
from tests.organizers import an_administrator

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]

SECRET = "Sponsor of next spring"


@pytest.fixture
def draft():
    return an_organization(SECRET, slug="secret", published_at=None)


def what_visitors_read(client, *paths):
    return "".join(client.get(f"/en/{path}").text for path in paths)


def test_what_people_did_for_a_draft_is_told_without_its_name(client, draft):
    conference, meetup = a_conference(slug="conf"), a_meetup(slug="lunch")
    ming = a_person(slug="ming", organization=draft, title_en="Engineer")
    forum = a_forum(conference, slug="forum")
    session = a_session(forum=forum, code="ABCDEF")
    speaks(ming, session, organization=draft)
    produces(ming, forum, organization=draft)
    a_part(meetup, ming, "speaker", organization=draft)
    an_award(conference, ming).recipients.update(organization=draft)
    rebuild()
    paths = [
        "people/ming/",
        "conferences/conf/",
        "conferences/conf/speakers/",
        "conferences/conf/forums/forum/",
        "conferences/conf/sessions/ABCDEF/",
        "meetups/lunch/",
        "search/?q=Why",
    ]
    everything = what_visitors_read(client, *paths)
    everything += client.get("/api/v1/sessions/").text

    assert "Ming" in everything
    assert SECRET not in everything

    draft.publish(an_administrator())
    for path in paths[:-1]:
        assert SECRET in what_visitors_read(client, path), path


def test_a_draft_that_stands_in_for_a_speaker_or_was_honoured_is_left_out_until_it_is_published(client, draft):
    conference = a_conference(slug="conf")
    speaks(None, a_session(conference, code="ABCDEF"), organization=draft)
    an_award(conference).recipients.create(organization=draft)
    paths = ["conferences/conf/", "conferences/conf/speakers/", "conferences/conf/sessions/ABCDEF/"]

    assert SECRET not in what_visitors_read(client, *paths)
    assert 'class="person-name"' not in what_visitors_read(client, *paths)

    draft.publish(an_administrator(), timezone.now())
    assert SECRET in what_visitors_read(client, "conferences/conf/")
    assert SECRET in what_visitors_read(client, "conferences/conf/sessions/ABCDEF/")


def test_what_was_printed_that_day_stays(client, draft):
    speaking = speaks(None, a_session(a_conference(slug="conf"), code="ABCDEF"), organization=draft)
    speaking.organization_then_en = "A friend of the house"
    speaking.save()

    shown = what_visitors_read(client, "conferences/conf/sessions/ABCDEF/")

    assert "A friend of the house" in shown
    assert SECRET not in shown


def test_organizers_still_read_whom_a_row_names(draft):
    speaking = speaks(None, a_session(), organization=draft)

    assert str(speaking) == SECRET
