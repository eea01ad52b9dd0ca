"""The organizers' forms: either language, suggested addresses, dates as people say them, nobody overwritten."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse
from django.utils import timezone

from meetups.models import Meetup
from portal.models import Article, FormerSlug, Person
from portal.slugs import free_slug, slug_from
from tests import make
from tests.make import SHANGHAI
from tests.organizers import an_administrator, an_editor, data_of, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def chief():
    return signed_in(an_administrator())


def add(client, model, **values):
    page = reverse(f"admin:{model.replace('.', '_')}_add")
    return client.post(page, data_of(client.get(page)) | values)


def change(row):
    return reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_change", args=[row.pk])


def saved(client, row, **values):
    return client.post(change(row), data_of(client.get(change(row))) | values)


def errors(response):
    return response.context["adminform"].form.errors


@pytest.mark.parametrize("name", [{"name_en": "Ming"}, {"name_zh_hans": "小明"}])
def test_one_language_is_enough(chief, name):
    assert add(chief, "portal.person", **name).status_code == 302


def test_no_language_is_too_few(chief):
    assert {"name_zh_hans", "name_en"} & set(errors(add(chief, "portal.person")))


def test_an_empty_address_is_made_from_the_name(chief):
    add(chief, "portal.person", name_zh_hans="庄表伟")
    add(chief, "portal.person", name_zh_hans="庄表伟")
    add(chief, "portal.person", name_zh_hans="庄表伟", name_en="Biaowei Zhuang")

    assert set(Person.objects.filter(name_zh_hans="庄表伟").values_list("slug", flat=True)) == {
        "zhuang-biao-wei",
        "zhuang-biao-wei-2",
        "biaowei-zhuang",
    }


@pytest.mark.parametrize("slug", ["大会 1", "Hong", "wang_hong", "-hong"])
def test_an_address_that_cannot_be_says_what_can(chief, slug):
    assert errors(add(chief, "portal.person", name_zh_hans="王红", slug=slug))["slug"] == [
        "请用小写字母 a-z、数字和单个连字符，例如 chengdu-2023-10。"
    ]


def test_a_meetups_address_is_its_city_and_day(chief):
    chapter = make.a_chapter(slug="changsha")

    add(chief, "meetups.meetup", title_zh_hans="聚会", chapters=[chapter.pk], first_day="2026-10-21")

    assert Meetup.objects.get().slug == "changsha-2026-10-21"


def test_words_of_the_addresses_and_taken_slugs_are_passed_over():
    make.a_person(slug="ming")

    assert slug_from("开源社 KAIYUANSHE!") == "kai-yuan-she-kaiyuanshe"
    assert free_slug("ming", Person.objects.all()) == "ming-2"
    assert free_slug("photos", Person.objects.all()) == "photos-2"


def test_a_taken_address_is_told_and_not_a_crash(chief):
    conference, other = make.a_conference(slug="one"), make.a_conference(slug="two")
    forum = make.a_forum(conference, slug="hardware")
    second = make.a_forum(conference, slug="software")

    assert errors(saved(chief, other, slug="one"))
    assert errors(saved(chief, second, slug=forum.slug))


def test_a_changed_address_redirects(chief):
    person = make.a_person(slug="former")
    saved(chief, person, slug="latter")

    assert FormerSlug.objects.get().slug == "former"


def test_a_day_without_hours_is_known_to_the_day(chief):
    add(chief, "meetups.meetup", title_en="Day", chapters=[make.a_chapter().pk], first_day="2026-10-21")

    meetup = Meetup.objects.get()
    assert meetup.precision == "day"
    assert meetup.starts_at == datetime(2026, 10, 21, tzinfo=SHANGHAI)
    assert meetup.ends_at == datetime(2026, 10, 22, tzinfo=SHANGHAI)


def test_hours_are_those_of_the_event(chief):
    add(
        chief,
        "meetups.meetup",
        title_en="Evening",
        chapters=[make.a_chapter().pk],
        time_zone="Europe/Berlin",
        first_day="2026-10-21",
        first_time="19:00",
        last_time="21:30",
    )

    meetup, berlin = Meetup.objects.get(), ZoneInfo("Europe/Berlin")
    assert meetup.precision == "minute"
    assert meetup.starts_at == datetime(2026, 10, 21, 19, tzinfo=berlin)
    assert meetup.ends_at == datetime(2026, 10, 21, 21, 30, tzinfo=berlin)


def test_a_month_is_the_whole_month(chief):
    chapters = [make.a_chapter().pk]
    add(chief, "meetups.meetup", title_en="May", chapters=chapters, first_day="2026-05-17", precision="month")

    meetup = Meetup.objects.get()
    assert (meetup.starts_at.astimezone(SHANGHAI).day, meetup.ends_at.astimezone(SHANGHAI).month) == (1, 6)


@pytest.mark.parametrize(
    "when",
    [
        {"starts_at": datetime(2026, 10, 21, 19, tzinfo=SHANGHAI), "ends_at": None},
        {"starts_at": datetime(2026, 10, 21, 19, tzinfo=SHANGHAI), "ends_at": datetime(2026, 10, 22, tzinfo=SHANGHAI)},
        {
            "starts_at": datetime(2026, 10, 24, tzinfo=SHANGHAI),
            "ends_at": datetime(2026, 10, 26, tzinfo=SHANGHAI),
            "precision": "day",
        },
        {
            "starts_at": datetime(2026, 5, 1, tzinfo=SHANGHAI),
            "ends_at": datetime(2026, 7, 1, tzinfo=SHANGHAI),
            "precision": "month",
        },
        {
            "starts_at": datetime(2026, 1, 1, tzinfo=SHANGHAI),
            "ends_at": datetime(2027, 1, 1, tzinfo=SHANGHAI),
            "precision": "year",
        },
    ],
)
def test_saving_a_form_as_it_stands_moves_no_date(chief, when):
    meetup = make.a_meetup(**when)

    assert saved(chief, meetup).status_code == 302

    again = Meetup.objects.get()
    assert (again.starts_at, again.ends_at, again.precision) == (meetup.starts_at, meetup.ends_at, meetup.precision)


def test_an_end_before_the_beginning_is_told(chief):
    response = saved(chief, make.a_meetup(), last_day="2026-10-20", last_time="10:00")

    assert "last_day" in errors(response)


def test_the_second_of_two_is_told_who_changed_what_and_may_insist():
    article = make.an_article("First words")
    ming, hong = signed_in(an_administrator()), signed_in(an_editor())
    seen_by_hong = data_of(hong.get(change(article)))
    saved(ming, article, title_en="Words of Ming")

    told = hong.post(change(article), seen_by_hong | {"title_en": "Words of Hong"})

    assert "administrator" in str(errors(told)) and "Words of Ming" in str(errors(told))
    article.refresh_from_db()
    assert article.title_en == "Words of Ming"
    hong.post(change(article), data_of(told))
    article.refresh_from_db()
    assert article.title_en == "Words of Hong"


def test_publishing_says_who_and_when(chief):
    draft = make.an_article(published_at=None)

    saved(chief, draft, _publish="1")

    draft.refresh_from_db()
    assert (draft.publication, draft.published_by.username) == ("published", "administrator")
    assert timezone.now() - draft.published_at < timedelta(minutes=1)


def test_saving_again_neither_moves_the_publication_nor_changes_who_did_it(chief):
    moment = timezone.now() - timedelta(days=1, seconds=17)
    article = make.an_article(published_at=moment, published_by=an_editor())

    saved(chief, article, title_en="Other words")

    article.refresh_from_db()
    assert (article.published_at, article.published_by.username) == (moment, "editor")


def test_a_moment_ahead_schedules_and_none_makes_a_draft(chief):
    article = make.an_article()

    saved(chief, article, published_at="2099-01-01T08:00")
    article.refresh_from_db()
    assert article.publication == "scheduled"
    assert article.published_at == datetime(2099, 1, 1, 8, tzinfo=SHANGHAI)

    saved(chief, article, published_at="")
    article.refresh_from_db()
    assert (article.publication, article.published_by) == ("draft", None)


def test_lists_are_filtered_by_state_and_by_missing_language(chief):
    draft = make.an_article("Draft", title_zh_hans="草稿", published_at=None)
    gap = make.an_article("Only English")
    articles = reverse("admin:portal_article_changelist")

    assert list(chief.get(articles, {"state": "draft"}).context["cl"].result_list) == [draft]
    assert list(chief.get(articles, {"gap": "zh-hans"}).context["cl"].result_list) == [gap]


def test_the_order_of_a_list_is_saved_from_its_numbers(chief):
    conference = make.a_conference()
    first, second = make.a_forum(conference, position=1), make.a_forum(conference, position=2)
    page = reverse("admin:events_forum_changelist") + f"?conference={conference.pk}"
    formset = chief.get(page).context["cl"].formset
    data = {
        **{field.html_name: field.value() for field in formset.management_form},
        "form-0-id": first.pk,
        "form-0-position": 2,
        "form-1-id": second.pk,
        "form-1-position": 1,
        "_save": "1",
    }

    chief.post(page, data)

    assert list(conference.forums.all()) == [second, first]


def test_markdown_is_rendered_when_it_is_saved(chief):
    page = make.a_page()

    saved(chief, page, body_en="**Bold** <script>alert(1)</script>")

    page.refresh_from_db()
    assert "<strong>Bold</strong>" in page.body_html_en
    assert "<script" not in page.body_html_en


def test_texts_left_empty_are_stored_empty(chief):
    add(chief, "portal.article", title_en="News", dated="2026-11-01")

    article = Article.objects.get()
    assert (article.title_zh_hans or "", article.summary_en or "") == ("", "")
