"""For visitors: posters to share, maps that open where one is, chapters nearby."""

import re
from io import BytesIO

import pytest
from PIL import Image

from tests.make import (
    a_chapter,
    a_city,
    a_conference,
    a_forum,
    a_meetup,
    a_part,
    a_person,
    a_room,
    a_session,
    a_venue,
    an_organization,
    speaks,
)

pytestmark = pytest.mark.django_db


def pictures(page):
    """Return the posters of a page: (address, alternative text) each."""
    return re.findall(r'<img src="(/posters/\w+/[^"]+)" alt="([^"]*)"', page)


def test_the_posters_of_a_meetup_say_what_when_where_and_who_and_are_drawn(client):
    meetup = a_meetup("Lunch", slug="lunch", place_en="Tea house", chapters=[a_chapter("KCC Chengdu")])
    a_part(meetup, a_person("Hong", organization=None), role="speaker", organization=an_organization("Apache"))
    a_part(meetup, a_person("Helper"), role="organizer")

    page = client.get("/en/meetups/lunch/poster/").content.decode()

    assert 'href="/en/meetups/lunch/poster/"' in client.get("/en/meetups/lunch/").content.decode()
    told = pictures(page)
    assert {words for _url, words in told} == {"Lunch · Wed 21 October 2026, 12:00 · Tea house · Hong"}
    assert [Image.open(BytesIO(client.get(url).content)).size for url, _words in told] == [
        (1080, 1440),
        (1080, 1080),
        (1200, 630),
    ]


def test_the_other_language_has_posters_of_its_own(client):
    a_meetup("Lunch", slug="lunch", title_zh_hans="午餐")

    english, chinese = (client.get(f"/{code}/meetups/lunch/poster/").content.decode() for code in ("en", "zh-hans"))

    assert "2026年10月21日" in pictures(chinese)[0][1]
    assert not {url for url, _words in pictures(english)} & {url for url, _words in pictures(chinese)}


def test_a_session_and_a_forum_have_posters_with_their_own_time_place_and_guests(client):
    conference = a_conference(slug="openconf")
    venue = a_venue(conference, "Main hall")
    forum = a_forum(conference, "Hardware", slug="hardware", venue=venue)
    begins = conference.starts_at.replace(hour=0)
    session = a_session(
        conference, "Boards", forum=forum, room=a_room(venue, "Room 3"), starts_at=begins.replace(hour=9)
    )
    speaks(a_person("Hong"), session)

    of_session = client.get(f"/en/conferences/openconf/sessions/{session.code}/poster/").content.decode()
    of_forum = client.get("/en/conferences/openconf/forums/hardware/poster/").content.decode()

    when = pictures(of_session)[0][1].split(" · ")[1]
    assert pictures(of_session)[0][1] == f"Boards · {when} · Main hall · Room 3 · Hong"
    assert pictures(of_forum)[0][1] == f"Hardware · {when} · Main hall · Room 3 · Hong"
    assert re.search(r"2026, \d\d:\d\d", when)


def test_nobody_has_a_poster_drawn_that_no_page_asked_for(client):
    a_meetup(slug="lunch")
    url = pictures(client.get("/en/meetups/lunch/poster/").content.decode())[0][0]

    assert client.get(url.replace(".png", "x.png")).status_code == 404
    assert client.get(url.replace("/portrait/", "/endless/")).status_code == 404
    assert client.get("/en/meetups/draft/poster/").status_code == 404


def test_a_place_leads_to_a_map_of_mainland_china_and_one_of_the_world(client):
    where = {"latitude": "30.57280", "longitude": "104.06680"}
    a_meetup(slug="tea", place_en="Tea house & more", city=a_city("Chengdu"), **where)

    page = client.get("/en/meetups/tea/").content.decode()

    assert "https://uri.amap.com/marker?position=104.06680%2C30.57280&amp;name=Tea+house+%26+more" in page
    assert "coordinate=wgs84" in page
    assert "https://www.openstreetmap.org/?mlat=30.57280&amp;mlon=104.06680#map=17/30.57280/104.06680" in page


def test_without_coordinates_the_maps_look_for_the_words(client):
    a_meetup(slug="tea", place_en="Tea house", address_en="1 Sample Road", city=a_city("Chengdu"))
    a_meetup(slug="online", mode="online")

    page = client.get("/en/meetups/tea/").content.decode()
    assert "uri.amap.com/search?keyword=1+Sample+Road&amp;city=Chengdu" in page
    assert "amap" not in client.get("/en/meetups/online/").content.decode()


@pytest.fixture
def four_chapters():
    def chapter(name, latitude, longitude):
        return a_chapter(f"KCC {name}", city=a_city(name, latitude=latitude, longitude=longitude), slug=name.lower())

    chapter("Changsha", "28.2282", "112.9388")
    chapter("Guangzhou", "23.1291", "113.2644")
    chapter("Wuhan", "30.5928", "114.3055")
    chapter("Urumqi", "43.8256", "87.6168")


def kilometres_on(client, path):
    return re.findall(r"(\d+) km", client.get(path).content.decode())


def test_how_far_they_are_is_said_from_each_chapter_anew_though_all_pages_share_them(client, page_store, four_chapters):
    assert kilometres_on(client, "/en/chapters/changsha/") == ["294", "568"]
    assert kilometres_on(client, "/en/chapters/wuhan/") == ["294", "836"]
    assert kilometres_on(client, "/en/chapters/") == []


def test_a_chapter_names_the_nearest_others(client, four_chapters):
    page = client.get("/en/chapters/changsha/").content.decode()

    section = page[page.index('id="nearby"') :]
    assert re.findall(r"(\d+) km", section) == ["294", "568"]
    assert section.index("Wuhan") < section.index("Guangzhou")
    assert "Urumqi" not in section
