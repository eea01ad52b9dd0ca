"""The list of chapters, and the map of their cities."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from meetups.views import CHAPTERS_PER_PAGE
from portal.models import Community
from tests.events.reading import read
from tests.make import a_chapter, a_city, a_meetup, a_page, a_person, leads

pytestmark = pytest.mark.django_db


def test_each_city_has_its_leads_and_its_next_meetup(client):
    changsha = a_chapter(city=a_city("Changsha"), position=1)
    chengdu = a_chapter(city=a_city("Chengdu"), position=2)
    leads(a_person("Liu"), changsha)
    a_meetup(chapters=[changsha], starts_at=timezone.now() - timedelta(days=300))
    a_meetup(chapters=[chengdu], starts_at=timezone.now() + timedelta(days=3))
    a_meetup(chapters=[chengdu], starts_at=timezone.now() + timedelta(days=1), standing="cancelled")

    page = read(client, "chapters/")

    assert page.of_class("chapter-name") == ["Changsha", "Chengdu"]
    assert page.of_class("chapter-next")[0] == "Liu · 1 meetup"
    when = timezone.localtime(timezone.now() + timedelta(days=3))
    assert page.of_class("chapter-next")[1].startswith(f"Next: {when.day} {when:%B %Y}")


def test_the_cities_are_on_a_map_that_needs_no_other_host(client):
    a_chapter("KCC Changsha", slug="changsha", city=a_city("Changsha", latitude="28.2", longitude="112.9"))
    a_chapter("KCC Chengdu", slug="chengdu")

    page = read(client, "chapters/")

    maps = page.main.xpath(".//svg[contains(@class, 'dotmap')]")
    assert len(maps) == 2  # for a phone, and for a desk
    assert maps[0].xpath(".//a/@href") == ["/en/chapters/changsha/", "/en/chapters/chengdu/"]
    assert page.main.xpath(".//svg//*[starts-with(@href, 'http')]") == []


def test_the_map_names_cities_in_the_language_of_the_page(client):
    a_chapter(city=a_city("Changsha", name_zh_hans="长沙"))
    a_chapter(city=a_city("", slug="chengdu", name_zh_hans="成都"))

    page = read(client, "chapters/")

    labels = [text.text for text in page.main.xpath("(.//svg[contains(@class, 'dotmap')])[1]//text")]
    assert labels == ["Changsha", "成都"]


def test_a_lead_of_the_past_or_not_shown_is_not_named(client):
    chapter = a_chapter()
    leads(a_person("Long ago"), chapter, until=date(2020, 1, 1))
    leads(a_person("Shy"), chapter, is_public=False)
    leads(a_person("Draft"), chapter, until=None)
    a_person_hidden = a_person("Hidden", published_at=None)
    leads(a_person_hidden, chapter)

    text = read(client, "chapters/").text

    assert "Draft" in text
    assert "Long ago" not in text and "Shy" not in text and "Hidden" not in text


def test_the_communitys_own_word_for_chapters_is_used(client):
    Community(name="Us", word_for_chapter="circle", word_for_chapters="circles").save()

    page = read(client, "chapters/")

    assert page.texts("//h1") == ["Circles"]
    assert page.title == "circles · Us"


def test_it_leads_to_the_page_on_starting_one(client):
    a_chapter()
    a_page("Start a chapter in my city", slug="start-a-chapter")

    assert "/en/pages/start-a-chapter/" in read(client, "chapters/").links


def test_a_draft_is_neither_in_the_list_nor_on_the_map(client):
    a_chapter(city=a_city("Secret city"), published_at=None)

    assert "Secret" not in read(client, "chapters/").response.content.decode()


@pytest.mark.parametrize("rows", [1, 30])
def test_it_costs_nine_queries_however_many_there_are(client, django_assert_num_queries, rows):
    for number in range(rows):
        chapter = a_chapter(f"Chapter {number}", city=a_city(f"City {number}", latitude=str(20 + number)))
        leads(a_person(f"Lead {number}"), chapter)
        a_meetup(chapters=[chapter], starts_at=timezone.now() + timedelta(days=number))

    with django_assert_num_queries(9):
        page = read(client, "chapters/")

    assert len(page.of_class("chapter-name")) == min(rows, CHAPTERS_PER_PAGE)
    assert len(page.main.xpath("(.//svg[contains(@class, 'dotmap')])[1]//a")) == rows, "the map has all of them"
