"""The board of the schedule in a real browser: by mouse, finger and keyboard, and that nobody overwrites another."""

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
PHONE, DESKTOP = {"width": 360, "height": 740}, {"width": 1280, "height": 1400}


def at(hour, minute=0):
    return datetime(2023, 10, 28, hour, minute, tzinfo=SHANGHAI)


@pytest.fixture
def address(live_server, settings):
    """Where the board is of a conference with two rooms: a talk at nine, and one without a time."""
    settings.ALLOWED_HOSTS = ["*"]
    settings.LANGUAGE_CODE = "en"
    conference = a_conference(starts_at=at(0), ends_at=at(0) + timedelta(days=1))
    venue = a_venue(conference)
    hall = a_room(venue, "Hall")
    a_room(venue, "Loft")
    forum = a_forum(conference)
    a_session(conference, "Kernels", room=hall, starts_at=at(9), ends_at=at(10), forum=forum, language="en")
    a_session(conference, "Forks", forum=forum, language="en")
    return f"{live_server.url}/admin/events/conference/{conference.pk}/timetable/"


def opened(page, address, size):
    """Open the board as an administrator, on a screen of a size."""
    signed = signed_in(an_administrator()).cookies[django_settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies([{"name": django_settings.SESSION_COOKIE_NAME, "value": signed, "url": address}])
    page.set_viewport_size(size)
    page.goto(address)
    expect(card(page, "Kernels")).to_be_visible()
    return page


@pytest.fixture
def board(address, page):
    return opened(page, address, DESKTOP)


@pytest.fixture(params=[PHONE, DESKTOP], ids=["phone", "desktop"])
def any_board(request, address, page):
    """The board on a phone, whose screen holds one room at a time, and on a desktop."""
    return opened(page, address, request.param)


@pytest.fixture
def touched(address, browser):
    """The board on a screen that is touched, and a `Finger`."""
    with browser.new_context(has_touch=True, is_mobile=True, viewport=PHONE) as context:
        board = opened(context.new_page(), address, PHONE)
        yield board, Finger(board)


class Finger:
    """One finger on a page: Chromium is told of it as of a real one, so that it scrolls where it would."""

    def __init__(self, page):
        self.page, self.session = page, page.context.new_cdp_session(page)

    def _is(self, kind, *points):
        touched = [{"x": x, "y": y} for x, y in points]
        self.session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": touched})

    def down(self, x, y):
        self.at = x, y
        self._is("touchStart", self.at)

    def move(self, x, y, steps=6):
        from_x, from_y = self.at
        for step in range(1, steps + 1):
            self.at = from_x + (x - from_x) * step / steps, from_y + (y - from_y) * step / steps
            self._is("touchMove", self.at)
            self.page.wait_for_timeout(20)

    def up(self):
        self._is("touchEnd")


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


def room(board, name):
    return board.locator(".timetable-room", has_text=name)


def to_the_loft(board, move):
    """Move what is held over the Loft, an hour and a half below; on a phone the grid scrolls along at its edge."""
    grid = board.locator(".timetable-scroll")
    height = centre(card(board, "Kernels"))[1] + 18 * ROW
    right = grid.bounding_box()["x"] + grid.bounding_box()["width"]
    if centre(room(board, "Loft"))[0] > right - 50:
        move(right - 5, height)
        while centre(room(board, "Loft"))[0] > right - 50:
            board.wait_for_timeout(50)
    move(centre(room(board, "Loft"))[0], height)


def test_a_session_is_dragged_into_another_room_and_time(any_board):
    board, complaints = any_board, complaints_of(any_board)
    card(board, "Kernels").scroll_into_view_if_needed()
    board.mouse.move(*centre(card(board, "Kernels")))
    board.mouse.down()
    to_the_loft(board, lambda x, y: board.mouse.move(x, y, steps=3))
    board.mouse.up()

    expect(board.locator(".timetable-told")).to_contain_text("10:30–11:30, Loft")
    assert place_of("Kernels") == ("Loft", at(10, 30), at(11, 30))
    line = board.locator("tr", has_text="Kernels")
    expect(line.get_by_label("From")).to_have_value("10:30")
    assert complaints == []
    assert barriers(board) == []


def test_a_finger_that_rests_on_a_session_lifts_and_drags_it(touched):
    board, finger = touched
    card(board, "Kernels").scroll_into_view_if_needed()
    finger.down(*centre(card(board, "Kernels")))
    expect(card(board, "Kernels")).to_have_class(re.compile("is-lifted"))
    scrolled = board.evaluate("scrollY")
    to_the_loft(board, finger.move)
    finger.up()

    expect(board.locator(".timetable-told")).to_contain_text("10:30–11:30, Loft")
    assert place_of("Kernels") == ("Loft", at(10, 30), at(11, 30))
    assert board.evaluate("scrollY") == scrolled


def test_a_finger_that_moves_at_once_scrolls_and_moves_no_session(touched):
    board, finger = touched
    card(board, "Kernels").scroll_into_view_if_needed()
    x, y = centre(card(board, "Kernels"))
    before = board.evaluate("scrollY + document.querySelector('.timetable-scroll').scrollTop")
    finger.down(x, y)
    finger.move(x, y - 150, steps=10)
    finger.up()
    board.wait_for_timeout(500)

    assert board.evaluate("scrollY + document.querySelector('.timetable-scroll').scrollTop") > before
    expect(board.locator(".is-lifted")).to_have_count(0)
    assert place_of("Kernels") == ("Hall", at(9), at(10))


def test_a_finger_lifts_what_has_no_time_and_puts_back_what_it_leaves_outside(touched):
    board, finger = touched
    board.locator(".timetable-told").scroll_into_view_if_needed()
    finger.down(*centre(card(board, "Forks")))
    expect(card(board, "Forks")).to_have_class(re.compile("is-lifted"))
    finger.move(*centre(board.locator(".timetable-told")))
    finger.up()

    expect(board.locator(".timetable-told")).to_contain_text("Forks is back where it was")
    assert place_of("Forks") == (None, None, None)


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


def test_a_session_is_moved_by_keyboard(any_board):
    board = any_board
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


def test_the_latest_move_is_undone_and_again_and_never_over_someone_elses(board):
    undo, told = board.locator(".timetable-undo"), board.locator(".timetable-told")
    expect(undo).to_be_hidden()
    drag(board, card(board, "Forks"), *centre(card(board, "Kernels")))
    expect(told).to_contain_text("Forks:")
    placed = place_of("Forks")

    undo.click()
    expect(board.locator(".timetable-tray .timetable-card")).to_have_count(1)
    assert place_of("Forks") == (None, None, None)
    board.keyboard.press("Enter")
    expect(told).to_contain_text("Hall")
    assert place_of("Forks") == placed

    Session.objects.filter(title_en="Forks").update(starts_at=at(15), ends_at=at(16))
    undo.click()
    expect(told).to_contain_text("Someone else has just moved it")
    expect(undo).to_be_hidden()
    assert place_of("Forks")[1:] == (at(15), at(16))


def test_what_was_moved_by_someone_else_is_told_and_shown_where_it_is(board):
    Session.objects.filter(title_en="Kernels").update(starts_at=at(15), ends_at=at(16))
    card(board, "Kernels").focus()
    for key in ("Enter", "ArrowDown", "Enter"):
        board.keyboard.press(key)

    expect(board.locator(".timetable-told")).to_contain_text("Someone else has just moved it")
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
