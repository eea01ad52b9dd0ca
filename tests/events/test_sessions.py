"""The page of one session."""

import re

import pytest

from events.models import SessionMaterial
from portal.drawings import read_share_image
from tests.events.reading import read
from tests.make import a_conference, a_forum, a_person, a_room, a_session, a_venue, an_organization, speaks

pytestmark = pytest.mark.django_db


@pytest.fixture
def conference():
    return a_conference(slug="openconf-2023", starts_at="2023-10-28T00:00+08:00", ends_at="2023-10-30T00:00+08:00")


@pytest.mark.parametrize("rows", [1, 30])
def test_it_costs_eleven_queries_however_many_are_on_stage(client, conference, django_assert_num_queries, rows):
    session = a_session(forum=a_forum(conference), code="ABCDEF", room=a_room(a_venue(conference)))
    for number in range(rows):
        speaks(a_person(), session, organization=an_organization(), role="panelist")
        SessionMaterial.objects.create(session=session, url=f"https://example.org/{number}")

    with django_assert_num_queries(11):
        page = read(client, "conferences/openconf-2023/sessions/ABCDEF/")

    assert len(page.of_class("person-name")) == rows


def test_it_tells_what_who_when_where_and_what_remains(client, conference):
    room = a_room(a_venue(conference, "Jingronghui"), "Room 3")
    session = a_session(
        forum=a_forum(conference, "Open Governance", slug="governance"),
        title="Why forks happen",
        abstract_en="And why **few** survive.",
        kind="panel",
        language="zh,en",
        level="beginner",
        room=room,
        starts_at="2023-10-28T09:30+08:00",
        ends_at="2023-10-28T10:15+08:00",
    )
    ming, company = a_person("Ming", slug="ming"), an_organization("Fork Co")
    speaks(ming, session, organization=company, title_then_en="CTO", role="moderator")
    SessionMaterial.objects.create(session=session, kind="recording", url="https://video.example.org/1")

    page = read(client, f"conferences/openconf-2023/sessions/{session.code}/")

    assert page.texts("//h1") == ["Why forks happen"]
    assert "Moderator Ming Fork Co · CTO" in page.text
    assert page.texts("//dd") == [
        "Panel",
        "28 October 2023 09:30–10:15 China time (UTC+8)",
        "Room 3 · Jingronghui",
        "Open Governance",
        "Chinese · English",
        "For everyone",
        "Poster",
        session.code,
    ]
    assert page.texts("//div[@class='prose']//strong") == ["few"]
    assert {"https://video.example.org/1", "/en/people/ming/"} <= set(page.links)
    assert page.json_ld["Event"]["startDate"] == "2023-10-28T09:30+08:00"
    assert page.json_ld["Event"]["performer"]["name"] == "Ming"
    assert [step["name"] for step in page.json_ld["BreadcrumbList"]["itemListElement"]][-3:] == [
        "Forums",
        "Open Governance",
        "Why forks happen",
    ]


def test_a_project_that_spoke_for_itself_leads_to_its_page(client, conference):
    session = a_session(conference, code="ABCDEF")
    speaks(None, session, organization=an_organization("CarbonData", slug="carbondata", kind="project"))

    page = read(client, "conferences/openconf-2023/sessions/ABCDEF/")

    assert page.of_class("person-name") == ["CarbonData"]
    assert "/en/organizations/carbondata/" in page.links


def test_a_code_in_small_letters_leads_to_the_session(client, conference):
    a_session(conference, code="ABC23D")

    answer = client.get("/en/conferences/openconf-2023/sessions/abc23d/")

    assert (answer.status_code, answer.headers["Location"]) == (301, "/en/conferences/openconf-2023/sessions/ABC23D/")


def test_a_cancelled_session_says_so(client, conference):
    a_session(conference, code="ABCDEF", is_cancelled=True)

    page = read(client, "conferences/openconf-2023/sessions/ABCDEF/")

    assert page.of_class("notice") == ["Cancelled"]
    assert page.json_ld["Event"]["eventStatus"].endswith("EventCancelled")


def test_a_session_says_that_its_conference_is_called_off(client):
    a_session(a_conference(slug="openconf-2020", standing="cancelled", standing_note_en="Flood."), code="ABCDEF")

    assert read(client, "conferences/openconf-2020/sessions/ABCDEF/").of_class("notice") == ["Cancelled Flood."]


def test_sessions_of_drafts_and_of_other_conferences_are_not_there(client, conference):
    a_session(a_conference(slug="draft", published_at=None), code="ABCDEF")
    a_session(a_conference(slug="other"), code="GHJKLM")

    read(client, "conferences/draft/sessions/ABCDEF/", status=404)
    read(client, "conferences/openconf-2023/sessions/GHJKLM/", status=404)
    read(client, "conferences/openconf-2023/sessions/NOSUCH/", status=404)


def test_its_share_image_names_the_session_and_once_its_conference(client, conference):
    a_session(forum=a_forum(conference), title="Why forks happen", code="ABCDEF")

    page = read(client, "conferences/openconf-2023/sessions/ABCDEF/")
    [address] = page.tree.xpath("//meta[@property='og:image']/@content")
    bill = read_share_image(re.search(r"/posters/(.+)\.png$", address)[1])

    assert (bill.title, bill.kicker) == ("Why forks happen", conference.title)
