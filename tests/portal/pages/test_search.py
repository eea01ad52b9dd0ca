"""The page of search results."""

from datetime import timedelta

import pytest
from django.utils import timezone

from portal import search
from portal.models import Community
from tests.events.reading import read
from tests.make import a_chapter, a_city, a_meetup, a_person, an_article

pytestmark = pytest.mark.django_db


@pytest.fixture
def indexed():
    """Return a function that puts all rows made so far into the index."""
    return search.rebuild


def test_two_chinese_characters_find_people_meetups_and_articles(client, indexed):
    a_person("", name_zh_hans="开源小明")
    a_meetup("", title_zh_hans="成都开源午餐")
    an_article("", title_zh_hans="开源回顾")
    indexed()

    page = read(client, "search/?q=开源", "zh-hans")

    titles = {title.replace(" ", "") for title in page.of_class("result-title")}
    assert titles == {"开源回顾", "开源小明", "成都开源午餐"}
    assert page.texts("//mark") == ["开源"] * 3


def test_a_result_in_the_other_language_says_which(client, indexed):
    a_meetup("", title_zh_hans="成都午餐")
    indexed()

    page = read(client, "search/?q=成都")

    assert page.main.xpath(".//h2[@class='result-title']/@lang") == ["zh-Hans"]
    assert page.links[-1].startswith("/en/meetups/")


def test_kinds_narrow_it_down_and_are_counted(client, indexed):
    a_person("Chengdu Ming")
    an_article("Chengdu recap")
    an_article("Chengdu news")
    indexed()

    everything = read(client, "search/?q=chengdu")
    assert "Everything 3" in everything.of_class("tag")
    assert "?q=chengdu&kind=person" in everything.links

    people = read(client, "search/?q=chengdu&kind=person")
    assert people.of_class("result-title") == ["Chengdu Ming"]


def test_a_chapter_goes_by_the_word_of_the_community(client, indexed):
    Community.objects.update_or_create(defaults={"word_for_chapter_en": "regional group"})
    a_chapter("Chengdu", city=a_city("Chengdu"))
    indexed()

    assert "Regional group 1" in read(client, "search/?q=chengdu").of_class("tag")


def test_a_nonsense_kind_is_told_and_left_out(client, indexed):
    a_person("Ming")
    indexed()

    page = read(client, "search/?q=ming&kind=spaceship")

    assert page.of_class("notice") == ["There is no kind “spaceship”; this is everything that was found."]
    assert page.of_class("result-title") == ["Ming"]


def test_no_result_says_so_and_offers_ways_out(client, indexed):
    indexed()

    page = read(client, "search/?q=nothing-is-called-this")

    assert "Nothing is called “nothing-is-called-this”" in page.text
    assert {"/en/conferences/", "/en/meetups/", "/en/chapters/"} <= set(page.links)


def test_a_misspelt_name_leads_to_what_was_meant(client, indexed):
    a_person("Biaowei Zhuang", name_zh_hans="庄表伟")
    indexed()

    page = read(client, "search/?q=Zhaung&kind=person&page=2")
    assert "Did you mean Zhuang ?" in page.text
    assert "?q=Zhuang" in page.links
    assert "你要找的是不是“ 庄表伟 ”？" in read(client, "search/?q=庄表为", "zh-hans").text


def test_a_name_of_two_characters_with_one_wrong_leads_to_who_begins_alike(client, indexed):
    for name in ("王红", "李洪", "王伟民"):
        a_person("", name_zh_hans=name, slug=f"person-{ord(name[1])}")
    indexed()

    for wrong, meant in (("王洪", "王红"), ("王民", "王伟民")):
        assert f"你要找的是不是“ {meant} ”？" in read(client, f"search/?q={wrong}", "zh-hans").text
    assert "你要找的是不是" not in read(client, "search/?q=张三", "zh-hans").text


@pytest.mark.parametrize("rows", [1, 30])
def test_finding_nothing_costs_nine_queries(client, indexed, django_assert_num_queries, rows):
    for number in range(rows):
        a_person(f"Zhuang {number}")
    indexed()
    client.get("/en/search/")

    with django_assert_num_queries(9):
        client.get("/en/search/?q=Zhaung")


def test_what_is_not_public_yet_is_never_suggested(client, indexed):
    a_meetup("Hackathon", published_at=timezone.now() + timedelta(days=1))
    an_article("Datathon", published_at=None)
    indexed()

    for wrong in ("Hackatohn", "Dataton"):
        assert "Did you mean" not in read(client, f"search/?q={wrong}").text


@pytest.mark.parametrize(
    "query", ["", "q=", "q=%00", "q=%20%20", "q=%22%27%3B--", "q=" + "a" * 5000, "q=*", "q=%EF%BC%8C"]
)
def test_no_words_or_nonsense_fails_nowhere(client, indexed, query):
    indexed()

    assert "Search" in read(client, f"search/?{query}").title


def test_what_was_typed_is_escaped(client, indexed):
    indexed()

    page = read(client, "search/?q=<script>alert(1)</script>")

    assert page.main.xpath(".//script") == []
    assert page.main.xpath(".//input[@name='q']/@value") == ["<script>alert(1)</script>"]


def test_drafts_are_not_found(client, indexed):
    a_person("Secret Ming", published_at=None)
    a_meetup("Secret lunch", published_at=None)
    indexed()

    assert read(client, "search/?q=secret").of_class("result-title") == []


def test_many_results_have_pages_that_keep_the_words(client, indexed):
    for number in range(25):
        an_article(f"Recap {number}")
    indexed()

    first = read(client, "search/?q=recap")
    assert len(first.of_class("result-title")) == 20
    assert "?q=recap&page=2" in first.links

    second = read(client, "search/?q=recap&page=2")
    assert len(second.of_class("result-title")) == 5
    assert set(first.of_class("result-title")).isdisjoint(second.of_class("result-title"))


def test_search_engines_do_not_index_it(client, indexed):
    indexed()

    assert read(client, "search/?q=x").tree.xpath("//meta[@name='robots']/@content") == ["noindex, follow"]


@pytest.mark.parametrize("rows", [1, 30])
def test_it_costs_seven_queries_however_much_is_found(client, indexed, django_assert_num_queries, rows):
    for number in range(rows):
        a_chapter(f"Chengdu {number}", city=a_city("Chengdu"))
    indexed()

    with django_assert_num_queries(7):
        read(client, "search/?q=chengdu")
