"""One article."""

from datetime import date

import pytest

from tests.events.reading import read
from tests.make import a_conference, a_person, an_article

pytestmark = pytest.mark.django_db


def page_of(client, article, language="en"):
    return read(client, f"news/{article.slug}/", language)


def test_text_day_authors_and_what_it_tells_of_are_shown(client):
    article = an_article(
        "How it went",
        dated=date(2017, 11, 27),
        kind="recap",
        summary_en="In short.",
        body_en="It **went** well.",
        byline_en="The press team",
        source_url="https://press.example/1",
    )
    article.authors.add(a_person("Ming"), a_person("Hidden", published_at=None))
    article.occasions.add(a_conference("COSCon'17"), a_conference("Secret", published_at=None))

    page = page_of(client, article)

    assert page.texts("//h1") == ["How it went"]
    assert "Recap · 27 November 2017" in page.text
    assert "By Ming · The press team" in page.text
    assert page.texts("//*[@class='prose']//strong") == ["went"]
    assert page.of_class("occasion-title") == ["COSCon'17"]
    assert "https://press.example/1" in page.links
    assert "Hidden" not in page.text and "Secret" not in page.text


def test_hostile_markdown_is_harmless(client):
    article = an_article(body_en="<script>alert(1)</script> [x](javascript:alert(1)) <img src=x onerror=alert(1)>")

    page = page_of(client, article)

    assert page.main.xpath(".//script | .//*[@onerror] | .//a[starts-with(@href, 'javascript')]") == []


def test_a_text_in_the_other_language_alone_says_so(client):
    article = an_article("", title_zh_hans="回顾", body_zh_hans="很好。", summary_zh_hans="简短")

    page = page_of(client, article)

    assert page.main.xpath(".//*[@class='prose']/@lang") == ["zh-Hans"]
    assert page.main.xpath(".//h1/span/@lang") == ["zh-Hans"]
    assert page_of(client, article, "zh-hans").main.xpath(".//*[@class='prose']/@lang") == []


def test_search_engines_learn_when_it_was_written_and_by_whom(client):
    article = an_article("How it went", dated=date(2017, 11, 27), summary_en="In short.")
    article.authors.add(a_person("Ming"))

    told = page_of(client, article).json_ld["NewsArticle"]

    assert told["headline"] == "How it went"
    assert told["datePublished"] == "2017-11-27"
    assert told["author"][0]["name"] == "Ming"
    assert told["inLanguage"] == "en"


def test_a_draft_is_not_there(client):
    read(client, f"news/{an_article(published_at=None).slug}/", status=404)


@pytest.mark.parametrize("rows", [1, 30])
def test_it_costs_as_many_queries_however_much_it_tells_of(client, django_assert_num_queries, rows):
    article = an_article()
    for number in range(rows):
        article.occasions.add(a_conference())
        article.authors.add(a_person(f"Author {number}"))

    with django_assert_num_queries(7):
        page_of(client, article)
