"""The board of the schedule in a real browser: by mouse and by keyboard, and that nobody overwrites another."""

import re
from datetime import datetime, timedelta

import pytest
from django.conf import settings as django_settings
from playwright.sync_api import expect

from events.models import Session
from tests.browser.looking import barriers, complaints_of
from tests.make import SHANGHAI, a_conference, a_forum, a_room, a_session, a_venue
from tests.organizers import an_administrator, signed_in

pytestmark = pytest.mark.django_db(transaction=True)

ROW = 12  # pixels of five minutes


def at(hour, minute=0):
    return datetime(2023, 10, 28, hour, minute, tzinfo=SHANGHAI)


@pytest.fixture
def board(live_server, settings, page):
    """The board of a conference with two rooms, opened by an administrator: a talk at nine, one without a time."""
    settings.ALLOWED_HOSTS = ["*"]
    settings.LANGUAGE_CODE = "en"
    conference = a_conference(starts_at=at(0), ends_at=at(0) + timedelta(days=1))
    venue = a_venue(conference)
    hall = a_room(venue, "Hall")
    a_room(venue, "Loft")
    forum = a_forum(conference)
    a_session(conference, "Kernels", room=hall, starts_at=at(9), ends_at=at(10), forum=forum, language="en")
    a_session(conference, "Forks", forum=forum, language="en")
    signed = signed_in(an_administrator()).cookies[django_settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies([{"name": django_settings.SESSION_COOKIE_NAME, "value": signed, "url": live_server.url}])
    page.set_viewport_size({"width": 1280, "height": 1400})
    page.goto(f"{live_server.url}/admin/events/conference/{conference.pk}/timetable/")
    return page


def card(board, title):
    return board.locator(".timetable-card", has_text=title)


def place_of(title):
    session = Session.objects.select_related("room").get(title_en=title)
    return session.room and session.room.name, session.starts_at, session.ends_at


def centre(locator):
    box = locator.bounding_box()
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def drag(board, locator, x, y):
    from_x, from_y = centre(locator)
    board.mouse.move(from_x, from_y)
    board.mouse.down()
    board.mouse.move(from_x + 10, from_y + 10)
    board.mouse.move(x, y, steps=3)
    board.mouse.up()


def test_a_session_is_dragged_into_another_room_and_time(board):
    complaints = complaints_of(board)
    x, y = centre(card(board, "Kernels"))
    loft_x, _y = centre(board.locator(".timetable-room", has_text="Loft"))

    drag(board, card(board, "Kernels"), loft_x, y + 18 * ROW)

    expect(board.locator(".timetable-told")).to_contain_text("10:30–11:30, Loft")
    assert place_of("Kernels") == ("Loft", at(10, 30), at(11, 30))
    line = board.locator("tr", has_text="Kernels")
    expect(line.get_by_label("From")).to_have_value("10:30")
    assert complaints == []
    assert barriers(board) == []


def test_what_has_no_time_is_dragged_from_the_tray_and_what_is_let_go_outside_returns(board):
    x, y = centre(card(board, "Kernels"))
    drag(board, card(board, "Forks"), x, y + 24 * ROW)

    expect(board.locator(".timetable-told")).to_contain_text("Forks:")
    room, starts, ends = place_of("Forks")
    assert (room, ends - starts) == ("Hall", timedelta(minutes=30))
    expect(board.locator(".timetable-tray")).to_be_hidden()

    drag(board, card(board, "Kernels"), x, 5)
    expect(board.locator(".timetable-told")).to_contain_text("back where it was")
    assert place_of("Kernels") == ("Hall", at(9), at(10))


def test_a_session_is_moved_by_keyboard(board):
    card(board, "Kernels").focus()
    for key in ("Enter", "ArrowDown", "ArrowDown", "PageDown", "ArrowRight", "Shift+ArrowUp"):
        board.keyboard.press(key)
    expect(board.locator(".timetable-told")).to_contain_text("10:10–11:05, Loft")
    assert place_of("Kernels") == ("Hall", at(9), at(10)), "lifted only"
    board.keyboard.press("Enter")

    expect(card(board, "Kernels")).to_be_focused()
    expect(card(board, "Kernels")).to_have_attribute("aria-pressed", "false")
    assert place_of("Kernels") == ("Loft", at(10, 10), at(11, 5))

    for key in ("Enter", "ArrowLeft", "Escape"):
        board.keyboard.press(key)
    expect(card(board, "Kernels")).to_be_focused()
    assert place_of("Kernels") == ("Loft", at(10, 10), at(11, 5))


def test_what_was_moved_by_someone_else_is_told_and_shown_where_it_is(board):
    Session.objects.filter(title_en="Kernels").update(starts_at=at(15), ends_at=at(16))
    card(board, "Kernels").focus()
    for key in ("Enter", "ArrowDown", "Enter"):
        board.keyboard.press(key)

    expect(board.locator(".timetable-told")).to_contain_text("Someone else has moved it meanwhile")
    expect(card(board, "Kernels")).to_contain_text("15:00–16:00")
    assert place_of("Kernels") == ("Hall", at(15), at(16))


def test_a_warning_appears_at_once_and_leads_to_the_line(board):
    expect(board.locator("#doubts")).not_to_contain_text("Kernels")
    card(board, "Kernels").focus()
    for key in ("Enter", "ArrowLeft", "Enter"):
        board.keyboard.press(key)

    board.locator("#doubts a", has_text="Kernels").click()

    expect(board).to_have_url(re.compile(r"#session-\d+$"))
    expect(board.locator("tr:target")).to_contain_text("Kernels")
