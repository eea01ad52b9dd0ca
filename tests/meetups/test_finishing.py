"""The evening after: who came becomes figures with their source, and one button begins the recap."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from meetups import planning
from meetups.models import AgendaItem, AgendaMaterial
from portal import counting, registering
from portal.models import Article, Figure
from portal.refused import Refused
from tests.make import a_chapter, a_desk, a_figure, a_meetup, a_part, a_person, a_registration
from tests.organizers import a_lead, an_editor, data_of, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def chapter():
    return a_chapter()


@pytest.fixture
def meetup(chapter):
    return a_meetup("Lunch", chapters=[chapter], starts_at=timezone.now() - timedelta(hours=2), title_zh_hans="午餐")


@pytest.fixture
def lead(chapter):
    client = signed_in(a_lead(chapter))
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    return client


def came(desk, name, companions=()):
    registration = a_registration(desk, name, state="seated", companions=list(companions))
    registering.check_in(registration)


def page(meetup):
    return reverse("admin:meetups_meetup_after", args=[meetup.pk])


def figures(meetup):
    return {figure.measure: figure.value for figure in meetup.figures.all()}


def test_who_came_and_who_did_not_become_figures_with_their_source(meetup, lead):
    desk = a_desk(occasion=meetup)
    came(desk, "Ming", companions=["Lan", "Bo"])
    a_registration(desk, "Hong", state="seated")
    a_registration(desk, "Wu", state="waiting", line_number=1)

    told = lead.post(page(meetup), {"count": "1"}, follow=True).content.decode()

    assert "Recorded: 3 came, 1 had a seat but did not come." in told
    assert figures(meetup) == {"people-on-site": 3, "no-shows": 1}
    sources = {figure.source for figure in meetup.figures.all()}
    assert [(source.title_en, source.title_zh_hans, source.dated) for source in sources] == [
        ("Check-in at the door: Lunch", "现场签到：午餐", timezone.localdate())
    ]
    assert "people on site" in lead.get(f"/en/meetups/{meetup.slug}/").content.decode()


def test_photos_are_one_press_away_in_an_album_of_the_meetups_own_name(meetup, lead):
    answer = lead.post(page(meetup), {"photos": "1"})
    again = lead.post(page(meetup), {"photos": "1"})

    album = meetup.albums.get()
    assert answer["Location"] == again["Location"] == f"/admin/portal/album/{album.pk}/photos/"
    assert (album.title_en, album.title_zh_hans, album.taken_on) == ("Lunch", "午餐", meetup.starts_on)
    assert not album.is_published
    assert "nobody sees its photos until it is published" in lead.get(answer["Location"]).content.decode()

    told = lead.post(answer["Location"], {"do": "publish"}, follow=True).content.decode()

    album.refresh_from_db()
    assert "The album is public." in told
    assert album.is_published


def test_counting_again_corrects_the_figures_and_makes_no_others(meetup):
    desk, user = a_desk(occasion=meetup), an_editor()
    came(desk, "Ming")
    counting.write_down(desk, user)
    came(desk, "Hong")
    counting.write_down(desk, user)

    assert figures(meetup) == {"people-on-site": 2, "no-shows": 0}
    assert len({figure.source_id for figure in Figure.objects.all()}) == 1


def test_what_a_report_says_is_not_overwritten(meetup):
    desk = a_desk(occasion=meetup)
    came(desk, "Ming")
    a_figure(meetup, 40, "people-on-site")

    with pytest.raises(Refused, match="The organizers' report"):
        counting.write_down(desk, an_editor())
    assert figures(meetup) == {"people-on-site": 40}


def test_nothing_is_counted_before_it_begins_or_where_nobody_was_checked_in(meetup, lead):
    desk = a_desk(occasion=meetup)

    assert "Nobody was checked in" in lead.post(page(meetup), {"count": "1"}, follow=True).content.decode()
    meetup.starts_at = timezone.now() + timedelta(days=1)
    meetup.save()
    desk.refresh_from_db()
    with pytest.raises(Refused, match="has not begun"):
        counting.write_down(desk, an_editor())


def test_one_button_begins_the_recap_with_the_talks_and_what_remains_of_them(meetup, lead, chapter):
    item = AgendaItem.objects.create(meetup=meetup, title_en="First patches", title_zh_hans="第一个补丁")
    item.parts.set([a_part(meetup, a_person("Hong"), role="speaker")])
    AgendaMaterial.objects.create(item=item, kind="slides", url="https://example.org/slides")

    answer = lead.post(page(meetup), {"recap": "1"})

    recap = Article.objects.get()
    assert answer.url == reverse("admin:portal_article_change", args=[recap.pk]) + "#section-1"
    assert lead.get(answer.url).status_code == 200
    assert (recap.kind, recap.title_en, recap.title_zh_hans) == ("recap", "Recap: Lunch", "回顾：午餐")
    assert recap.body_en == "## First patches\n\nHong\n\n- [Slides](https://example.org/slides)"
    assert recap.body_zh_hans.startswith("## 第一个补丁")
    assert (list(recap.occasions.all()), recap.publication) == ([meetup.occasion_ptr], "draft")


def test_a_second_press_goes_on_with_the_same_recap(meetup):
    editor = an_editor()

    assert planning.begin_recap(meetup, editor) == planning.begin_recap(meetup, editor)
    assert Article.objects.count() == 1


def test_the_page_says_what_is_done(meetup, lead):
    AgendaItem.objects.create(meetup=meetup, title_en="First patches")
    before = lead.get(page(meetup)).content.decode()
    recap = planning.begin_recap(meetup, an_editor())
    recap.publish(None)

    assert "Write the recap" in before
    assert recap.get_absolute_url().split("/", 2)[2] in lead.get(page(meetup)).content.decode()


def test_the_evening_of_another_chapter_is_not_theirs(meetup):
    stranger = signed_in(a_lead(a_chapter("KCC Guangzhou")))

    assert stranger.get(page(meetup)).status_code == 404
    assert stranger.post(page(meetup), {"recap": "1"}).status_code == 404
    assert not Article.objects.exists()


def test_the_lead_writes_and_publishes_the_recap(meetup, lead):
    address = lead.post(page(meetup), {"recap": "1"}).url.partition("#")[0]
    sent = data_of(lead.get(address)) | {"body_en": "**It was good.**", "_publish": "1"}

    answer = lead.post(address, sent)

    assert answer.status_code == 302, answer.context["adminform"].form.errors
    recap = Article.objects.get()
    assert recap.is_published
    assert "It was good." in lead.get(recap.get_absolute_url()).content.decode()
