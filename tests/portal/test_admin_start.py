"""The start page tells each organizer what needs doing, and asks the database no more the more there is."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from post_office import mail
from post_office.models import STATUS

from meetups.models import AgendaItem
from portal import readiness
from portal.models import Article, Community
from tests import make
from tests.organizers import (
    a_coordinator,
    a_lead,
    a_producer,
    an_administrator,
    an_organizer,
    data_of,
    signed_in,
    yesterday,
)

pytestmark = pytest.mark.django_db

START = "/admin/"


def soon(days=10):
    return timezone.now() + timedelta(days=days)


def start(account):
    return signed_in(account).get(START, headers={"accept-language": "en"}).context


def tasks(found):
    return {task.url: task.count for task in found}


def test_who_holds_a_mandate_finds_what_is_theirs_first():
    forum, chapter = make.a_forum(), make.a_chapter()
    producer = a_producer(forum)
    make.leads(producer.person, chapter, until=yesterday())

    (mandate,) = start(producer)["mandates"]

    assert (mandate.row, mandate.within, str(mandate.role)) == (forum, forum.conference, "producer")
    assert signed_in(producer).get(mandate.url).status_code == 200
    assert start(an_administrator())["mandates"] == []


def test_what_is_theirs_leads_straight_to_what_they_do_with_it():
    chapter, team = make.a_chapter(), make.a_team()
    for account, page in (
        (a_lead(chapter), f"/admin/meetups/meetup/new/{chapter.pk}/"),
        (a_coordinator(team), reverse("admin:volunteers-board", args=[team.call.pk])),
        (
            a_producer(make.a_forum(team.call.conference)),
            f"/admin/events/conference/{team.call.conference.pk}/timetable/",
        ),
    ):
        (mandate,) = start(account)["mandates"]
        assert page in [tool["url"] for tool in mandate.tools]
        assert [signed_in(account).get(tool["url"]).status_code for tool in mandate.tools] == [200] * len(mandate.tools)


def test_the_next_meetup_says_what_it_lacks():
    chapter = make.a_chapter()
    make.a_meetup(chapters=[chapter], starts_at=soon(), title_zh_hans="午餐")

    ((ready, _url),) = start(a_lead(chapter))["ahead"]

    assert {"place", "summary", "cover", "link", "agenda"} <= set(ready.missing)
    assert "publication" not in ready.missing


def test_what_is_there_is_not_missing():
    chapter = make.a_chapter()
    meetup = make.a_meetup(chapters=[chapter], starts_at=soon(), place_en="Library")
    AgendaItem.objects.create(meetup=meetup, title_en="Talk")

    ((ready, _url),) = start(a_lead(chapter))["ahead"]

    assert not {"place", "agenda"} & set(ready.missing)


def test_after_it_is_over_photos_and_a_recap_are_asked_for_until_they_are_there():
    chapter = make.a_chapter()
    meetup = make.a_meetup(chapters=[chapter], starts_at=soon(-3), ends_at=soon(-2))
    lead = a_lead(chapter)

    ((ready, _url),) = start(lead)["behind"]
    assert ready.missing == ["photos", "recap"]

    make.an_album(occasion=meetup)
    make.an_article(kind=Article.Kind.RECAP).occasions.add(meetup)
    assert start(lead)["behind"] == []


def test_who_waits_for_an_answer_is_counted_where_it_is_given():
    conference = make.a_conference(starts_at=soon(), ends_at=soon(12))
    role = make.a_role(make.a_team(make.a_call(conference)))
    make.an_application(role)
    desk = make.a_desk(acceptance="approval", capacity=40)
    make.a_registration(desk, state="requested")
    make.a_registration(desk, "Hong", state="seated")
    chief = an_administrator()

    context = start(chief)

    waiting = {task.label: (task.count, task.url) for task in context["waiting"]}
    assert len(waiting) == 2
    for words, (count, url) in waiting.items():
        assert count == 1
        page = signed_in(chief).get(url)
        assert page.status_code == 200, words
    assert [(one.desk.capacity, one.occasion.pk) for one, _url in context["ahead"] if one.desk] == [(40, desk.pk)]
    assert start(an_organizer(make.a_series()))["waiting"] == []


def test_mails_that_failed_are_told_to_who_may_read_them():
    mail.send("hong@example.org", subject="s", message="m").__class__.objects.update(status=STATUS.failed)

    assert [task.count for task in start(an_administrator())["waiting"]] == [1]
    assert start(a_lead(make.a_chapter()))["waiting"] == []


def test_nobody_is_told_of_what_is_anothers():
    anothers = make.a_meetup(starts_at=soon())

    context = start(a_lead(make.a_chapter()))

    assert context["ahead"] == []
    assert anothers not in [one.row for one in context["latest"]]


def test_drafts_scheduled_rows_and_gaps_are_counted_and_lead_to_their_lists():
    make.an_article("Draft", published_at=None)
    make.an_article("Later", published_at=soon())
    make.an_article("Both", title_zh_hans="两种")
    articles = reverse("admin:portal_article_changelist")
    client = signed_in(an_administrator())

    context = client.get(START).context

    assert tasks(context["drafts"])[f"{articles}?state=draft"] == 1
    assert tasks(context["scheduled"])[f"{articles}?state=scheduled"] == 1
    chinese = next(found for _title, found, queue in context["gaps"] if queue.endswith("language=zh-hans"))
    assert tasks(chinese)[f"{articles}?gap=zh-hans"] == 2
    for url, count in [*tasks(context["drafts"]).items(), *tasks(chinese).items()]:
        assert client.get(url).context["cl"].result_count == count


def test_the_queries_do_not_grow_with_the_rows(client):
    client.force_login(an_administrator())
    fill(1)
    client.get(START)
    with CaptureQueriesContext(connection) as few:
        client.get(START)
    fill(30)
    with CaptureQueriesContext(connection) as many:
        client.get(START)

    assert len(many) == len(few)


def fill(times):
    for _time in range(times):
        make.a_meetup(starts_at=soon())
        make.a_meetup(starts_at=soon(-3), ends_at=soon(-2))
        make.a_conference(starts_at=soon(), ends_at=soon(12))
        make.an_article(published_at=None)
        make.a_person()


def test_readiness_shows_no_more_than_a_screenful():
    for _time in range(20):
        make.a_meetup(starts_at=soon())

    ahead, _behind = readiness.of_occasions_of(an_administrator())

    assert len(ahead) == readiness.SHOWN


def steps(account):
    return {step.url: step.is_done for step in start(account)["first_steps"]}


def test_a_new_community_is_led_step_by_step_until_something_is_public():
    account = an_administrator()

    assert steps(account) == {
        "/admin/portal/community/add/": False,
        "/admin/portal/privacynotice/add/": False,
        "/admin/portal/page/add/": False,
        "/admin/events/series/add/": False,
        "/admin/events/conference/add/": False,
        "/admin/meetups/chapter/add/": False,
        "/admin/meetups/meetup/add/": False,
        "/admin/auth/user/invite/": False,
    }

    make.a_meetup(published_at=None)
    assert steps(account)["/admin/meetups/meetup/"] is True

    make.a_meetup()
    assert steps(account) == {}


def test_each_first_step_opens():
    account = an_administrator()

    assert [signed_in(account).get(url).status_code for url in steps(account)] == [200] * 8


def test_the_first_form_of_a_new_community_asks_for_a_name_alone():
    client = signed_in(an_administrator())
    page = client.get("/admin/portal/community/add/")
    assert b"_addanother" not in page.content  # there is one
    sent = data_of(page) | {"name_en": "Sparks"}

    client.post("/admin/portal/community/add/", sent)

    ours = Community.objects.get()
    words = (ours.word_for_chapter_en, ours.word_for_chapters_en, ours.word_for_chapter_zh_hans)
    assert words == ("chapter", "chapters", "城市社区")


def test_the_form_of_a_city_says_where_its_place_is_found():
    page = signed_in(an_administrator()).get("/admin/portal/city/add/", headers={"accept-language": "en"})
    assert b"30.66 for Chengdu" in page.content


def test_who_cannot_take_the_first_steps_is_not_asked_to():
    assert start(a_lead(make.a_chapter()))["first_steps"] == []
