"""What all pages of a conference share: the row, its tabs, its colour."""

import pytest

from events.plan import Plan
from events.reaching import find_conference
from tests.events.reading import read
from tests.make import a_conference, a_desk, a_forum, a_room, a_session, a_venue

pytestmark = pytest.mark.django_db


def show(client, page, language="en"):
    return read(client, f"conferences/openconf-2023/{page}", language)


def test_it_is_read_once_for_all_of_its_pages(client, page_store, django_assert_num_queries):
    a_conference("OpenConf 2023", slug="openconf-2023")
    show(client, "booths/")

    with django_assert_num_queries(1):  # the booths
        page = show(client, "booths/")

    assert "OpenConf 2023" in page.text


def test_each_language_has_its_own_tabs(client, page_store):
    a_forum(a_conference(slug="openconf-2023"))

    assert "Forums" in show(client, "booths/").text
    assert "论坛" in show(client, "booths/", "zh-hans").text


def test_what_is_saved_is_on_the_next_page(client, page_store):
    conference = a_conference(slug="openconf-2023")
    assert "Forums" not in show(client, "booths/").text
    a_forum(conference)
    page_store.begin_generation()

    assert "Forums" in show(client, "booths/").text


def test_who_registers_leaves_nothing_on_the_row_that_pages_share(client, page_store):
    conference = a_conference(slug="openconf-2023")
    a_desk(occasion=conference)
    shared = find_conference("openconf-2023")
    known = set(vars(shared)) | set(shared._state.fields_cache)
    show(client, "register/", "zh-hans")

    assert find_conference("openconf-2023") is shared
    assert set(vars(shared)) | set(shared._state.fields_cache) == known


def test_its_venues_rooms_and_forums_are_read_once_for_all_of_its_pages(client, page_store, django_assert_num_queries):
    conference = a_conference(slug="openconf-2023")
    a_session(conference, code="TALK22", forum=a_forum(conference), room=a_room(a_venue(conference)))
    show(client, "forums/")
    show(client, "sessions/TALK22/")

    with django_assert_num_queries(0):
        show(client, "forums/")
    with django_assert_num_queries(2):  # the session and its speakers: it is known that it has no materials
        show(client, "sessions/TALK22/")


def test_two_requests_that_read_the_forums_at_once_do_not_mix_their_rows():
    class Overtaken(Plan):
        @property
        def producers(self):
            del self.forums  # as if another request had just put rows of its own there
            return {}

    conference = a_conference()
    a_forum(conference)

    assert [forum.url for forum in Overtaken(conference).listed_forums] == [conference.forums.get().get_absolute_url()]
