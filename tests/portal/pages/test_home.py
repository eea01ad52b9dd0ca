"""The home page, and the way to it."""

from datetime import timedelta

import pytest
from django.utils import timezone

from portal.models import Community
from tests.events.reading import read
from tests.make import (
    a_chapter,
    a_city,
    a_conference,
    a_desk,
    a_figure,
    a_link,
    a_meetup,
    a_person,
    a_series,
    a_source,
    an_album,
    an_article,
    leads,
)

pytestmark = pytest.mark.django_db


def in_days(days, title="Open lunch", **fields):
    """A meetup that begins in so many days and takes two hours."""
    starts_at = timezone.now() + timedelta(days=days)
    return a_meetup(title, starts_at=starts_at, ends_at=starts_at + timedelta(hours=2), **fields)


@pytest.mark.parametrize(
    ("asked_for", "home"),
    [
        ("zh-CN,zh;q=0.9,en;q=0.8", "/zh-hans/"),
        ("zh-TW", "/zh-hans/"),
        ("en-GB,en;q=0.9,zh;q=0.5", "/en/"),
        ("fr-FR", "/zh-hans/"),
        ("", "/zh-hans/"),
    ],
)
def test_a_visitor_is_sent_to_the_language_their_browser_asks_for(client, asked_for, home):
    response = client.get("/", headers={"Accept-Language": asked_for})

    assert response.status_code == 302
    assert response["Location"] == home
    assert "Accept-Language" in response["Vary"]


def test_what_is_on_now_leads_then_what_comes_next(client):
    in_days(3, "Next week's")
    in_days(-0.01, "Going on")
    in_days(9, "The one after")

    page = read(client, "")

    assert page.of_class("hero-title") == ["Going on"]
    assert "On now" in page.of_class("hero")[0]
    assert page.of_class("occasion-title") == ["Next week's", "The one after"]


def test_the_next_of_a_series_leads_before_a_meetup_that_is_sooner(client):
    in_days(3, "Next week's lunch")
    starts_at = timezone.now() + timedelta(days=60)
    a_conference("OpenConf", starts_at=starts_at, ends_at=starts_at + timedelta(days=2), series=a_series("Open series"))

    page = read(client, "")

    assert page.of_class("hero-title") == ["OpenConf"]
    assert page.of_class("eyebrow") == ["Open series Upcoming"]
    assert page.of_class("occasion-title") == ["Next week's lunch"]


def test_the_lead_offers_a_seat_and_the_way_to_its_page(client):
    meetup = in_days(3, "Supper")
    a_desk(occasion=meetup)
    a_link(meetup, "live", "https://live.example/")

    page = read(client, "")

    assert page.texts("//*[@class='hero-actions']/a") == ["Register", "Details"]
    assert page.main.xpath(".//*[@class='hero-actions']/a/@href") == [
        f"/en/meetups/{meetup.slug}/register/",
        f"/en/meetups/{meetup.slug}/",
    ]


def test_before_anything_is_announced_it_says_who_they_are(client):
    Community(name_en="Us", summary_en="We meet.", word_for_chapter_en="c", word_for_chapters_en="cs").save()

    page = read(client, "")

    assert page.of_class("page-head") == ["Us We meet."]
    assert page.of_class("empty") == ["Nothing is announced yet"]
    assert [head.text for head in page.tree.xpath("//footer//h2")] == ["Follow", "Language"]


@pytest.mark.parametrize("path", ["conferences/", "meetups/", "photos/"])
def test_an_empty_list_does_not_ask_for_other_words(client, path):
    assert [words.startswith("No ") and "yet" in words for words in read(client, path).of_class("empty")] == [True]
    assert read(client, path).of_class("filters") == []
    assert "matches" in read(client, f"{path}?q=anything").of_class("empty")[0]


def test_what_is_called_off_is_told_in_the_list_and_does_not_lead(client):
    in_days(2, "Rained out", standing="cancelled")
    in_days(5, "Dry again")

    page = read(client, "")

    assert page.of_class("hero-title") == ["Dry again"]
    assert any("Rained out" in row and "Cancelled" in row for row in page.of_class("occasion"))


def test_with_nothing_ahead_the_last_one_leads(client):
    in_days(-400, "Long ago")
    in_days(-20, "Last month")

    assert read(client, "").of_class("hero-title") == ["Last month"]


def test_before_anything_is_announced_it_says_so(client):
    assert "Nothing is announced yet" in read(client, "").text


def test_the_flagship_is_counted_with_its_source(client):
    flagship = a_conference("COSCon'21", starts_at=timezone.now() - timedelta(days=90), ends_at=timezone.now())
    source = a_source("The organizers' report of 2021")
    a_figure(flagship, 261705, "views-online", unit_en="views", is_featured=True, source=source)
    a_figure(flagship, 1000, "people-on-site", precision="at-least", is_featured=True, source=source)
    a_figure(flagship, 144, "speakers", is_featured=True, source=source)
    a_figure(flagship, 25, "communities", source=source)
    a_figure(in_days(-1, "A lunch"), 20, "people-on-site", is_featured=True)

    page = read(client, "")

    assert "COSCon'21 in figures" in page.text
    assert page.of_class("figure-value") == ["261,705 views", "more than 1,000", "144"]
    assert "The organizers' report of 2021" in page.of_class("figure-source")[0]


def test_articles_albums_chapters_and_series_are_on_it(client):
    an_article("How we cooked")
    an_album("Pots and pans")
    a_conference("OpenConf'26", series=a_series("OpenConf", full_name_en="The Open Conference"))
    leads(a_person("Ming"), a_chapter(city=a_city("Changsha")))

    page = read(client, "")

    assert "How we cooked" in page.of_class("card-title")
    assert "Pots and pans" in page.of_class("card-title")
    assert page.of_class("chapter-name") == ["Changsha"]
    assert "Ming" in page.of_class("chapter-next")[0]
    assert any("The Open Conference" in series for series in page.of_class("forum"))


def test_drafts_are_nowhere_on_it(client):
    in_days(3, "Secret meetup", published_at=None)
    an_article("Secret article", published_at=None)
    an_album("Secret album", published_at=None)
    a_chapter("Secret chapter", city=a_city("Secret city"), published_at=None)
    a_conference("Secret conference", series=a_series("Secret series"), published_at=None)

    assert "Secret" not in read(client, "").response.content.decode()


def test_a_cover_is_drawn_where_there_is_no_picture(client):
    in_days(3)

    page = read(client, "")
    [cover] = page.main.xpath(".//*[contains(@class, 'hero-cover')]//img/@src")

    answer = client.get(cover)
    assert answer["Content-Type"] == "image/svg+xml"
    assert answer.content.startswith(b"<svg")


@pytest.mark.parametrize("rows", [1, 30])
def test_it_costs_twenty_two_queries_however_much_there_is(client, django_assert_num_queries, rows):
    past = timezone.now() - timedelta(days=90)
    for number in range(rows):
        conference = a_conference(starts_at=past, ends_at=past + timedelta(days=2), city=a_city())
        for measure in ("speakers", "talks", "forums"):
            a_figure(conference, 10, measure, is_featured=True)
        leads(a_person(f"Lead {number}"), a_chapter(f"Chapter {number}"))
        in_days(number + 1, city=a_city())
        article = an_article(f"Article {number}")
        article.occasions.add(conference)
        an_album(f"Album {number}", occasion=conference)

    with django_assert_num_queries(22):
        read(client, "")
