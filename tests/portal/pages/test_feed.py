"""The Atom feed of the site."""

from datetime import timedelta

import pytest
from django.utils import timezone
from lxml import etree

from tests.make import a_conference, a_meetup, an_article

pytestmark = pytest.mark.django_db

ATOM = {"a": "http://www.w3.org/2005/Atom"}


def feed(client, language="en"):
    response = client.get(f"/{language}/feed.xml")
    assert response["Content-Type"] == "application/atom+xml; charset=utf-8"
    return etree.fromstring(response.content)


def titles(tree):
    return tree.xpath("//a:entry/a:title/text()", namespaces=ATOM)


def ago(days):
    return timezone.now() - timedelta(days=days)


def test_articles_and_announced_occasions_come_as_they_were_published(client):
    an_article("Recap", published_at=ago(1))
    a_conference("OpenConf", published_at=ago(3))
    a_meetup("Open lunch", published_at=ago(2))

    assert titles(feed(client)) == ["Recap", "Open lunch", "OpenConf"]


def test_an_article_carries_its_whole_text(client):
    an_article("Recap", summary_en="Short & sweet", body_en="It **went** well.")

    tree = feed(client)

    assert tree.xpath("//a:entry/a:summary/text()", namespaces=ATOM) == ["Short &amp; sweet"]
    assert "<strong>went</strong>" in tree.xpath("//a:entry/a:content/text()", namespaces=ATOM)[0]


def test_an_entry_keeps_its_name_when_its_address_changes(client):
    article = an_article("Recap", slug="recap")
    [before] = feed(client).xpath("//a:entry/a:id/text()", namespaces=ATOM)

    article.slug = "recap-of-2023"
    article.save()

    assert feed(client).xpath("//a:entry/a:id/text()", namespaces=ATOM) == [before]


def test_addresses_are_whole_and_in_the_language_of_the_feed(client):
    an_article("Recap", slug="recap")

    links = feed(client, "zh-hans").xpath("//a:entry/a:link/@href", namespaces=ATOM)

    assert links == ["http://testserver/zh-hans/news/recap/"]


def test_an_entry_in_the_other_language_says_which(client):
    an_article("", title_zh_hans="回顾")

    tree = feed(client)

    assert tree.get("{http://www.w3.org/XML/1998/namespace}lang") == "en"
    assert tree.xpath("//a:entry/@xml:lang", namespaces=ATOM) == ["zh-Hans"]


def test_what_is_called_off_says_so(client):
    a_meetup("Open lunch", standing="cancelled", standing_note_en="Heavy rain.")

    tree = feed(client)

    assert titles(tree) == ["Cancelled: Open lunch"]
    assert "Heavy rain." in tree.xpath("//a:summary/text()", namespaces=ATOM)[0]


def test_drafts_are_not_in_it(client):
    an_article("Draft", published_at=None)
    a_meetup("Scheduled", published_at=timezone.now() + timedelta(days=1))

    assert titles(feed(client)) == []
