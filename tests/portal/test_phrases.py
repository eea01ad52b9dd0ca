"""Large Chinese titles say between which words they may break."""

import pytest
from django.template import Context, Template
from django.utils.translation import override

from portal.phrases import in_phrases, phrases
from tests.make import a_chapter, a_meetup

TITLES = (
    "第八届中国开源年会",
    "示例聚会：两城连线夜谈（虚构）",
    "KCC@广州 × TiDB 社区",
    "GOTC 2023 在上海举办，两项合作落地",
    "《开源人之歌》",
)


@pytest.mark.parametrize("title", TITLES)
def test_the_phrases_of_a_title_are_the_title(title):
    assert "".join(phrases(title)) == title


def test_words_stay_whole():
    assert phrases("第八届中国开源年会")[0] == "第八"
    assert "中国" in phrases("第八届中国开源年会")
    assert "（虚构）" in phrases("示例聚会：两城连线夜谈（虚构）")


@pytest.mark.parametrize("title", TITLES)
def test_no_mark_stands_where_it_may_not(title):
    parts = phrases(title)

    assert not [part for part in parts[1:] if part[0] in "，。、：；！？…）》」』”’"]
    assert not [part for part in parts[:-1] if part[-1] in "（《「『“‘"]


def test_nothing_is_broken_that_is_not_chinese():
    assert [part for part in phrases("KCC@广州 × TiDB 社区") if part.isascii()] == []
    assert in_phrases("Why forks happen") == "Why forks happen"


def test_a_title_is_escaped():
    assert in_phrases("中国<b>开源") == "中国&lt;b&gt;开源"
    assert in_phrases("中国开源") == "中国<wbr>开源"


@pytest.mark.django_db
def test_the_page_of_an_occasion_breaks_its_title_between_words(client):
    meetup = a_meetup("Lunch", chapters=[a_chapter()], title_zh_hans="第八届中国开源年会")

    assert "第八<wbr>" in client.get(f"/zh-hans/meetups/{meetup.slug}/").content.decode()
    assert "<wbr>" not in client.get(f"/en/meetups/{meetup.slug}/").content.decode()


@pytest.mark.django_db
def test_a_title_that_stands_in_says_its_language():
    meetup = a_meetup("", chapters=[a_chapter()], title_zh_hans="开源")

    with override("en"):
        shown = Template('{% load portal %}{% title meetup "title" %}').render(Context({"meetup": meetup}))

    assert shown == '<span lang="zh-Hans">开源</span>'
