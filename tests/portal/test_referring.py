"""Whether anything refers to a row at all: asked once a generation, and of no page before somebody may see it."""

import pytest

from portal.models import Album, AwardRecipient, Highlight, Part, PersonLink
from portal.pagecache.known import next_change_at
from portal.publishing import previewing
from portal.referring import may_refer
from tests.make import a_conference, a_highlight, a_meetup, a_part, a_person, an_article, an_award

pytestmark = pytest.mark.django_db


@pytest.fixture
def ming():
    return a_person("Ming")


def test_nothing_refers_to_whom_nobody_names(page_store, ming):
    a_part(a_meetup(), a_person("Hong"))

    assert not may_refer(Part, person=ming)


def test_whatever_refers_by_a_key_is_found_drafts_as_well(page_store, ming):
    a_part(a_meetup(published_at=None), ming)

    assert may_refer(Part, person=ming)


def test_whatever_refers_by_a_list_is_found(page_store, ming):
    a_highlight(a_meetup()).people.add(ming)

    assert may_refer(Highlight, people=ming)
    assert not may_refer(Highlight, people=a_person("Hong"))


def test_a_meetup_is_asked_for_as_the_occasion_it_is(page_store):
    meetup = a_meetup()
    an_award(meetup)

    assert may_refer(type(an_award(a_conference())), occasion=meetup)
    assert not may_refer(Album, occasion=meetup)


def test_it_is_asked_once_for_all_rows(page_store, ming, django_assert_num_queries):
    hong = a_person("Hong")
    next_change_at()  # which is asked of every generation
    with django_assert_num_queries(1):
        assert not may_refer(AwardRecipient, person=ming)
        assert not may_refer(AwardRecipient, person=hong)


def test_what_is_tied_since_is_found_by_the_next_generation(page_store, ming):
    assert not may_refer(PersonLink, person=ming)
    PersonLink.objects.create(person=ming, url="https://example.org/")
    page_store.begin_generation()

    assert may_refer(PersonLink, person=ming)


def test_nothing_is_certain_where_pages_are_not_kept(ming, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert may_refer(Part, person=ming)


def test_nothing_is_certain_in_a_preview(page_store, ming):
    with previewing(ming):
        assert may_refer(Part, person=ming)


def test_a_page_asks_only_for_what_its_row_may_have(page_store, client, ming, django_assert_num_queries):
    an_article().authors.add(a_person("Hong"))
    path = ming.get_absolute_url()
    client.get(path)

    with django_assert_num_queries(1):  # the person
        assert client.get(path, headers={"cookie": "sessionid=nobody"}).status_code == 200
