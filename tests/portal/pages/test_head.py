"""What every page says of itself, and how it leads to the same page in the other language."""

import pytest
from django.utils import translation

from portal.models import Community
from tests.events.reading import read
from tests.make import a_conference, a_meetup, an_article

pytestmark = pytest.mark.django_db


def test_a_page_names_itself_and_its_translations(client):
    an_article("How it went", slug="recap", summary_en="In short.")

    tree = read(client, "news/recap/").tree

    assert tree.xpath("//link[@rel='canonical']/@href") == ["http://testserver/en/news/recap/"]
    assert {
        (link.get("hreflang"), link.get("href")) for link in tree.xpath("//link[@rel='alternate' and @hreflang]")
    } == {("zh-hans", "http://testserver/zh-hans/news/recap/"), ("en", "http://testserver/en/news/recap/")}
    assert tree.xpath("//meta[@name='description']/@content") == ["In short."]
    assert tree.xpath("//meta[@property='og:title']/@content") == ["How it went"]
    assert tree.xpath("//meta[@property='og:type']/@content") == ["article"]


def test_the_language_switch_keeps_the_page_and_the_query(client):
    a_meetup(slug="lunch")

    assert "/zh-hans/meetups/lunch/" in switches(read(client, "meetups/lunch/"))
    assert "/zh-hans/meetups/?year=2026&q=lunch" in switches(read(client, "meetups/?year=2026&q=lunch"))
    assert "/en/no-such-page/" in switches(read(client, "no-such-page/", "zh-hans", status=404))


def switches(page):
    return page.tree.xpath("//header//a[@hreflang]/@href")


def test_the_title_ends_with_the_community(client):
    Community(name="Us", word_for_chapter="chapter", word_for_chapters="chapters").save()
    an_article("How it went", slug="recap")

    assert read(client, "news/recap/").title == "How it went · Us"


def test_a_filtered_list_is_not_indexed_but_its_later_pages_are(client):
    for number in range(25):
        a_meetup(f"Meetup {number}")

    filtered = read(client, "meetups/?q=meetup").tree
    second = read(client, "meetups/?page=2").tree

    assert filtered.xpath("//meta[@name='robots']/@content") == ["noindex, follow"]
    assert filtered.xpath("//link[@rel='canonical']") == []
    assert second.xpath("//meta[@name='robots']") == []
    assert second.xpath("//link[@rel='canonical']/@href") == ["http://testserver/en/meetups/?page=2"]


def test_breadcrumbs_are_shown_and_told_alike(client):
    a_meetup("Open lunch", slug="lunch")

    page = read(client, "meetups/lunch/")

    assert page.of_class("breadcrumbs") == ["Home Meetups Open lunch"]
    steps = page.json_ld["BreadcrumbList"]["itemListElement"]
    assert [(step["name"], step["item"]) for step in steps] == [
        ("Home", "http://testserver/en/"),
        ("Meetups", "http://testserver/en/meetups/"),
        ("Open lunch", "http://testserver/en/meetups/lunch/"),
    ]


def test_a_text_cannot_break_out_of_the_data_for_search_engines(client):
    a_meetup("</script><script>alert(1)</script>", slug="lunch")

    page = read(client, "meetups/lunch/")

    assert [script.get("type") for script in page.tree.xpath("//script[not(@src)]")] == ["application/ld+json"]
    assert page.json_ld["Event"]["name"] == "</script><script>alert(1)</script>"


@pytest.mark.parametrize("path", ["", "meetups/", "chapters/", "photos/", "news/", "search/?q=x"])
def test_the_policy_forbids_inline_script_and_style_and_the_page_has_none(client, path):
    a_conference()
    a_meetup()

    page = read(client, path)

    policy = page.response["Content-Security-Policy"]
    assert "script-src 'self'" in policy and "style-src 'self'" in policy and "unsafe" not in policy
    assert page.tree.xpath("//*[@style] | //style | //*[@onclick] | //*[@onload]") == []


def test_the_page_is_in_the_language_of_its_address(client):
    with translation.override("en"):
        tree = read(client, "news/", "zh-hans").tree

    assert tree.get("lang") == "zh-Hans"
