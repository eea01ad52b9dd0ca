"""An organizer's way in a real browser, in Chinese, on a phone and on a desktop."""

import pytest
from django.contrib.auth.models import User
from django.utils import timezone

from events.models import Conference
from tests.browser.looking import complaints_of, sticking_out
from tests.browser.organizing import (
    CORRECTED,
    NAME,
    PASSWORD,
    TALKS,
    TITLE,
    Organizer,
    a_community,
    in_an_hour,
    moments_later,
    partners_file,
    sessions_file,
)

SIZES = {"phone": {"width": 390, "height": 844}, "desktop": {"width": 1280, "height": 800}}


@pytest.fixture(params=SIZES)
def context(request, browser):
    with browser.new_context(viewport=SIZES[request.param], locale="zh-CN", reduced_motion="reduce") as context:
        yield context


@pytest.fixture
def visitor(browser):
    """Somebody without an account, in a browser of their own."""
    with browser.new_context(locale="zh-CN") as context:
        yield context.new_page()


def test_from_an_empty_form_to_next_years_draft(live_server, settings, tmp_path, monkeypatch, context, visitor):
    settings.SITE_URL, settings.VAR = live_server.url, tmp_path
    User.objects.create_superuser(NAME, password=PASSWORD)
    series, _organizations, _levels, person = a_community()
    page = context.new_page()
    complaints, too_wide = complaints_of(page), []
    organizer = Organizer(
        page, live_server.url, lambda name: too_wide.extend(f"{name}: {one}" for one in sticking_out(page))
    )
    address = f"{live_server.url}/zh-hans/conferences/kaiyuan-2027/"

    organizer.sign_in()
    organizer.make_conference(series)
    organizer.make_venues()
    organizer.make_forums()
    organizer.bring_in("events/session", sessions_file(), "sessions")
    organizer.bring_in("portal/partnership", partners_file(), "partners")

    conference = Conference.objects.get()
    assert (conference.venues.count(), conference.forums.count()) == (2, 3)
    assert conference.forums.first().productions.get().person == person
    assert {session.title_zh_hans for session in conference.sessions.all()} == set(TALKS)
    assert conference.partnerships.values("level").distinct().count() == 3

    moment = in_an_hour()
    preview = organizer.schedule(moment)
    assert visitor.goto(address).status == 404
    assert visitor.goto(f"{live_server.url}{preview}").status == 200
    assert TITLE in visitor.inner_text("main")

    monkeypatch.setattr(timezone, "now", moments_later(moment))
    assert visitor.goto(address).status == 200
    assert TITLE in visitor.inner_text("main h1")
    assert "第五机构" in visitor.inner_text("main")

    organizer.correct()
    visitor.goto(address)
    assert CORRECTED in visitor.inner_text("main h1")

    organizer.restore()
    visitor.goto(address)
    assert CORRECTED not in visitor.inner_text("main h1")

    organizer.copy()
    copy = Conference.objects.get(slug="kaiyuan-2028")
    assert (copy.publication, copy.forums.count(), copy.sessions.count()) == ("draft", 3, 0)
    assert complaints == []
    assert too_wide == []
