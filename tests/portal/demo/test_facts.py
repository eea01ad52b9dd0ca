"""What the documents tell of meetups, people and figures is in the database, in both languages, after `load_demo`."""

from datetime import date

import pytest

from meetups.models import Chapter, Meetup
from portal.models import Article, Figure, Occasion, Organization, Page, Person
from tests.portal.demo.facts import both, figures, partners, parts

pytestmark = [pytest.mark.usefixtures("demo"), pytest.mark.django_db]


def test_chapters_have_the_leads_that_are_known():
    leads = {
        chapter.slug: [leadership.person.name_zh_hans for leadership in chapter.leaderships.all()]
        for chapter in Chapter.objects.all()
    }

    assert leads == {"changsha": ["刘晓东"], "guangzhou": ["惠世冀"], "chengdu": []}


def test_three_meetups_on_one_day():
    changsha, guangzhou, chengdu = (
        Meetup.objects.get(slug=f"{city}-2023-10") for city in ("changsha", "guangzhou", "chengdu")
    )

    assert {meetup.starts_on for meetup in (changsha, guangzhou, chengdu)} == {date(2023, 10, 21)}
    assert changsha.starts_at.astimezone(changsha.tzinfo).strftime("%H:%M") == "21:30"
    assert figures(changsha.slug) == {"people-on-site": "nearly 20"}
    assert "四方坪" in changsha.place_zh_hans
    assert "保利中悦广场" in guangzhou.place_zh_hans and "第二场" in guangzhou.summary_zh_hans
    assert partners(guangzhou.slug) == {"co-host": {"tidb"}}
    assert parts(guangzhou.slug, "organizer").keys() == {"Hui Shiji", "Biaomei", "tison"}
    assert parts(guangzhou.slug, "speaker").keys() == {"tison"}
    assert "GTLC" in chengdu.along_with_name_en and both(chengdu, "place")[0] == "少灏厅"
    assert parts(chengdu.slug, "guest").keys() == {"Wang Zhiqiang", "Tang Zuolin"}
    assert partners(chengdu.slug) == {"co-host": {"tgo"}}


def test_one_row_for_each_person_and_organization_under_all_their_names():
    zhuang = Person.objects.get(name_zh_hans="庄表伟")
    kaiyuanshe = Organization.objects.get(name_zh_hans="开源社")

    assert zhuang.name_en == "Biaowei Zhuang"
    assert set(zhuang.parts.values_list("occasion__slug", flat=True)) == {"coscon-2017", "coscon-2021"}
    assert "Open Source Society" in {name.name_en for name in kaiyuanshe.names.all()}
    assert Organization.objects.get(slug="tidb").made_by.slug == "pingcap"
    assert {"Nuggets", "Juejin.im"} <= {name.name_en for name in Organization.objects.get(slug="juejin").names.all()}


def test_every_figure_names_a_source_with_a_title_in_both_languages():
    for figure in Figure.objects.select_related("source"):
        assert all(both(figure.source, "title")), figure


def test_every_occasion_of_the_documents_has_an_album_with_credit():
    for occasion in Occasion.objects.filter(is_sample=False).exclude(slug="gotc-2023"):
        album = occasion.albums.get()
        assert all(both(album, "credit")) and album.photos.count() > 0, occasion
        assert all(photo.alt_en and not photo.image for photo in album.photos.all())


def test_recaps_news_and_standing_pages_are_there():
    assert set(Article.objects.filter(kind="recap").values_list("slug", flat=True)) == {
        *("coscon-2017-recap", "coscon-2021-recap", "kcc-three-cities-2023-10")
    }
    assert Article.objects.get(kind="news").slug == "gotc-2023-news"
    pages = {page.slug: page for page in Page.objects.all()}
    assert pages.keys() == {"about", "code-of-conduct", "privacy", "start-a-chapter"}
    assert all("mailto:conduct@" in body for body in both(pages["code-of-conduct"], "body"))
