"""The schedule in other sites' pages: the released one, in both languages, and only there may it be framed."""

from datetime import datetime

import pytest

from events.releasing import release
from tests.events.reading import Read
from tests.make import SHANGHAI, a_conference, a_person, a_room, a_session, a_venue, speaks
from tests.organizers import an_administrator

pytestmark = pytest.mark.django_db


@pytest.fixture
def session():
    conference = a_conference(slug="openconf", title_zh_hans="开放大会")
    starts = datetime(2026, 10, 24, 9, tzinfo=SHANGHAI)
    session = a_session(
        conference, "Why forks happen", title_zh_hans="分叉何以发生", room=a_room(a_venue(conference)), starts_at=starts
    )
    speaks(a_person("Ming"), session)
    return session


def page(client, language="en", query="", status=200):
    response = client.get(f"/embed/{language}/openconf/{query}")
    assert response.status_code == status
    return response


@pytest.mark.parametrize(("language", "title"), [("en", "Why forks happen"), ("zh-hans", "分叉何以发生")])
def test_each_language_has_an_address_and_the_readers_own_does_not_matter(client, session, language, title):
    response = client.get(f"/embed/{language}/openconf/", headers={"accept-language": "fr"})

    assert title in Read(response).text
    assert f"/{language}/conferences/openconf/sessions/{session.code}/" in " ".join(Read(response).links)
    assert (response["Content-Language"], "Accept-Language" in response.get("Vary", "")) == (language, False)


def test_it_may_be_framed_by_anyone_and_no_other_page_may(client, session):
    response = page(client)

    assert "frame-ancestors *" in response["Content-Security-Policy"]
    assert "script-src 'self'" in response["Content-Security-Policy"]
    assert "X-Frame-Options" not in response
    schedule = client.get("/en/conferences/openconf/schedule/")
    assert "frame-ancestors 'none'" in schedule["Content-Security-Policy"]
    assert schedule["X-Frame-Options"] == "DENY"


def test_it_is_the_released_schedule(client, session):
    assert "Provisional" in page(client).content.decode()
    release(session.conference, an_administrator(), version="final")
    type(session).objects.update(starts_at=datetime(2026, 10, 25, 18, tzinfo=SHANGHAI))

    text = page(client).content.decode()

    assert "Version final" in text
    assert "09:00" in text
    assert "18:00" not in text


@pytest.mark.parametrize(("query", "attribute"), [("?theme=dark", "dark"), ("?theme=pink", None), ("", None)])
def test_the_site_around_it_may_choose_light_or_dark(client, session, query, attribute):
    assert Read(page(client, query=query)).tree.get("data-theme") == attribute


def test_there_is_none_of_a_draft_or_without_sessions(client, session):
    a_conference(slug="empty")
    assert client.get("/embed/en/empty/").status_code == 404
    type(session.conference).objects.filter(slug="openconf").update(published_at=None)
    page(client, status=404)
    assert client.get("/embed/fr/openconf/").status_code == 404


def test_one_script_tag_puts_it_there(client):
    response = client.get("/embed/schedule.js")

    assert response["Content-Type"].startswith("text/javascript")
    assert "data-conference" in response.content.decode()
    assert "max-age=3600" in response["Cache-Control"]


@pytest.mark.parametrize("rows", [1, 30])
def test_it_costs_the_same_queries_however_many_sessions(client, session, django_assert_max_num_queries, rows):
    for hour in range(rows):
        a_session(session.conference, f"Talk {hour}", room=session.room, starts_at=session.starts_at)
    page(client)
    with django_assert_max_num_queries(16):
        page(client)
