"""The schedule in a real browser: stars, my schedule, offline, the sign by a faked clock, paper, phone and desktop."""

import re
from datetime import datetime, timedelta
from types import SimpleNamespace

import pytest
from playwright.sync_api import expect

from events import schedule
from events.models import Conference, Session, StarList
from events.releasing import release
from tests.browser.looking import barriers, complaints_of, sticking_out
from tests.make import SHANGHAI, a_conference, a_forum, a_person, a_room, a_session, a_venue, speaks

pytestmark = pytest.mark.django_db(transaction=True)

PHONE, DESKTOP = {"width": 360, "height": 740}, {"width": 1280, "height": 900}


def at(hour, minute=0):
    return datetime(2023, 10, 28, hour, minute, tzinfo=SHANGHAI)


@pytest.fixture
def base(live_server, settings):
    """The address of a conference with three rooms and two sessions at the same time."""
    settings.ALLOWED_HOSTS = ["*"]
    settings.PAGE_CACHE = "off"
    conference = a_conference(slug="openconf-2023", starts_at=at(0), ends_at=at(0) + timedelta(days=1))
    venue = a_venue(conference, slug="main-hall")
    forum = a_forum(conference)
    for number in range(3):
        room = a_room(venue, f"Room {number}", slug=f"room-{number}")
        for turn in range(4):
            starts = at(9 + turn, 10 * number)
            session = a_session(
                conference,
                f"How communities last, {number}.{turn}",
                code=f"ROOM{number}{'ABCD'[turn]}",
                room=room,
                forum=forum,
                starts_at=starts,
                ends_at=starts + timedelta(minutes=45),
            )
            speaks(a_person(f"Speaker {number}{turn}"), session)
    return f"{live_server.url}/en/conferences/openconf-2023/schedule/"


@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
@pytest.mark.parametrize("path", ["", "mine/", "now/", "print/", "../sessions/ROOM1B/"])
def test_pages_are_sound(base, page, size, path):
    complaints = complaints_of(page)
    page.set_viewport_size(size)
    page.goto(base + path)

    # Before axe comes in, which the page's own policy complains of.
    assert complaints == []
    assert sticking_out(page) == []
    assert barriers(page) == []


@pytest.fixture(params=[PHONE, DESKTOP], ids=["phone", "desktop"])
def screen(request, page):
    """The page on a phone, and on a desktop."""
    page.set_viewport_size(request.param)
    return page


def test_rooms_stand_side_by_side_on_a_desktop_and_beneath_each_other_on_a_phone(base, page):
    page.goto(base)
    first, second = page.locator("#ROOM0A"), page.locator("#ROOM1A")

    page.set_viewport_size(DESKTOP)
    assert second.bounding_box()["x"] > first.bounding_box()["x"] + first.bounding_box()["width"] / 2
    page.set_viewport_size(PHONE)
    assert second.bounding_box()["x"] == first.bounding_box()["x"]
    assert second.bounding_box()["y"] > first.bounding_box()["y"]


@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_the_schedule_opens_at_what_is_on_now(base, page, size, monkeypatch):
    monkeypatch.setattr(schedule, "timezone", SimpleNamespace(now=lambda: at(12, 15)))
    page.clock.install(time=at(12, 15))
    page.set_viewport_size(size)
    page.goto(base)
    page.clock.run_for(1_000)

    expect(page.locator("#ROOM0D")).to_be_in_viewport()


def test_a_star_by_keyboard_stays_and_makes_my_schedule(base, screen):
    page = screen
    page.goto(base)
    star = page.locator("#ROOM0A .star")
    star.focus()
    page.keyboard.press("Enter")
    page.locator("#ROOM1A .star").click()
    page.reload()
    expect(page.locator("#ROOM0A .star")).to_have_attribute("aria-pressed", "true")

    page.goto(base + "mine/")

    expect(page.locator("#mine .slot:visible")).to_have_count(2)
    expect(page.locator("#ROOM0A .clash")).to_contain_text("How communities last, 1.0")
    page.locator("#ROOM1A .star").click()
    expect(page.locator("#mine .slot:visible")).to_have_count(1)
    expect(page.locator(".clash:visible")).to_have_count(0)
    expect(page.get_by_role("button", name="Copy the link")).to_be_hidden()
    page.get_by_role("button", name="Subscribe").click()
    calendar = re.compile(r"/schedule/mine/[\w-]{22,}\.ics$")
    expect(page.locator("#mine-link")).to_have_value(calendar)
    expect(page.get_by_role("button", name="Copy the link")).to_have_attribute("data-copy", calendar)


def test_stars_follow_to_the_list_that_is_subscribed_to_when_the_network_is_back(base, page, context):
    page.goto(base)
    page.locator("#ROOM0A .star").click()
    page.goto(base + "mine/")
    subscribe, failed = page.get_by_role("button", name="Subscribe"), page.get_by_role("alert")

    context.set_offline(True)
    subscribe.click()
    expect(failed).to_contain_text("No connection")
    expect(page.locator("#mine-link")).to_be_hidden()

    context.set_offline(False)
    subscribe.click()
    expect(page.locator("#mine-link")).to_be_visible()
    expect(failed).to_be_hidden()
    assert StarList.objects.get().codes == ["ROOM0A"]

    page.goto(base)
    context.set_offline(True)
    page.locator("#ROOM1A .star").click()
    page.locator("#ROOM2A .star").click()
    with page.expect_response("**/mine/keep/"):
        context.set_offline(False)
    assert StarList.objects.get().codes == ["ROOM0A", "ROOM1A", "ROOM2A"]


def test_a_network_that_made_too_many_lists_is_told(base, page, monkeypatch):
    monkeypatch.setattr("events.views.stars.LISTS_PER_NETWORK", 0)
    page.goto(base)
    page.locator("#ROOM0A .star").click()
    page.goto(base + "mine/")

    page.get_by_role("button", name="Share it").click()

    expect(page.get_by_role("alert")).to_contain_text("in an hour")


def test_a_browser_that_keeps_nothing_shows_the_schedule_without_stars(base, page):
    complaints = complaints_of(page)
    page.add_init_script(
        "Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('no', 'SecurityError'); } })"
    )
    page.goto(base)

    expect(page.locator(".slot:visible")).not_to_have_count(0)
    expect(page.locator(".star")).to_have_count(0)
    assert complaints == []


def test_no_star_yet_says_where_stars_are(base, page):
    page.goto(base + "mine/")

    expect(page.get_by_text("No star yet")).to_be_visible()
    expect(page.locator("#mine .slot:visible")).to_have_count(0)


SHIFT = """new PerformanceObserver((list) => {
    for (const shift of list.getEntries()) window.shifted = (window.shifted ?? 0) + shift.value;
}).observe({ type: "layout-shift", buffered: true })"""


@pytest.mark.parametrize("starred", [0, 2])
def test_nothing_jumps_while_my_schedule_opens(base, page, starred):
    page.set_viewport_size(PHONE)
    page.goto(base)
    for number in range(starred):
        page.locator(f"#ROOM{number}A .star").click()
    page.add_init_script(SHIFT)

    page.goto(base + "mine/", wait_until="networkidle")

    expect(page.locator("#mine .slot:visible")).to_have_count(starred)
    assert page.evaluate("window.shifted ?? 0") < 0.01


KEPT = """async (paths) => {
    for (const path of paths) {
        const { pathname } = new URL(path, location.href);
        while (!(await caches.match(pathname))) await new Promise(done => setTimeout(done, 50));
    }
}"""


def wait_until_kept(page, *paths):
    """Wait until the worker keeps the pages at the paths, seen from the page that is open."""
    page.evaluate(KEPT, list(paths))


def test_a_schedule_works_offline_after_one_visit_and_says_that_it_is_a_copy(base, screen, context):
    page = screen
    page.goto(base)
    wait_until_kept(page, "", "mine/", "now/")
    expect(page.locator("#kept-copy")).to_be_hidden()

    context.set_offline(True)
    for path in ("", "mine/", "now/", "?room=main-hall.room-0"):
        page.goto(base + path)
        expect(page.locator("#kept-copy")).to_be_visible()
        expect(page.locator("#kept-copy span")).to_have_text(re.compile(r"^\d{1,2} [A-Z][a-z]+ 2\d{3}\b.* \d\d:\d\d$"))
        assert page.evaluate("getComputedStyle(document.querySelector('h1')).fontWeight") == "800", "with its style"
    page.goto(base)
    expect(page.locator("#ROOM0A h3")).to_have_text("How communities last, 0.0")
    page.locator("#ROOM0A .star").click()

    context.set_offline(False)
    page.reload()
    expect(page.locator("#kept-copy")).to_be_hidden()
    expect(page.locator("#ROOM0A .star")).to_have_attribute("aria-pressed", "true")


def test_a_page_kept_from_an_earlier_release_says_so_until_there_is_a_network(base, page, context):
    conference = Conference.objects.get()
    release(conference, None)
    page.goto(base)
    wait_until_kept(page, "")
    conference.sessions.filter(code="ROOM0A").update(starts_at=at(15), ends_at=at(16))
    release(conference, None)

    context.set_offline(True)
    page.reload()
    expect(page.get_by_text("Version 1 of")).to_be_visible()
    expect(page.locator("#kept-copy")).to_be_visible()

    context.set_offline(False)
    page.reload()
    expect(page.get_by_text("Version 2 of")).to_be_visible()
    expect(page.locator("#kept-copy")).to_be_hidden()


def later(page, duration):
    """Let so much time go by, and as much more as the page takes to look at its clock again."""
    page.clock.fast_forward(duration)
    page.clock.run_for(11_000)


def test_now_and_next_goes_by_the_clock(base, screen, context, monkeypatch):
    page = screen
    monkeypatch.setattr(schedule, "timezone", SimpleNamespace(now=lambda: at(9, 15)))
    page.clock.install(time=at(9, 15))
    page.goto(base + "now/")
    room = page.locator(".rooms-now section").first
    shown = room.locator(".slot:visible h3")
    expect(shown).to_have_text(["How communities last, 0.0", "How communities last, 0.1"])
    expect(room.locator(".tag.live")).to_have_count(1)

    context.set_offline(True)
    later(page, "01:00:00")

    expect(shown).to_have_text(["How communities last, 0.1", "How communities last, 0.2"])
    expect(room.locator(".slot:visible").first.locator(".tag.live")).to_be_visible()
    later(page, "12:00:00")
    expect(page.locator("#now-quiet")).to_be_visible()


def test_the_sign_goes_by_the_clock_and_survives_the_network(base, screen, context):
    page = screen
    page.clock.install(time=at(9, 15))
    page.goto(base + "sign/main-hall/room-0/")
    shown = page.locator(".sign-session:visible h2")
    expect(shown).to_have_text(["How communities last, 0.0", "How communities last, 0.1"])
    wait_until_kept(page, "")

    context.set_offline(True)
    later(page, "01:00:00")

    expect(shown).to_have_text(["How communities last, 0.1", "How communities last, 0.2"])
    expect(page.locator("#sign-lost")).to_be_visible()
    for clock in ("#clock", "#sign-lost span"):
        expect(page.locator(clock)).to_have_text(re.compile(r"^\d\d:\d\d$"))
    # The screen was switched off and on.
    page.reload()
    expect(shown).to_have_text(["How communities last, 0.1", "How communities last, 0.2"])
    expect(page.locator("#sign-lost")).to_be_visible()
    context.set_offline(False)
    page.clock.run_for(61_000)
    expect(page.locator("#sign-lost")).to_be_hidden()


def test_a_sign_tells_the_time_of_the_hall_whatever_its_screen_is_set_to(base, browser):
    with browser.new_context(timezone_id="America/Los_Angeles") as elsewhere:
        page = elsewhere.new_page()
        page.clock.install(time=at(9, 15))
        page.goto(base + "sign/main-hall/room-0/")
        expect(page.locator("#clock")).to_have_text("09:15")


def test_what_has_no_end_is_on_a_sign_until_the_next_one_begins(base, page):
    Session.objects.filter(code="ROOM0A").update(ends_at=None)
    Session.objects.filter(code="ROOM0B").update(starts_at=at(9, 30))
    page.clock.install(time=at(9, 20))
    page.goto(base + "sign/main-hall/room-0/")
    on = page.locator(".sign-session.is-on:visible h2")
    expect(on).to_have_text(["How communities last, 0.0"])

    later(page, "00:15:00")

    expect(on).to_have_text(["How communities last, 0.1"])


def test_a_reader_elsewhere_is_told_their_own_time(base, browser):
    for zone, told in (("Europe/Berlin", "03:00 your time"), ("America/Los_Angeles", "18:00 your time")):
        with browser.new_context(timezone_id=zone) as elsewhere:
            page = elsewhere.new_page()
            page.goto(base + "../sessions/ROOM0A/")
            expect(page.locator("[data-moment]")).to_contain_text(told)
    with browser.new_context(timezone_id="Asia/Shanghai") as there:
        page = there.new_page()
        page.goto(base + "../sessions/ROOM0A/")
        expect(page.locator("[data-moment]")).to_have_text("China time (UTC+8)")


def test_the_programme_is_printed_on_a4(base, page):
    page.goto(base + "print/")

    assert page.pdf(format="A4").startswith(b"%PDF")
    page.emulate_media(media="print")
    assert page.locator(".printed article").first.evaluate("one => getComputedStyle(one).breakInside") == "avoid"
    expect(page.locator(".masthead-nav")).to_be_hidden()
