"""The page of one site of a conference."""

import pytest

from tests.events.reading import read
from tests.make import a_city, a_conference, a_forum, a_person, a_room, a_venue, an_album, produces

pytestmark = pytest.mark.django_db


@pytest.fixture
def conference():
    return a_conference(slug="openconf-2021", mode="hybrid")


def show(client, venue, language="en", status=200):
    return read(client, f"conferences/openconf-2021/venues/{venue}/", language, status)


@pytest.mark.parametrize("rows", [1, 30])
def test_it_costs_thirteen_queries(client, conference, django_assert_num_queries, rows):
    venue = a_venue(conference, slug="chengdu", city=a_city("Chengdu"))
    for number in range(rows):
        a_room(venue, f"Room {number}")
        venue.albums.add(an_album(occasion=conference))
        produces(a_person(), a_forum(conference, venue=venue))

    with django_assert_num_queries(13):
        page = show(client, "chengdu")

    assert len(page.of_class("forum")) == rows


def test_it_tells_where_it_is_and_what_runs_there(client, conference):
    told = {"address_en": "Tianfu Avenue", "body_en": "Line 1."}
    venue = a_venue(conference, "Jingronghui", slug="jingronghui", city=a_city("Chengdu"), **told)
    a_room(venue, "Room 3", capacity=120)
    a_forum(conference, "Open Hardware", venue=venue)
    a_forum(conference, "Elsewhere", venue=a_venue(conference))

    page = show(client, "jingronghui")

    assert page.texts("//h1") == ["Jingronghui"]
    assert "Chengdu" in page.text and "Tianfu Avenue" in page.text and "Line 1." in page.text
    assert "Room 3 120 seats" in page.text
    assert page.of_class("forum-title") == ["Open Hardware"]


def test_a_place_on_the_equator_has_its_map(client, conference):
    a_venue(conference, "Pontianak", slug="pontianak", latitude=0, longitude="109.32")

    assert any("mlat=0.00000" in href for href in show(client, "pontianak").tree.xpath("//*[@class='maps']/a/@href"))


def test_a_cancelled_venue_says_so_loudly(client, conference):
    a_venue(conference, "Beijing", slug="beijing", standing="cancelled", standing_note_en="Because of the epidemic.")

    assert show(client, "beijing").of_class("notice") == ["Cancelled Because of the epidemic."]


def test_an_online_venue_is_told_as_one(client, conference):
    a_venue(conference, "Online main venue", slug="online", is_online=True)

    assert "Online" in show(client, "online").text


def test_venues_of_drafts_are_not_there_and_a_former_address_leads_on(client, conference):
    a_venue(a_conference(slug="draft", published_at=None), slug="hall")
    venue = a_venue(conference, slug="hall")
    venue.slug = "great-hall"
    venue.save()

    read(client, "conferences/draft/venues/hall/", status=404)
    answer = client.get("/en/conferences/openconf-2021/venues/hall/")
    assert answer.headers["Location"] == "/en/conferences/openconf-2021/venues/great-hall/"


def test_a_venue_of_which_no_more_is_known_leads_back_to_its_conference(client, conference):
    a_venue(conference, "Shanghai", slug="shanghai")

    page = show(client, "shanghai")

    assert "There is nothing more about this venue" in page.text
    assert page.main.xpath(".//*[@class='empty']/a/@href") == [f"/en/conferences/{conference.slug}/"]
