"""Visitors find what is public, by the words they have, in either language."""

import json
import time
from dataclasses import replace

import pytest
from django.core.management import call_command
from django.db import connection
from django.utils.html import strip_tags

from portal import search
from portal.models import SearchEntry
from portal.search.highlight import excerpt, marked
from portal.search.words import Query, folded, indexed
from tests.portal.search_cases import CORPUS, LATER, NOW, a_findable, misses
from tests.postgres import manage


def found(text, language="zh-hans", **options):
    return [result.pk for result in search.find(text, language, NOW, **options).results]


@pytest.mark.django_db
def test_every_query_finds_what_it_should_on_sqlite():
    assert connection.vendor == "sqlite"
    assert misses() == {}


def test_every_query_finds_what_it_should_on_postgresql(postgres):
    database = postgres.fresh_database()
    script = "from tests.portal.search_cases import print_misses; print_misses()"
    assert json.loads(manage(database, "shell", "-v", "0", "-c", script)) == {}


@pytest.mark.django_db
def test_a_scheduled_row_appears_at_its_minute():
    search.index([a_findable(9, "预告", visible_from=LATER)])
    assert found("预告") == []
    assert [result.pk for result in search.find("预告", "zh-hans", LATER).results] == [9]


@pytest.mark.django_db
def test_titles_come_before_texts_then_weight_then_the_newest():
    search.index(
        [
            a_findable(1, "别的", text="成都", dated=NOW.date()),
            a_findable(2, "成都旧事", dated=NOW.date().replace(year=2017)),
            a_findable(3, "成都新闻", dated=NOW.date()),
            a_findable(4, "成都无期"),
            a_findable(5, "成都大会", weight=1, dated=NOW.date().replace(year=2016)),
        ]
    )
    assert found("成都") == [5, 3, 2, 4, 1]


@pytest.mark.django_db
def test_of_many_entries_titles_alone_make_a_page_where_they_fill_it(monkeypatch, django_assert_num_queries):
    search.index([a_findable(pk, f"开源 {pk}", weight=pk) for pk in (1, 2, 3)])
    search.index([a_findable(4, "别的", text="开源", weight=9), a_findable(5, "开源人", kind="person", weight=5)])
    monkeypatch.setattr("portal.search.finding.MANY", 3)

    with django_assert_num_queries(3):
        assert found("开源", limit=2) == [5, 3]
    with django_assert_num_queries(4):
        assert found("开源", limit=2, offset=3) == [1, 4]
    assert found("开源", limit=2, kind="article", offset=2) == [1, 4]


@pytest.mark.django_db
def test_pages_of_results_with_their_counts(django_assert_num_queries):
    search.index([a_findable(pk, f"开源 {pk}") for pk in range(1, 31)])
    search.index([a_findable(pk, "开源人", kind="person") for pk in range(1, 4)])
    with django_assert_num_queries(3):
        answer = search.find("开源", "zh-hans", NOW, limit=10, offset=30)
    assert len(answer.results) == 3
    assert (answer.total, answer.kinds) == (33, {"article": 30, "person": 3})

    only = search.find("开源", "zh-hans", NOW, kind="person")
    assert ({result.kind for result in only.results}, only.total) == ({"person"}, 3)
    assert only.kinds == {"article": 30, "person": 3}
    assert search.find("开源", "zh-hans", NOW, kind="nonsense").total == 0


@pytest.mark.django_db
def test_a_result_is_shown_in_the_visitors_language_and_says_where_it_is_not():
    search.index(
        [
            a_findable(
                1, "开源年会", "Open source conference", "在成都", "In Chengdu", whens={"en": "28 October 2023"}
            ),
            a_findable(2, "只有中文", text="开源"),
        ]
    )
    both, chinese_only = (search.find(text, "en", NOW).results[0] for text in ("Chengdu", "开源 中文"))
    assert (both.title, both.title_lang, both.url) == ("Open source conference", "", "/en/news/n-1/")
    assert (both.excerpt, both.excerpt_lang, both.when_text) == ("In <mark>Chengdu</mark>", "", "28 October 2023")
    assert (chinese_only.title_lang, chinese_only.excerpt_lang) == ("zh-Hans", "zh-Hans")

    # Found by its Chinese text, so the excerpt shows that, under the English title.
    crossed = search.find("成都", "en", NOW).results[0]
    assert (crossed.title, crossed.excerpt) == ("Open source conference", "在<mark>成都</mark>")
    assert (crossed.title_lang, crossed.excerpt_lang) == ("", "zh-Hans")


@pytest.mark.django_db
def test_a_row_indexed_again_is_found_by_its_new_words_only():
    search.index([a_findable(1, "旧名")])
    search.index([a_findable(1, "新名")])
    assert (found("旧名"), found("新名")) == ([], [1])
    assert SearchEntry.objects.count() == 1


@pytest.mark.django_db
def test_a_row_made_a_draft_again_is_forgotten():
    search.index([a_findable(1, "旧名")])
    search.index([replace(a_findable(1, "旧名"), visible_from=None)])
    assert found("旧名") == []


@pytest.mark.django_db
def test_a_forgotten_row_is_not_found_and_its_namesake_of_another_kind_is():
    search.index([a_findable(1, "开源"), a_findable(1, "开源", kind="person")])
    search.forget("article", [1])
    assert [result.kind for result in search.find("开源", "zh-hans", NOW).results] == ["person"]


@pytest.mark.django_db
def test_rows_deleted_past_the_index_take_their_words_along():
    search.index(CORPUS)
    SearchEntry.objects.all().delete()
    search.index([a_findable(1, "别的")])
    assert found("开源") == []


def test_words_are_marked_in_the_text_as_it_was_written():
    assert marked("与ＴｉＤＢ社区", Query("tidb社区")) == "与<mark>ＴｉＤＢ</mark><mark>社区</mark>"
    assert marked("Communities & <b>café</b>", Query("community cafe")) == (
        "<mark>Communities</mark> &amp; &lt;b&gt;<mark>café</mark>&lt;/b&gt;"
    )
    assert marked("ﬁrst ㈱ COSCon'23", Query("coscon23")) == "ﬁrst ㈱ <mark>COSCon&#x27;23</mark>"
    assert marked("aim, AI", Query("ai")) == "aim, <mark>AI</mark>"
    assert marked("x", Query("")) == "x"


def test_an_excerpt_shows_the_stretch_around_the_first_word_found():
    text = "开头。" * 100 + "这里有黑客松。" + "结尾。" * 100
    shown = excerpt(text, Query("黑客松"))
    assert "<mark>黑客松</mark>" in shown
    assert shown.startswith("…") and shown.endswith("…")
    assert len(strip_tags(shown)) < 90
    english = excerpt("lorem ipsum dolor " * 40 + "hackathon " + "sit amet " * 40, Query("hackathon"))
    assert set(strip_tags(english).strip("… ").split()) <= {"lorem", "ipsum", "dolor", "hackathon", "sit", "amet"}


def test_an_excerpt_is_safe_and_begins_at_the_beginning_where_nothing_is_found():
    assert excerpt("<script>" + "开源" * 200, Query("nothing")).startswith("&lt;script&gt;开源")
    assert excerpt("", Query("开源")) == ""


def test_folding_leaves_one_spelling():
    assert folded("ＫＣＣ Ｃafé İ ß") == folded("kcc cafe i ss")
    assert indexed("开源社") == "开源 源社 社"
    assert indexed("GOTC2023大会") == "gotc 2023 大会 会"


@pytest.mark.django_db
def test_thousands_of_rows_are_searched_in_a_moment():
    search.replace_all(
        a_findable(pk, f"第{pk}次开源聚会", f"Meetup {pk}", "社区与开源，庄表伟谈治理。" * 5) for pk in range(1, 5_001)
    )
    for query in ("治理", "开源", "meetup 777", "源"):
        began = time.perf_counter()
        search.find(query, "zh-hans", NOW)
        assert time.perf_counter() - began < 1, query


@pytest.mark.django_db
def test_the_command_makes_the_index_anew(capsys):
    search.index([a_findable(1, "不再存在")])
    call_command("rebuild_search")
    assert "0 entries" in capsys.readouterr().out
    assert found("不再存在") == []
