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
    assert phrases("第八届中国开源年会") == ["第八届", "中国", "开源", "年会"]
    assert "（虚构）" in phrases("示例聚会：两城连线夜谈（虚构）")


@pytest.mark.parametrize("name", ["霍太稳", "庄表伟", "谷大武", "以太坊", "开源社", "成都"])
def test_a_name_stays_whole_wherever_it_stands(name):
    for title in (name, f"{name}的故事", f"主旨演讲：{name}", f"KCC@{name}"):
        assert [part for part in phrases(title) if name in part], phrases(title)


def test_nothing_hangs_at_an_end_of_a_line_by_itself():
    assert phrases("四方坪夜市的第二轮") == ["四方坪夜市的", "第二轮"]
    assert phrases("一天三城：长沙、广州、成都的 KCC")[-1] == "成都的 KCC"
    assert phrases("GOTC 2023 在上海举办，两项合作落地")[-3:] == ["两项", "合作", "落地"]
    assert phrases("第十届中国开源年会暨开源社十周年庆典")[3] == "年会"


def test_words_of_our_field_are_known():
    assert phrases("示例闪电演讲：五分钟的开源") == ["示例", "闪电演讲：", "五分钟的", "开源"]
    assert phrases("硬件分论坛") == ["硬件", "分论坛"]


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

    assert "第八届<wbr>" in client.get(f"/zh-hans/meetups/{meetup.slug}/").content.decode()
    assert "<wbr>" not in client.get(f"/en/meetups/{meetup.slug}/").content.decode()


@pytest.mark.django_db
def test_a_title_that_stands_in_says_its_language():
    meetup = a_meetup("", chapters=[a_chapter()], title_zh_hans="开源")

    with override("en"):
        shown = Template('{% load portal %}{% title meetup "title" %}').render(Context({"meetup": meetup}))

    assert shown == '<span lang="zh-Hans">开源</span>'
