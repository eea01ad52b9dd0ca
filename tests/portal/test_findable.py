"""What is public is found, from its minute on; what is not is not; and the index follows every change."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from meetups.models import AgendaItem, Chapter, Meetup
from portal import search
from portal.management.commands.work import Command
from portal.models import Award, AwardRecipient, Highlight, Organization, OrganizationName, Part, Person, PersonName
from tests.make import (
    a_chapter,
    a_city,
    a_conference,
    a_forum,
    a_meetup,
    a_page,
    a_person,
    a_series,
    a_session,
    an_album,
    an_article,
    an_organization,
    leads,
    produces,
    speaks,
)

pytestmark = pytest.mark.django_db


def found(text, now=None, language="en"):
    """Return the kinds and titles of what a visitor finds, without marks."""
    answer = search.find(text, language, now or timezone.now())
    return [(result.kind, result.title.replace("<mark>", "").replace("</mark>", "")) for result in answer.results]


def kinds(text, now=None):
    return sorted({kind for kind, _title in found(text, now)})


@pytest.fixture
def committed(django_capture_on_commit_callbacks):
    """Run a block as if its transaction had been committed, and so indexed."""
    return lambda: django_capture_on_commit_callbacks(execute=True)


def test_everything_public_is_found_by_its_name():
    conference = a_conference("Pangolin days", series=a_series("Pangolin series"))
    a_session(a_forum(conference, title="Pangolin forum").conference, title="Pangolin session")
    a_meetup("Pangolin lunch", chapters=[a_chapter("Pangolin chapter")])
    a_person("Pangolin person"), an_organization("Pangolin body")
    an_article("Pangolin news"), a_page("Pangolin page"), an_album("Pangolin photos")
    search.rebuild()

    assert kinds("pangolin") == sorted(search.every())


def test_a_draft_and_its_children_are_not_found():
    conference = a_conference("Pangolin days", series=a_series("Pangolin series"), published_at=None)
    a_session(a_forum(conference, title="Pangolin forum").conference, title="Pangolin session")
    for make in (a_meetup, a_chapter, a_person, an_organization, an_article, a_page, an_album):
        make("Pangolin", published_at=None)
    search.rebuild()

    assert found("pangolin") == []


def test_a_scheduled_conference_brings_its_sessions_at_its_minute():
    later = timezone.now() + timedelta(days=1)
    conference = a_conference("Pangolin days", published_at=later)
    a_session(a_forum(conference, title="Pangolin forum").conference, title="Pangolin session")
    search.rebuild()

    assert kinds("pangolin", later - timedelta(seconds=1)) == []
    assert kinds("pangolin", later) == ["conference", "forum", "session"]


def test_what_names_somebody_is_found_by_them_from_the_minute_on_at_which_the_clock_makes_them_public():
    now = timezone.now()
    hidden = {"published_at": now + timedelta(days=1)}
    ming = a_person("Ming", **hidden)
    speaks(ming, a_session(title="Forks")), produces(ming, a_forum(title="Hardware")), leads(ming, a_chapter("KCC"))
    star = Award.objects.create(occasion=a_meetup("Lunch"), name_en="Star")
    AwardRecipient.objects.create(award=star, person=ming)
    a_meetup("Dinner", chapters=[a_chapter("Pangolin chapter", **hidden)])
    an_album("Photos", occasion=a_meetup("Pangolin breakfast", **hidden))
    a_person("Hong", organization=an_organization("Pangolin Society", **hidden))
    search.rebuild()
    assert found("ming") == found("pangolin") == []

    for model in (Person, Chapter, Meetup, Organization):
        hours_ago = {"updated_at": now - timedelta(hours=2)}
        model.objects.filter(published_at__gt=now).update(published_at=now - timedelta(seconds=5), **hours_ago)
    worker = Command()
    worker.searched_until = now - timedelta(seconds=10)
    worker.refresh_search()

    assert kinds("ming") == ["chapter", "forum", "meetup", "person", "session"]
    assert kinds("pangolin") == ["album", "chapter", "meetup", "organization", "person"]
    assert len(found("pangolin")) == 6
    with CaptureQueriesContext(connection) as asked:
        worker.refresh_search()
    assert [query["sql"] for query in asked if not query["sql"].startswith("SELECT")] == []


def test_what_was_saved_since_it_became_public_is_not_read_again(monkeypatch):
    speaks(a_person("Ming", published_at=timezone.now()), a_session(title="Forks"))
    touched = []
    monkeypatch.setattr(search.sources, "touched_by", lambda row: touched.append(row) or {})

    search.catch_up(timezone.now() - timedelta(hours=1), timezone.now())

    assert touched == []


def test_an_occasion_is_found_by_all_that_its_page_tells():
    meetup = a_meetup(
        "Lunch", city=a_city("Guangzhou"), place="Tea house", body_en="With **dim sum**.", theme_en="Roots"
    )
    AgendaItem.objects.create(meetup=meetup, title_en="Lightning talks")
    Highlight.objects.create(occasion=meetup, title_en="Pouch is open-sourced")
    star = Award.objects.create(occasion=meetup, name_en="Open Source Star")
    AwardRecipient.objects.create(award=star, name_then_en="Hong Recipient")
    Part.objects.create(occasion=meetup, role=Part.Role.GUEST, name_then_en="Jim Guest")
    search.rebuild()

    for words in ("guangzhou", "tea house", "dim sum", "roots", "lightning", "pouch", "star", "hong", "jim guest"):
        assert ("meetup", "Lunch") in found(words), words


def test_a_session_is_found_by_its_speaker_unless_the_profile_is_not_public():
    session = a_session(title="Forks")
    speaks(a_person("Ming Public"), session)
    speaks(a_person("Hong Hidden", published_at=None), session)
    search.rebuild()

    assert kinds("ming public") == ["person", "session"]
    assert found("hong hidden") == []


def test_other_names_lead_to_a_person_and_an_organization():
    PersonName.objects.create(person=a_person("Ming"), name="Pangolin")
    OrganizationName.objects.create(
        organization=an_organization("Body"), name_en="Pangolin Society", name_zh_hans="穿山甲社"
    )
    search.rebuild()

    assert kinds("pangolin") == ["organization", "person"]
    assert kinds("穿山甲") == ["organization"]


def test_a_chinese_name_is_found_by_its_pinyin_with_and_without_a_space():
    a_person("", name_zh_hans="庄表伟", slug="zhuang-biaowei")
    search.rebuild()

    assert kinds("zhuangbiaowei") == kinds("zhuang biaowei") == kinds("zhuangbiao") == ["person"]


def test_a_chapter_and_a_forum_are_found_by_who_runs_them():
    ming = a_person("Ming")
    leads(ming, a_chapter("KCC"))
    leads(a_person("Hong"), a_chapter("KCC"), is_public=False)
    produces(ming, a_forum(title="Hardware"))
    search.rebuild()

    assert kinds("ming") == ["chapter", "forum", "person"]
    assert kinds("hong") == ["person"]


def test_a_missing_translation_is_left_to_the_other_language():
    an_article("", title_zh_hans="开源之夜", slug="night")
    search.rebuild()
    result = search.find("开源", "en", timezone.now()).results[0]
    assert result.title_lang == "zh-Hans"
    assert result.url == "/en/news/night/"


def test_a_saved_row_is_found_once_committed(committed):
    with committed():
        article = an_article("Before")
    assert kinds("before") == ["article"]

    with committed():
        article.title_en = "After"
        article.save()
    assert (kinds("before"), kinds("after")) == ([], ["article"])

    with committed():
        article.published_at = None
        article.save()
    assert kinds("after") == []


def test_a_deleted_row_is_forgotten(committed):
    with committed():
        article = an_article("Pangolin")
    with committed():
        article.delete()
    assert found("pangolin") == []


def test_withdrawing_a_conference_hides_its_sessions(committed):
    with committed():
        conference = a_conference("Days")
        a_session(conference, title="Pangolin session")
    assert kinds("pangolin") == ["session"]

    with committed():
        conference.published_at = None
        conference.save()
    assert found("pangolin") == []


def test_a_renamed_speaker_is_found_in_their_sessions_by_the_new_name_only(committed):
    with committed():
        ming = a_person("Ming")
        speaks(ming, a_session(title="Forks"))
    with committed():
        ming.name_en = "Hong"
        ming.save()
    assert kinds("ming") == []
    assert kinds("hong") == ["person", "session"]


def test_a_renamed_recipient_is_found_in_their_award_by_the_new_name(committed):
    with committed():
        ming = a_person("Ming")
        star = Award.objects.create(occasion=a_meetup("Lunch"), name_en="Star")
        AwardRecipient.objects.create(award=star, person=ming)
    with committed():
        ming.name_en = "Hong"
        ming.save()
    assert kinds("hong") == ["meetup", "person"]


def test_taking_a_speaker_off_a_session_takes_their_name_off_it(committed):
    with committed():
        speaking = speaks(a_person("Ming"), a_session(title="Forks"))
    with committed():
        speaking.delete()
    assert kinds("ming") == ["person"]


def test_an_import_indexes_once_at_its_end(committed):
    with committed(), search.rebuilt_afterwards():
        an_article("Pangolin")
        assert found("pangolin") == []
    assert kinds("pangolin") == ["article"]


def test_rebuilding_takes_as_many_queries_for_many_rows_as_for_one():
    def a_full_meetup():
        meetup = a_meetup(chapters=[a_chapter()], city=a_city())
        Part.objects.create(occasion=meetup, role=Part.Role.GUEST, person=a_person())
        speaks(Person.objects.last(), a_session(a_forum(a_conference()).conference))

    def reads_of_a_rebuild():
        with CaptureQueriesContext(connection) as captured:
            search.rebuild()
        return [query["sql"] for query in captured if query["sql"].startswith("SELECT")]

    a_full_meetup()
    few = reads_of_a_rebuild()
    for _number in range(30):
        a_full_meetup()
    assert len(reads_of_a_rebuild()) == len(few) > 10
