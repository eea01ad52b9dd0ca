"""Posts of a former site into articles: what is taken over, what is kept in words, and what is never done."""

import os
import time
from datetime import datetime

import pytest
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.urls import reverse

from portal import cleaning
from portal.binning import put_into_bin
from portal.importing_posts import import_posts
from portal.importing_posts.occasions import is_named
from portal.importing_posts.pictures import address_of
from portal.importing_posts.reading import moment
from portal.models import Article, ImportedRow, Occasion
from tests import shared
from tests.make import SHANGHAI, a_city, a_conference, a_meetup, a_person, an_article
from tests.organizers import an_administrator, signed_in
from tests.portal.closed_folders import closed
from tests.portal.pictures import a_file

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]

DAYS = {
    "starts_at": datetime(2023, 10, 28, tzinfo=SHANGHAI),
    "ends_at": datetime(2023, 10, 30, tzinfo=SHANGHAI),
}
POST = """---
title: Lunch in Changsha
date: 2023-10-22 09:30:00
start: 2023-10-21 21:30
end: 2023-10-21 23:00
address: Sifangping market
authors: [Ming, Somebody]
tags: [KCC]
links:
  - {name: The report, url: "https://example.org/report"}
photos: [night.jpg, gone.jpg]
mood: happy
---
Twenty people came.
<!-- more -->

| who | what |
|-----|------|
| Ming | forks<br>and spoons |

<iframe src="//player.example/film?id=7"></iframe>

![a table](images/night.jpg) and ![the end](images/gone.jpg) and ![far](https://example.org/far.png)

{% youtube abc %}

```html
<script>alert("shown")</script> {% raw %}
```

<script>alert("run")</script><p onclick="x()">Bye, <b>all</b>.</p>
"""


@pytest.fixture(autouse=True)
def in_a_folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture
def folder(tmp_path):
    made = tmp_path / "blog"
    made.mkdir()
    return made


def put(folder, name="_posts/2023-10-22-lunch.md", text=POST, encoding="utf-8"):
    file = folder / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(text if isinstance(text, bytes) else text.encode(encoding))
    return file


def a_picture(folder, name="images/night.jpg"):
    (folder / name).parent.mkdir(parents=True, exist_ok=True)
    (folder / name).write_bytes(a_file(name="night.jpg").read())


def written(folder, **options):
    return import_posts(folder, write=True, **options)


def told(lines):
    return [" · ".join(filter(None, [line.where, line.told])) for line in lines]


def test_a_post_becomes_a_draft_tied_to_what_it_tells_of(folder):
    ming = a_person("Ming")
    city, evening = a_city("Changsha", name_zh_hans="长沙"), datetime(2023, 10, 21, 21, 30, tzinfo=SHANGHAI)
    meetup = a_meetup("KCC lunch", city=city, starts_at=evening)
    put(folder)
    a_picture(folder)
    a_picture(folder, "_posts/night.jpg")

    report = written(folder)

    assert report.summary == "1 new, 0 changed, 0 the same, 0 refused"
    article = Article.objects.get()
    assert (article.title_en, article.slug, article.dated.isoformat()) == ("Lunch in Changsha", "lunch", "2023-10-22")
    assert (article.publication, article.summary_en) == ("draft", "Twenty people came.")
    assert [one.pk for one in article.occasions.all()] == [meetup.pk]
    assert (list(article.authors.all()), article.byline_en) == ([ming], "Somebody")


def test_what_it_says_is_said_in_our_markdown_and_what_it_cannot_say_is_listed_with_its_line(folder):
    put(folder)
    a_picture(folder)

    report = written(folder)

    body = Article.objects.get().body_en
    assert "| Ming | forks and spoons |" in body
    assert "<https://player.example/film?id=7>" in body
    assert "![far](https://example.org/far.png)" in body
    assert "*the end*" in body
    assert "Bye, **all**." in body
    assert "- When: 2023-10-21 21:30 – 2023-10-21 23:00\n- Where: Sifangping market" in body
    assert "- [The report](<https://example.org/report>)" in body
    assert told(report.unread) == [
        "_posts/2023-10-22-lunch.md:25 · a tag of the former site: {% youtube abc %}",
        '_posts/2023-10-22-lunch.md:31 · <script> is left out: <script>alert("run")</script>',
        "_posts/2023-10-22-lunch.md:23 · the picture is not there: images/gone.jpg",
        "_posts/2023-10-22-lunch.md:11 · photos: the picture is not there: gone.jpg",
        "_posts/2023-10-22-lunch.md:12 · mood: kept beside the article: happy",
    ]
    assert [one["said"] for one in ImportedRow.objects.get().unread] == [
        line.partition(" · ")[2] for line in told(report.unread)
    ]


def test_what_was_kept_is_shown_to_who_edits_the_article(folder):
    put(folder)
    written(folder)
    article, client = Article.objects.get(), signed_in(an_administrator())
    address = reverse("admin:portal_article_leftovers", args=[article.pk])

    assert "mood: kept beside the article: happy" in client.get(address).content.decode()
    assert address in client.get(reverse("admin:portal_article_change", args=[article.pk])).content.decode()
    other = reverse("admin:portal_article_change", args=[an_article().pk])
    assert "not-understood" not in client.get(other).content.decode()


def test_hostile_html_comes_out_harmless_and_code_stays_code(folder):
    put(folder, text=POST.replace("Twenty", "<img src=x onerror=alert(1)> <a href='javascript:alert(1)'>Twenty</a>"))

    written(folder, publish=True)

    html = Article.objects.get().body_html_en
    assert "<script" not in html
    assert "onerror" not in html
    assert "javascript:" not in html
    assert '&lt;script&gt;alert("shown")&lt;/script&gt; {% raw %}' in html.replace("&quot;", '"')


def test_pictures_are_kept_once_and_none_is_an_orphan(folder):
    a_picture(folder)
    put(folder, text=POST.replace("photos: [night.jpg", "cover: images/night.jpg\nphotos: [/images/night.jpg"))

    written(folder)

    article = Article.objects.get()
    [name] = [one for one in cleaning.stored() if one.startswith("articles/posts/")]
    assert article.cover.name == name
    assert article.body_en.count(name) == 2
    assert b"SerialNumber" not in default_storage.open(name).read()
    assert list(cleaning.orphans(youngest=cleaning.YOUNGEST * 0)) == []


def test_the_pictures_of_a_post_in_the_bin_are_no_orphans_until_it_is_forgotten(folder):
    a_picture(folder)
    put(folder)
    written(folder)
    shown = list(cleaning.stored())

    binned = put_into_bin(Article.objects.get(), None)
    assert list(cleaning.orphans(youngest=cleaning.YOUNGEST * 0)) == []

    binned.delete()
    assert list(cleaning.orphans(youngest=cleaning.YOUNGEST * 0)) == shown != []


def test_a_picture_that_another_text_shows_as_well_is_no_orphan(folder):
    a_picture(folder)
    put(folder)
    written(folder)
    [name] = cleaning.stored()

    a_meetup(body_en=f'As ![the table]({address_of(name)} "in Changsha") shows.')
    Article.objects.all().delete()

    assert list(cleaning.orphans(youngest=cleaning.YOUNGEST * 0)) == []


def test_a_dry_run_lists_all_and_writes_nothing(folder, capsys):
    put(folder)
    a_picture(folder)
    put(folder, "broken.md", "---\ntitle: never ends\n")

    call_command("import_posts", str(folder), "--dry-run")

    out = capsys.readouterr().out
    assert "1 new, 0 changed, 0 the same, 1 refused" in out
    assert "broken.md:1 · its front matter begins and never ends" in out
    assert "Nothing was written" in out
    assert not Article.objects.exists()
    assert not ImportedRow.objects.exists()
    assert not list(cleaning.stored())


def test_again_changes_nothing_and_a_newer_post_updates_what_nobody_edited(folder, capsys):
    put(folder)
    call_command("import_posts", str(folder))
    before = Article.objects.values().get()
    assert written(folder).summary == "0 new, 0 changed, 1 the same, 0 refused"
    assert Article.objects.values().get() == before
    Article.objects.update(summary_en="Written by hand.")

    put(folder, text=POST.replace("Twenty people", "Thirty people").replace("Lunch in", "Dinner in"))
    report = written(folder)

    article = Article.objects.get()
    assert article.title_en == "Dinner in Changsha"
    assert "Thirty people" in article.body_en
    assert article.summary_en == "Written by hand."
    assert article.slug == "lunch"
    assert (told(report.changed), told(report.kept)) == (
        ["_posts/2023-10-22-lunch.md · title [en], text [en]"],
        ["_posts/2023-10-22-lunch.md · summary [en]"],
    )


def test_ties_that_people_changed_stay(folder):
    conference = a_conference("COSCon'23", **DAYS)
    put(folder, text="---\ntitle: COSCon 2023 is over\ndate: 2023-11-01\n---\nIt was good.\n")
    written(folder)
    article = Article.objects.get()
    assert [one.pk for one in article.occasions.all()] == [conference.pk]
    article.occasions.clear()

    assert written(folder).summary == "0 new, 0 changed, 1 the same, 0 refused"

    assert not article.occasions.exists()


def test_a_deleted_article_stays_deleted_and_a_post_that_is_gone_is_named(folder):
    put(folder)
    put(folder, "_posts/2023-10-23-other.md", POST.replace("Lunch", "Tea"))
    written(folder)
    Article.objects.get(title_en="Lunch in Changsha").delete()
    (folder / "_posts/2023-10-23-other.md").unlink()

    report = written(folder)

    assert told(report.kept) == ["_posts/2023-10-22-lunch.md · it was deleted here, so it is not imported again"]
    assert told(report.gone) == ["_posts/2023-10-23-other.md · other"]
    assert Article.objects.count() == 1


def test_an_article_of_that_title_and_day_is_the_same_and_keeps_its_words(folder):
    article = an_article("Lunch in Changsha", dated="2023-10-22", body_en="Written here.")
    put(folder)

    report = written(folder)

    article.refresh_from_db()
    assert [line.where for line in report.matched] == ["_posts/2023-10-22-lunch.md"]
    assert (article.body_en, article.summary_en) == ("Written here.", "Twenty people came.")


def test_posts_are_public_from_their_day_on_if_told_so_and_drafts_stay_drafts(folder):
    put(folder)
    put(folder, "draft.md", POST.replace("mood: happy", "published: false").replace("Lunch", "Tea"))

    written(folder, publish=True)

    assert {one.title_en: one.publication for one in Article.objects.all()} == {
        "Lunch in Changsha": "published",
        "Tea in Changsha": "draft",
    }


def test_a_broken_write_leaves_everything_as_it_was(folder, monkeypatch):
    put(folder)
    put(folder, "second.md", POST.replace("Lunch", "Tea"))
    save, seen = Article.save, []

    def fail_at_the_second(article, *args, **kwargs):
        seen.append(article)
        if len(seen) == 2:
            raise RuntimeError("the power is gone")
        save(article, *args, **kwargs)

    monkeypatch.setattr(Article, "save", fail_at_the_second)
    with pytest.raises(RuntimeError):
        written(folder)

    assert not Article.objects.exists()
    assert not ImportedRow.objects.exists()


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (POST, "utf-8-sig"),
        (POST.replace("\n", "\r\n"), "utf-8"),
        (POST.replace("Lunch in Changsha", "长沙午餐"), "gb18030"),
        (POST.replace("Lunch in Changsha", "长沙午餐"), "utf-16"),
    ],
    ids=["a mark", "CRLF", "GB18030", "UTF-16"],
)
def test_other_bytes_are_the_same_post(folder, text, encoding):
    put(folder, text=text, encoding=encoding)

    assert written(folder).refused == []

    article = Article.objects.get()
    assert article.title in ("Lunch in Changsha", "长沙午餐") or article.title_en == "长沙午餐"
    assert "Bye, **all**." in article.body_en
    assert "\r" not in article.body_en


@pytest.mark.parametrize(
    ("front", "title", "dated"),
    [
        ('title: "Half a quote\ndate: 2023-10-22\nodd line', "Half a quote", "2023-10-22"),
        ("title: Lunch: a report\ndate: 2023/10/22", "Lunch: a report", "2023-10-22"),
        ("date: 2023年10月22日", "Twenty people", "2023-10-22"),
        ("date: 2023-10-22T23:30:00Z\ntitle: A zone", "A zone", "2023-10-23"),
        ("date: 2023-02-30\ntitle: No such day", "No such day", "2023-10-22"),
        ("title: &a x\ndate: 2023-10-22\nb: [*a, *a]", "&a x", "2023-10-22"),
    ],
)
def test_front_matter_is_read_leniently(folder, front, title, dated):
    put(folder, "2023-10-22-twenty-people.md", f"---\n{front}\n---\n# Twenty people\n\nThey came.\n")

    report = written(folder)

    article = Article.objects.get()
    assert report.refused == []
    assert (article.title_en, article.dated.isoformat()) == (title, dated)


@pytest.mark.parametrize(
    "text",
    [
        '+++\ntitle = "TOML"\ndate = 2023-10-22\ntags = ["a"]\n+++\nText.\n',
        ';;;\n"title": "JSON",\n"date": "2023-10-22"\n;;;\nText.\n',
        "title: Hexo\ndate: 2023-10-22 10:00:00\n---\nText.\n",
    ],
)
def test_other_generators_write_other_front_matter(folder, text):
    put(folder, "post.md", text)

    assert written(folder).refused == []

    assert Article.objects.get().body_en == "Text."


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (b"\xff\xfe\xfd", "its bytes are text in neither UTF-8 nor GB18030"),
        (b"---\ntitle: a\x00b\n---\n", "it holds zero bytes, so it is no text"),
        (b"   \n", "it is empty"),
        (b"---\ntitle: x\n---\nText.", "no day: neither a date that can be read, nor one in its name"),
        (b"---\ntitle: " + b"x" * 70_000 + b"\n---\n", "its front matter is longer than 65536 characters"),
    ],
)
def test_what_is_no_post_is_refused_in_words(folder, text, why):
    put(folder, "post.md", text)

    report = written(folder)

    assert [line.told for line in report.refused] == [why]
    assert not Article.objects.exists()


def test_nothing_outside_the_folder_is_read(folder, tmp_path):
    a_picture(tmp_path, "secret.jpg")
    put(tmp_path, "secret.md")
    (folder / "link.md").symlink_to(tmp_path / "secret.md")
    (folder / "link.jpg").symlink_to(tmp_path / "secret.jpg")
    paths = ("../secret.jpg", "%2e%2e/secret.jpg", str(tmp_path / "secret.jpg"), "link.jpg", "..\\secret.jpg")
    pictures = "\n\n".join(f"![x]({path})" for path in paths)
    put(folder, "post.md", f"---\ntitle: Pictures\ndate: 2023-10-22\n---\n{pictures}\n")

    report = written(folder)

    assert told(report.refused) == ["link.md:1 · it is a link that leads out of the folder"]
    assert len(report.unread) == len(paths)
    assert not list(cleaning.stored())


def test_a_picture_that_is_none_is_said_in_words(folder):
    put(folder, "images/night.jpg", b"<svg onload=alert(1)>")
    put(folder)

    report = written(folder)

    assert any("web page or an SVG drawing" in line for line in told(report.unread))
    assert not list(cleaning.stored())


def test_chinese_posts_are_chinese_and_say_what_they_are(folder):
    text = "---\ntitle: 长沙聚会回顾\ncategories: 活动\naddress: 四方坪\n---\n二十位朋友来了。\n"
    put(folder, "2023-10-22-长沙.md", text)

    written(folder)

    article = Article.objects.get()
    assert (article.title_zh_hans, article.kind, article.slug) == ("长沙聚会回顾", "recap", "chang-sha")
    assert "地点：四方坪" in article.body_zh_hans.replace(": ", "：")
    assert not article.title_en


def test_several_sites_may_have_the_same_file_names(folder):
    put(folder)
    written(folder, blog="old")
    put(folder, text=POST.replace("Lunch", "Tea"))

    written(folder, blog="older")

    assert Article.objects.count() == 2


@pytest.mark.parametrize(
    ("title", "words", "is_meant"),
    [
        ("COSCon'23", "COSCon China 2023", True),
        ("COSCon'23", "COSCon China 2021", False),
        ("COSCon'21", "第六届中国开源年会（COSCon'21）开心开源精彩收官", True),
        ("GOTC 2023", "The Global Open-source Technology Conference 2023", False),
        ("长沙聚会", "回顾：长沙聚会，一日三场", True),
        ("KCC", "KCC in Changsha", False),
    ],
)
def test_a_title_is_found_in_other_words(title, words, is_meant):
    assert is_named(title, words) is is_meant


def test_days_are_read_as_people_write_them():
    for text in ("2023-10-21", "2023/10/21", "2023年10月21日", "2023.10.21 09:30", "2023-10-21T09:30:00+08:00"):
        assert moment(text)[0].date().isoformat() == "2023-10-21"
    for text in ("Oct 21, 2023", "21st October 2023", "2023-10-21 9:30 PM", "2023-10-21 09:30:00 Asia/Shanghai"):
        assert moment(text)[0].date().isoformat() == "2023-10-21"
    assert moment("Sat, 21 Oct 2023 09:30:00 +0800")[0] == datetime(2023, 10, 21, 9, 30, tzinfo=SHANGHAI)
    assert moment("2023-10-21 9:30 PM")[0].hour == 21
    for text in ("soon", "2023-13-01", "21.10.2023", "2023-10-21 25:00", "Oct 2023", "1697936400", "2023-10-21 Mars/X"):
        assert moment(text) == (None, False)


def test_a_title_that_is_a_list_and_one_that_is_told_twice_are_not_lost(folder):
    put(folder, "a.md", "---\ntitle: [One, Two]\ndate: 2023-10-22\nimage: {path: gone.png, alt: x}\n---\nText\n")
    put(folder, "b.md", "---\ntitle: One\ntitle: Two\ndate: 2023-10-22\n---\nText\n")

    report = written(folder)

    assert sorted(article.title_en for article in Article.objects.all()) == ["One, Two", "Two"]
    assert "b.md:2 · title: is told twice, and the last one counts" in told(report.unread)
    assert any("gone.png" in line for line in told(report.unread))


def test_front_matter_that_is_one_object_in_json(folder):
    put(folder, "a.md", '{\n"title": "Lunch",\n"date": "2023-10-22"\n}\n\nText {of sorts}\n')
    put(folder, "2023-10-22-b.md", "{% raw %}\nText\n")

    assert written(folder).summary == "2 new, 0 changed, 0 the same, 0 refused"
    assert Article.objects.get(slug="a").body_en == "Text {of sorts}"


def test_a_folder_that_may_not_be_read_is_not_taken_for_an_empty_one(folder, monkeypatch):
    (folder / "drafts").mkdir()
    closed(monkeypatch, folder / "drafts")

    with pytest.raises(CommandError, match="Permission denied"):
        call_command("import_posts", str(folder))


def test_no_folder_is_said_so(tmp_path):
    with pytest.raises(CommandError, match="no folder"):
        call_command("import_posts", str(tmp_path / "nothing"))


@pytest.mark.parametrize("piece", ["<!--", "{% a", "`", "![a](", "[", "<b>", "| a |\n", "- [](", "> ", "<script"])
def test_hostile_repetition_takes_a_moment_and_no_longer(folder, piece):
    put(folder, "post.md", "---\ntitle: x\ndate: 2023-10-22\n---\n" + piece * (50_000 // len(piece)))
    begun = time.process_time()

    assert written(folder).refused == []

    assert time.process_time() - begun < 20


def test_real_posts(folder):
    seeds = shared.at_hand(shared.folder("seeds"))
    for name in sorted(os.listdir(seeds)):
        with open(os.path.join(seeds, name), "rb") as seed:
            put(folder, name.replace(".txt", ".md"), seed.read())
    a_conference("COSCon'23", **DAYS)

    first, again = written(folder), written(folder)

    assert len(first.new) + len(first.refused) == len(os.listdir(seeds))
    assert len(first.new) >= 3
    assert len(again.same) == len(first.new)
    assert Occasion.objects.get().articles.count() >= 1
