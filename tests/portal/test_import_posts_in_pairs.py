"""Posts whose two languages lie in two files become one article."""

import pytest

from portal.importing_posts import import_posts
from portal.importing_posts.pairs import without_language
from portal.models import Article, ImportedRow

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]

CHINESE = """---
title: 长沙午餐
date: 2023-10-22
author: 李明
tags: [聚会]
mood: 高兴
---
来了二十个人。
"""
ENGLISH = """---
title: Lunch in Changsha
date: 2023-10-23
author: Ming
tags: [KCC]
mood: happy
---
Twenty people came.
"""


@pytest.fixture
def folder(tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path / "media"
    (tmp_path / "blog").mkdir()
    return tmp_path / "blog"


def put(folder, **files):
    for name, text in files.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)


def written(folder):
    return import_posts(folder, write=True)


def texts():
    return [(one.title_zh_hans or "", one.title_en or "", one.slug) for one in Article.objects.order_by("pk")]


@pytest.mark.parametrize(
    ("chinese", "english"),
    [
        ("_posts/2023-10-22-lunch.zh.md", "_posts/2023-10-22-lunch.en.md"),
        ("lunch.zh-CN.md", "lunch.en.md"),
        ("lunch.md", "lunch.en.md"),
        ("lunch.zh.md", "lunch.md"),
        ("content/zh/lunch.md", "content/en/lunch.md"),
    ],
)
def test_two_files_are_one_article_in_two_languages(folder, chinese, english):
    put(folder, **{chinese: CHINESE, english: ENGLISH})

    report = written(folder)

    assert report.summary == "1 new, 0 changed, 0 the same, 0 refused"
    assert texts() == [("长沙午餐", "Lunch in Changsha", "lunch")]
    article = Article.objects.get()
    assert (article.body_zh_hans, article.body_en) == ("来了二十个人。", "Twenty people came.")
    assert (article.byline_zh_hans, article.byline_en) == ("李明", "Ming")
    assert article.dated.isoformat() in ("2023-10-22", "2023-10-23")
    assert {line.where for line in report.unread} == {f"{chinese}:6", f"{english}:6"}
    assert len(ImportedRow.objects.get().unread) == 2
    assert written(folder).summary == "0 new, 0 changed, 1 the same, 0 refused"


def test_a_translation_that_comes_later_goes_into_the_article_that_is_there(folder):
    put(folder, **{"lunch.en.md": ENGLISH})
    written(folder)
    put(folder, **{"lunch.zh.md": CHINESE})

    assert written(folder).summary == "0 new, 1 changed, 0 the same, 0 refused"
    assert texts() == [("长沙午餐", "Lunch in Changsha", "lunch")]


def test_a_translation_without_a_day_has_that_of_the_other(folder):
    put(folder, **{"lunch.zh.md": CHINESE, "lunch.en.md": "# Lunch\n\nTwenty people came.\n"})

    report = written(folder)

    assert texts() == [("长沙午餐", "Lunch", "lunch")]
    assert len(report.unread) == len(set(report.unread))


def test_two_without_a_day_are_refused_both(folder):
    put(folder, **{"lunch.zh.md": "午餐", "lunch.en.md": "Lunch"})

    assert sorted(line.where for line in written(folder).refused) == ["lunch.en.md:1", "lunch.zh.md:1"]
    assert not Article.objects.exists()


def test_two_in_the_same_language_and_three_of_a_kind_stay_apart(folder):
    put(folder, **{"a.md": ENGLISH, "a.en.md": ENGLISH.replace("Lunch", "Dinner")})
    put(folder, **{f"b.{code}.md": CHINESE for code in ("zh", "en", "cn")})

    assert written(folder).summary == "5 new, 0 changed, 0 the same, 0 refused"


def test_two_that_were_imported_as_two_stay_two(folder):
    put(folder, **{"lunch.zh.md": CHINESE})
    written(folder)
    (folder / "lunch.zh.md").rename(folder / "kept.txt")
    put(folder, **{"lunch.en.md": ENGLISH})
    written(folder)
    (folder / "kept.txt").rename(folder / "lunch.zh.md")

    assert written(folder).summary == "0 new, 0 changed, 2 the same, 0 refused"


@pytest.mark.parametrize("path", ["_posts/2023-10-22-v1.10.md", "node.js.md", "lunch.md", "english/lunch.md"])
def test_a_name_with_a_dot_in_it_is_no_language(path):
    assert without_language(path) == (path, "")
