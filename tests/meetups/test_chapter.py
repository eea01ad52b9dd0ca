"""One chapter: who leads it, when it meets, how to join."""

from datetime import date, timedelta

import pytest
import vobject
from django.core.files import File
from django.utils import timezone
from lxml import etree

from meetups.models import ChapterLink
from tests.events.reading import read
from tests.make import a_chapter, a_meetup, a_person, a_photo, an_album, an_article, leads
from tests.portal.pictures import a_file

pytestmark = pytest.mark.django_db

WECHAT = {"User-Agent": "Mozilla/5.0 (iPhone) AppleWebKit/605 MicroMessenger/8.0.44"}


def page_of(client, chapter):
    return read(client, f"chapters/{chapter.slug}/")


def in_days(days, title, chapter, **fields):
    return a_meetup(title, chapters=[chapter], starts_at=timezone.now() + timedelta(days=days), **fields)


def with_a_code(**fields):
    return a_chapter(group_qr=File(a_file("png"), "group.png"), contact_note_en="Write to us.", **fields)


def test_what_comes_next_stands_apart_from_what_was(client):
    chapter = a_chapter()
    in_days(20, "The one after", chapter)
    in_days(2, "Next", chapter)
    in_days(-40, "Older", chapter)
    in_days(-4, "Newer", chapter)
    in_days(4, "Of another", a_chapter())

    page = page_of(client, chapter)

    assert [page.of_class("occasions")[0].index(title) > 0 for title in ("Next", "The one after")] == [True, True]
    assert page.of_class("occasion-title") == ["Next", "The one after", "Newer", "Older"]


def test_with_nothing_ahead_it_says_so(client):
    assert "No date is set for the next meetup" in page_of(client, a_chapter()).text


def test_leads_of_today_who_are_shown(client):
    chapter = a_chapter()
    leads(a_person("Liu"), chapter, title_then_en="Lead")
    leads(a_person("Former"), chapter, until=date(2020, 1, 1))
    leads(a_person("Next year's"), chapter, since=timezone.localdate() + timedelta(days=300))
    leads(a_person("Shy"), chapter, is_public=False)

    assert page_of(client, chapter).of_class("person-body") == ["Liu Lead"]


def test_the_groups_code_is_shown_until_its_last_day(client):
    page = page_of(client, with_a_code(group_qr_expires_on=timezone.localdate()))

    [code] = page.main.xpath(".//figure[@class='qr']/img/@src")
    assert code.endswith(".png")
    assert "The code works until" in page.text
    assert "Write to us." not in page.text


def test_after_its_last_day_the_contact_note_stands_in_its_place(client):
    page = page_of(client, with_a_code(group_qr_expires_on=timezone.localdate() - timedelta(days=1)))

    assert page.main.xpath(".//figure[@class='qr']") == []
    assert ".png" not in page.response.content.decode().split("<main")[1]
    assert "Write to us." in page.text


def test_with_neither_nothing_is_said_of_joining(client):
    assert "How to join" not in page_of(client, a_chapter()).text


def test_photos_and_links_are_on_it(client):
    chapter = a_chapter()
    meetup = in_days(-4, "Lunch", chapter)
    a_photo(an_album(occasion=meetup), caption_en="Noodles")
    a_photo(an_album(occasion=meetup, published_at=None), caption_en="Secret noodles")
    ChapterLink.objects.create(chapter=chapter, kind="website", url="https://kcc.example/")

    page = page_of(client, chapter)

    assert page.of_class("photo") == ["Noodles"]
    assert "https://kcc.example/" in page.links


def test_more_past_meetups_than_are_shown_are_a_link_away(client):
    chapter = a_chapter(slug="chengdu")
    for number in range(14):
        in_days(-number - 1, f"Meetup {number}", chapter)

    page = page_of(client, chapter)

    assert len(page.of_class("occasion-title")) == 12
    assert "/en/meetups/?chapter=chengdu" in page.links


def test_a_draft_is_not_there(client):
    chapter = a_chapter(published_at=None)

    for path in ("", "calendar.ics", "feed.xml"):
        assert client.get(f"/en/chapters/{chapter.slug}/{path}").status_code == 404


def test_drafts_are_in_none_of_its_lists(client):
    chapter = a_chapter(slug="chengdu")
    in_days(3, "Secret", chapter, published_at=None)

    for path in ("", "calendar.ics", "feed.xml"):
        assert "Secret" not in client.get(f"/en/chapters/chengdu/{path}").content.decode()


def test_its_calendar_holds_its_meetups_and_says_what_is_called_off(client):
    chapter = a_chapter("KCC Chengdu", slug="chengdu")
    in_days(3, "Lunch", chapter)
    in_days(9, "Dinner", chapter, standing="cancelled")
    in_days(5, "Elsewhere", a_chapter())

    calendar = vobject.readOne(client.get("/en/chapters/chengdu/calendar.ics").content.decode())

    assert calendar.x_wr_calname.value == "KCC Chengdu"
    assert [event.summary.value for event in calendar.vevent_list] == ["Lunch", "Cancelled: Dinner"]


def test_inside_wechat_its_calendar_is_a_page_with_the_link(client):
    a_chapter("KCC Chengdu", slug="chengdu")

    response = client.get("/en/chapters/chengdu/calendar.ics", headers=WECHAT)

    assert response["Content-Type"].startswith("text/html")
    assert 'value="http://testserver/en/chapters/chengdu/calendar.ics"' in response.content.decode()


def test_its_feed_holds_its_meetups_and_what_tells_of_them(client):
    chapter = a_chapter("KCC Chengdu", slug="chengdu")
    meetup = in_days(-3, "Lunch", chapter)
    an_article("How lunch was").occasions.add(meetup)
    an_article("Something else")

    tree = etree.fromstring(client.get("/en/chapters/chengdu/feed.xml").content)

    titles = tree.xpath("//a:title/text()", namespaces={"a": "http://www.w3.org/2005/Atom"})
    assert titles[0] == "KCC Chengdu"
    assert sorted(titles[1:]) == ["How lunch was", "Lunch"]


@pytest.mark.parametrize("rows", [1, 30])
def test_it_costs_as_many_queries_however_much_there_is(client, django_assert_num_queries, rows):
    chapter = a_chapter()
    for number in range(rows):
        leads(a_person(f"Lead {number}"), chapter)
        in_days(number + 1, f"Coming {number}", chapter)
        a_photo(an_album(occasion=in_days(-number - 1, f"Past {number}", chapter)))

    with django_assert_num_queries(16):
        page_of(client, chapter)
