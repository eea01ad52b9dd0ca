"""The schedule in a page of another site, in a real browser: by one script tag, and without scripts."""

import http.server
import threading
from datetime import timedelta

import pytest
from playwright.sync_api import expect

from tests.browser.looking import SCHEMES, SIZES, complaints_of, sticking_out
from tests.make import a_conference, a_forum, a_person, a_room, a_session, a_venue, speaks

pytestmark = pytest.mark.django_db(transaction=True)

PAGE = """<!doctype html><html lang="{lang}"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Another site</title><link rel="icon" href="data:,"><style>body {{ margin: 1rem; color: #804000 }}</style>
<h1>Our community</h1>{body}<p id="below">What stands below.</p></html>"""
TAG = '<script src="{portal}/embed/schedule.js" data-conference="openconf"{more} async></script>'
FRAME = '<iframe src="{portal}/embed/en/openconf/" title="Schedule" width="100%" height="700"></iframe>'
FALLBACK = f"<noscript>{FRAME}</noscript>"

FITS = """async () => {
    const fits = () => innerHeight === document.documentElement.offsetHeight
        && document.documentElement.scrollHeight <= innerHeight && document.documentElement.scrollWidth <= innerWidth;
    for (let turn = 0; turn < 100 && !fits(); turn++) await new Promise((done) => setTimeout(done, 50));
    return fits();
}"""


class OtherSite(http.server.BaseHTTPRequestHandler):
    """Serves `server.page`, under the strictest policy in which the schedule works."""

    def do_GET(self):
        body = self.server.page.encode()
        portal = self.server.portal
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header(
            "Content-Security-Policy",
            f"default-src 'none'; script-src {portal}; frame-src {portal}; img-src data:; style-src 'unsafe-inline'",
        )
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args):
        pass


@pytest.fixture
def portal(live_server, settings):
    """The address of a portal with a conference of twelve sessions."""
    settings.ALLOWED_HOSTS = ["*"]
    settings.PAGE_CACHE = "off"
    conference = a_conference("OpenConf", slug="openconf", title_zh_hans="开放大会")
    room, forum = a_room(a_venue(conference), "Hall"), a_forum(conference)
    for number in range(12):
        title = f"A talk of some length about the law of forks, part {number}"
        session = a_session(
            conference,
            title,
            title_zh_hans=f"论分叉之法，第{number}讲",
            room=room,
            forum=forum,
            starts_at=conference.starts_at + timedelta(hours=9 + number / 2),
        )
        speaks(a_person(f"Speaker {number}"), session)
    return live_server.url


@pytest.fixture
def other_site(portal):
    """A function that puts HTML on a page of another origin and returns its address."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), OtherSite)
    server.portal = portal
    thread = threading.Thread(target=server.serve_forever)
    thread.start()

    def put(body, lang="en", **told):
        server.page = PAGE.format(lang=lang, body=body.format(portal=portal, **told))
        return f"http://127.0.0.1:{server.server_port}/"

    yield put
    server.shutdown()
    thread.join()
    server.server_close()


def complaints_about(page, portal):
    """The complaints of the page, but that it asks the portal, which is what it is for."""
    complaints = complaints_of(page)
    return lambda: [one for one in complaints if not one.startswith(f"asks elsewhere: {portal}/")]


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize(
    ("lang", "more", "language", "title"),
    [("en", "", "en", "part 11"), ("zh-CN", "", "zh-hans", "第11讲"), ("zh", ' data-lang="en"', "en", "part 11")],
)
def test_one_script_tag_shows_it_whole_in_the_language_of_the_page_or_the_wanted_one(
    portal, other_site, page, size, lang, more, language, title
):
    complaints = complaints_about(page, portal)
    page.set_viewport_size(SIZES[size])
    page.goto(other_site(TAG, lang, more=more))
    frame = page.frame_locator("iframe")

    expect(page.locator("iframe")).to_have_attribute("src", f"{portal}/embed/{language}/openconf/")
    expect(frame.locator(".slot h3").last).to_contain_text(title)
    expect(frame.locator(".slot-room").last).to_be_visible()
    shown = page.locator("iframe").element_handle().content_frame()
    # As high as what it holds, so that nothing scrolls within it, also once it is narrower.
    for width in (SIZES[size]["width"], 330):
        page.set_viewport_size({"width": width, "height": 740})
        assert shown.evaluate(FITS)
    assert sticking_out(page) == []
    assert complaints() == []


def test_it_is_as_light_or_dark_as_the_site_wants_or_else_the_reader(portal, other_site, page):
    def ground():
        frame = page.frame_locator("iframe")
        expect(frame.locator(".slot").first).to_be_visible()
        expect(frame.locator("html")).not_to_have_css("background-color", "rgba(0, 0, 0, 0)")  # its style has come
        return frame.locator("html").evaluate("page => getComputedStyle(page).backgroundColor")

    shown = {}
    for scheme in SCHEMES:
        page.emulate_media(color_scheme=scheme)
        for wanted in ("", "light", "dark"):
            page.goto(other_site(TAG, more=f' data-theme="{wanted}"' if wanted else ""))
            shown[scheme, wanted] = ground()
    assert shown["light", ""] == shown["light", "light"] == shown["dark", "light"]
    assert shown["dark", ""] == shown["light", "dark"] == shown["dark", "dark"]
    assert shown["light", ""] != shown["dark", ""]


def test_a_link_opens_beside_the_page_that_it_stands_in(portal, other_site, page, context):
    page.goto(other_site(TAG, more=""))

    with context.expect_page() as opened:
        page.frame_locator("iframe").locator(".slot h3 a").first.click()
    expect(opened.value.locator("h1")).to_contain_text("part 0")
    assert page.url.startswith("http://127.0.0.1")


def test_without_scripts_a_frame_of_a_fixed_height_shows_the_same(portal, other_site, browser):
    with browser.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(other_site(TAG + FALLBACK, more=""))

        expect(page.frame_locator("iframe").locator(".slot h3").last).to_contain_text("part 11")
        assert page.locator("iframe").bounding_box()["height"] >= 700


def test_no_other_page_of_ours_can_be_framed(portal, other_site, page):
    refused = []
    page.on("console", lambda message: refused.append(message.text))
    page.goto(other_site('<iframe src="{portal}/en/conferences/openconf/schedule/"></iframe>'))
    page.wait_for_load_state("networkidle")

    assert page.frames[1].url.startswith("chrome-error:")
    assert any("frame-ancestors" in text or "X-Frame-Options" in text for text in refused)


def test_a_forgotten_name_is_told_to_who_builds_the_page_and_harms_nobody(portal, other_site, page):
    told = []
    page.on("console", lambda message: told.append(message.text))
    page.goto(other_site('<script src="{portal}/embed/schedule.js"></script>'))

    assert any("data-conference is missing" in text for text in told)
    expect(page.locator("#below")).to_be_visible()
    expect(page.locator("iframe")).to_have_count(0)
