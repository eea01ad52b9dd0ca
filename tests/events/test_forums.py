"""The forums of a conference, and the page of each."""

from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from tests.events.reading import read
from tests.make import (
    SHANGHAI,
    a_conference,
    a_forum,
    a_person,
    a_proposal_call,
    a_room,
    a_session,
    a_venue,
    an_album,
    an_organization,
    produces,
    speaks,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def conference():
    return a_conference(slug="openconf-2023", starts_at="2023-10-28T00:00+08:00", ends_at="2023-10-30T00:00+08:00")


def at(day, hour, minute=0):
    return datetime(2023, 10, day, hour, minute, tzinfo=SHANGHAI)


@pytest.mark.parametrize("rows", [1, 30])
def test_the_list_costs_eight_queries(client, conference, django_assert_num_queries, rows):
    for number in range(rows):
        produces(a_person(), a_forum(conference, f"Forum {number}", venue=a_venue(conference)))

    with django_assert_num_queries(8):
        page = read(client, "conferences/openconf-2023/forums/")

    assert len(page.of_class("forum")) == rows


@pytest.mark.parametrize("rows", [1, 30])
def test_a_forum_costs_fourteen_queries(client, conference, django_assert_num_queries, rows):
    forum = a_forum(conference, slug="hardware", venue=a_venue(conference))
    for number in range(rows):
        produces(a_person(), forum, organization=an_organization())
        forum.albums.add(an_album(occasion=conference))
        session = a_session(conference, f"Talk {number}", forum=forum, room=a_room(a_venue(conference)))
        speaks(a_person(), session, organization=an_organization())

    with django_assert_num_queries(14):
        page = read(client, "conferences/openconf-2023/forums/hardware/")

    assert len(page.of_class("session-title")) == rows


def test_the_list_tells_who_produces_where_and_in_the_organizers_order(client, conference):
    second = a_forum(conference, "Women's Forum", position=2, summary_en="By women, for all.")
    a_forum(conference, "Main Forum", kind="main", position=1, venue=a_venue(conference, "Great Hall"))
    produces(a_person("Ming"), second)

    page = read(client, "conferences/openconf-2023/forums/")

    assert page.of_class("forum") == ["Main Forum Great Hall", "Women's Forum By women, for all. M Produced by Ming"]


def test_a_forum_tells_its_producers_venue_and_sessions(client, conference):
    venue = a_venue(conference, "Jingronghui", slug="jingronghui")
    forum = a_forum(conference, "Open Hardware", slug="hardware", venue=venue, body_en="About *chips*.")
    produces(a_person("Ming", slug="ming"), forum, organization=an_organization("Maker Co"), title_then_en="Founder")
    talk = a_session(forum=forum, title="RISC-V at home", code="RISC5V")
    speaks(a_person("Hong"), talk, organization=an_organization("Chip Co"))

    page = read(client, "conferences/openconf-2023/forums/hardware/")

    assert page.texts("//h1") == ["Open Hardware"]
    assert "Ming Maker Co · Founder" in page.text
    assert "About chips" in page.text
    assert "RISC-V at home" in page.text and "Hong Chip Co" in page.text
    assert {
        "/en/people/ming/",
        "/en/conferences/openconf-2023/venues/jingronghui/",
        "/en/conferences/openconf-2023/sessions/RISC5V/",
        "/en/conferences/openconf-2023/",
    } <= set(page.links)


def test_sessions_stand_under_their_days_by_the_clock_of_their_venue(client, conference):
    forum = a_forum(conference, slug="hardware")
    urumqi = a_room(a_venue(conference, "West", time_zone="Asia/Urumqi"))
    a_session(forum=forum, title="Later", starts_at=at(29, 9), ends_at=at(29, 9, 30))
    a_session(forum=forum, title="First", starts_at=at(28, 9, 30), ends_at=at(28, 10))
    a_session(forum=forum, title="In the west", starts_at=at(28, 14), ends_at=at(28, 15), room=urumqi)
    a_session(forum=forum, title="Some time")

    page = read(client, "conferences/openconf-2023/forums/hardware/")

    assert page.texts("//h3[time]") == ["28 October 2023", "29 October 2023"]
    assert page.of_class("session-time") == ["09:30 –10:00", "12:00 –13:00", "09:00 –09:30"]
    assert page.of_class("session-title") == ["First", "In the west", "Later", "Some time"]


def test_a_place_that_all_sessions_share_is_said_once(client, conference):
    forum = a_forum(conference, slug="hardware")
    room = a_room(a_venue(conference, "Jingronghui"), "Room 3")
    for title in ("First", "Second"):
        a_session(forum=forum, title=title, room=room)

    page = read(client, "conferences/openconf-2023/forums/hardware/")

    assert page.text.count("Room 3 · Jingronghui") == 1


def test_the_photos_of_a_forum_are_its_own(client, conference):
    forum = a_forum(conference, slug="hardware")
    forum.albums.add(an_album("Soldering"), an_album("Unsorted", published_at=None))
    an_album("Of the whole conference", occasion=conference)

    assert read(client, "conferences/openconf-2023/forums/hardware/").of_class("card-title") == ["Soldering"]


def test_a_cancelled_session_stays_and_says_so(client, conference):
    forum = a_forum(conference, slug="hardware")
    a_session(forum=forum, title="Called off", is_cancelled=True)

    page = read(client, "conferences/openconf-2023/forums/hardware/")

    assert page.of_class("session") == ["Called off Cancelled"]


def test_a_forum_in_another_language_says_which(client, conference):
    a_forum(conference, title="", title_zh_hans="开源硬件", slug="hardware")

    page = read(client, "conferences/openconf-2023/forums/hardware/")

    assert [one.text_content() for one in page.main.xpath(".//h1/span[@lang='zh-Hans']")] == ["开源硬件"]
    assert page.main.xpath("string(.//nav[@class='breadcrumbs']//li[last()]/@lang)") == "zh-Hans"


def test_what_is_not_known_is_said_not_invented(client, conference):
    a_forum(conference, slug="hardware")

    assert "not recorded" in read(client, "conferences/openconf-2023/forums/hardware/").text


def test_a_conference_without_forums_says_so_and_leads_back(client, conference):
    page = read(client, "conferences/openconf-2023/forums/")

    assert "Nothing is recorded here" in page.text
    assert "/en/conferences/openconf-2023/" in page.links


def test_forums_of_drafts_and_of_other_conferences_are_not_there(client, conference):
    a_forum(a_conference(slug="draft", published_at=None), slug="hardware")
    a_forum(a_conference(slug="other"), slug="elsewhere")

    read(client, "conferences/draft/forums/", status=404)
    read(client, "conferences/draft/forums/hardware/", status=404)
    read(client, "conferences/openconf-2023/forums/elsewhere/", status=404)


def test_a_former_address_leads_to_the_forum(client, conference):
    forum = a_forum(conference, slug="hardware")
    forum.slug = "open-hardware"
    forum.save()

    answer = client.get("/en/conferences/openconf-2023/forums/hardware/")

    assert (answer.status_code, answer.headers["Location"]) == (
        301,
        "/en/conferences/openconf-2023/forums/open-hardware/",
    )


def hour(offset):
    return timezone.now() + timedelta(hours=offset)


def test_a_forum_leads_to_its_form_while_its_call_is_open_and_at_no_other_time(client):
    call = a_proposal_call()
    forum, other = (a_forum(call.conference, slug=slug) for slug in ("hardware", "law"))
    call.forums.set([forum])
    form = f"/en/conferences/{call.conference.slug}/proposals/hardware/"

    def links(one):
        return read(client, f"conferences/{call.conference.slug}/forums/{one.slug}/").links

    assert form in links(forum)
    assert not any("/proposals/law/" in link for link in links(other))
    for hours in ({"opens_at": hour(1)}, {"opens_at": hour(-9), "closes_at": hour(-1)}):
        type(call).objects.update(**hours)
        assert form not in links(forum)
