"""Two organizers on one form: the second is told who changed what, chooses field by field, and overwrites nobody."""

import pytest
from django.urls import reverse

from portal.models import PersonLink
from tests import make
from tests.organizers import an_administrator, an_editor, data_of, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def two():
    return signed_in(an_administrator()), signed_in(an_editor())


def page(row):
    return reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_change", args=[row.pk])


def opened(client, row):
    return data_of(client.get(page(row)))


def saved(client, row, data, **values):
    return client.post(page(row), data | values, headers={"accept-language": "en"})


def conflicts(response):
    return {one.name: (one.theirs, one.mine) for _title, those in response.context["conflicts"] for one in those}


def texts(row, *names):
    row.refresh_from_db()
    return [getattr(row, name) for name in names]


def test_what_each_changed_in_other_fields_is_both_kept(two):
    ming, hong = two
    article = make.an_article("Title", summary_en="Summary")
    seen_by_hong = opened(hong, article)
    saved(ming, article, opened(ming, article), title_en="Ming's title")

    told = saved(hong, article, seen_by_hong, summary_en="Hong's summary")
    assert "administrator" in str(told.context["adminform"].form.errors)
    assert conflicts(told) == {}
    saved(hong, article, data_of(told))

    assert texts(article, "title_en", "summary_en") == ["Ming's title", "Hong's summary"]


@pytest.mark.parametrize(("choice", "kept"), [("theirs", "Ming's"), ("mine", "Hong's")])
def test_a_field_that_both_changed_is_chosen_without_script(two, choice, kept):
    ming, hong = two
    article = make.an_article("Title")
    seen_by_hong = opened(hong, article)
    saved(ming, article, opened(ming, article), title_en="Ming's")

    told = saved(hong, article, seen_by_hong, title_en="Hong's")
    assert [title for title, _those in told.context["conflicts"]] == ["Ming's"]
    assert (told.context["subtitle"], str(told.context["original"])) == ("Ming's", "Ming's")
    assert conflicts(told) == {"title_en": ("Ming's", "Hong's")}
    assert texts(article, "title_en") == ["Ming's"]
    assert b'name="title_en-kept"' in told.content
    saved(hong, article, data_of(told) | {"title_en-kept": choice})

    assert texts(article, "title_en") == [kept]


def test_choices_dates_and_ties_are_merged_too(two):
    ming, hong = two
    conference = make.a_conference()
    article, author = make.an_article(kind="news"), make.a_person()
    seen_by_hong = opened(hong, article)
    saved(ming, article, opened(ming, article), kind="recap", dated="2026-01-02", occasions=[conference.pk])

    told = saved(hong, article, seen_by_hong, kind="announcement", authors=[author.pk])
    assert set(conflicts(told)) == {"kind"}
    saved(hong, article, data_of(told) | {"kind-kept": "theirs"})

    article.refresh_from_db()
    assert (article.kind, str(article.dated)) == ("recap", "2026-01-02")
    assert [one.pk for one in article.occasions.all()] == [conference.pk]
    assert list(article.authors.all()) == [author]


def test_the_days_of_a_meetup_are_merged_as_people_say_them(two):
    ming, _hong = two
    meetup = make.a_meetup()
    stale = opened(ming, meetup)
    saved(ming, meetup, opened(ming, meetup), first_day="2026-11-01")

    told = saved(ming, meetup, stale, first_day="2026-11-08", title_en="Other title")

    assert set(conflicts(told)) == {"first_day"}
    assert texts(meetup, "title_en") == ["Open lunch"]


def test_cards_on_the_page_are_merged_card_by_card(two):
    ming, hong = two
    person = make.a_person()
    one, other = (person.links.create(url=f"https://example.org/{number}", position=number) for number in (1, 2))
    seen_by_hong = opened(hong, person)
    saved(ming, person, opened(ming, person), **{"links-0-title_en": "Ming's", "links-1-title_en": "Also Ming's"})

    told = saved(hong, person, seen_by_hong, **{"links-1-title_en": "Hong's"})
    assert conflicts(told) == {"links-1-title_en": ("Also Ming's", "Hong's")}
    saved(hong, person, data_of(told))

    assert texts(one, "title_en") == ["Ming's"], "a card that Hong never touched is not put back"
    assert texts(other, "title_en") == ["Hong's"]


def test_a_card_that_somebody_deleted_is_told_and_the_others_stay_what_they_are(two):
    ming, hong = two
    person = make.a_person()
    for number in (1, 2):
        person.links.create(url=f"https://example.org/{number}", title_en=f"Link {number}", position=number)
    seen_by_hong = opened(hong, person)
    saved(ming, person, opened(ming, person), **{"links-0-DELETE": "on"})

    told = saved(hong, person, seen_by_hong, **{"links-1-title_en": "Second"})
    assert "Link 1" in told.content.decode() and "Second" in told.content.decode()
    assert saved(hong, person, data_of(told)).status_code == 302

    assert [link.title_en for link in PersonLink.objects.all()] == ["Second"]


def test_a_card_that_somebody_added_stays(two):
    ming, hong = two
    person = make.a_person()
    person.links.create(url="https://example.org/1", position=5)
    seen_by_hong = opened(hong, person)
    person.links.create(url="https://example.org/2", title_en="Ming's", position=1)

    saved(hong, person, seen_by_hong, **{"links-0-title_en": "Hong's"})

    assert {link.url: link.title_en for link in PersonLink.objects.all()} == {
        "https://example.org/1": "Hong's",
        "https://example.org/2": "Ming's",
    }


def test_nobody_is_stopped_where_nothing_was_changed(two):
    ming, hong = two
    article = make.an_article("Title")
    seen_by_hong = opened(hong, article)
    saved(ming, article, opened(ming, article))

    assert saved(hong, article, seen_by_hong, title_en="Hong's").status_code == 302


def test_without_a_history_every_difference_is_a_choice(two):
    ming, _hong = two
    desk = make.a_desk(capacity=10)
    meetup = desk.occasion.meetup
    stale = opened(ming, meetup)
    saved(ming, meetup, opened(ming, meetup), **{"desk-0-capacity": "20"})

    told = saved(ming, meetup, stale, **{"desk-0-capacity": "30"})

    assert conflicts(told)["desk-0-capacity"] == ("20", "30")
    desk.refresh_from_db()
    assert desk.capacity == 20
