"""The album's page in a real browser: many files at once, what is refused, and the same folder dropped again."""

import random

import pytest
from django.conf import settings as django_settings
from playwright.sync_api import expect

from tests.browser import site as demo
from tests.browser.looking import complaints_of
from tests.portal.pictures import a_drawing, a_file

PHOTOS = 7


@pytest.fixture
def album(site, page):
    """An album of the demo, opened on its page of photos; returns the page's complaints."""
    complaints = complaints_of(page)
    sign_in(page, site, "/admin/portal/album/")
    page.click("#result_list .field-photos_link a >> nth=0")
    page.wait_for_selector("#upload")
    return complaints


def sign_in(page, site, goes_on):
    page.goto(f"{site.url}/admin/login/?next={goes_on}")
    page.fill("#id_login", "organizer")
    page.fill("#id_password", demo.PASSWORD)
    page.click("[type=submit]")
    page.wait_for_url(f"**{goes_on}")


def drawings(folder):
    """Files that no album has yet."""
    mark = str(random.random()).encode()
    paths = []
    for number in range(PHOTOS):
        paths.append(folder / f"DSC_{number}.jpg")
        paths[-1].write_bytes(a_file(image=a_drawing(300 + number, 200), comment=mark).getvalue())
    return paths


def put_up(page, paths):
    page.set_input_files("#upload-file", paths)
    page.wait_for_selector("#upload[data-state=idle]", timeout=60_000)
    return page.inner_text("#upload-sum")


def test_many_files_are_put_up_and_a_bad_one_is_refused_by_name(album, page, tmp_path):
    paths = drawings(tmp_path)
    (tmp_path / "evil.jpg").write_bytes(b"<svg onload=alert(1)>")
    sent = []
    page.on("request", lambda request: sent.append(request.url) if request.method == "POST" else None)

    put_up(page, [*paths, tmp_path / "evil.jpg"])

    assert page.locator("#upload-refused li").count() == 1
    assert "evil.jpg" in page.inner_text("#upload-refused")
    assert page.locator("#upload-files li:visible").count() == 0, "what is done or refused is no longer under way"
    assert len(sent) == PHOTOS + 1
    assert page.eval_on_selector("#upload-all", "bar => bar.value === bar.max")
    assert [complaint for complaint in album if "422" not in complaint] == []

    sent.clear()
    page.reload()
    put_up(page, paths)
    assert sent == [], "what the album has is not sent again"


def test_a_pause_holds_what_has_not_begun(album, page, tmp_path):
    paths = drawings(tmp_path)
    page.route("**/upload/", lambda route: (page.wait_for_timeout(300), route.continue_()))
    page.set_input_files("#upload-file", paths)
    page.click("#upload-pause")
    page.wait_for_timeout(3000)

    assert page.get_attribute("#upload", "data-state") == "busy"

    page.click("#upload-pause")
    page.wait_for_selector("#upload[data-state=idle]", timeout=60_000)
    assert page.locator("#upload-refused li").count() == 0


def test_a_server_that_does_not_answer_is_asked_again(album, page, tmp_path):
    failures = iter([True, True])
    page.route("**/upload/", lambda route: route.abort() if next(failures, False) else route.continue_())

    put_up(page, drawings(tmp_path)[:3])

    assert page.locator("#upload-refused li").count() == 0


def test_who_is_signed_out_meanwhile_is_told_and_goes_on_once_signed_in_again(album, site, page, tmp_path):
    """None of them counts as done, though the server would lead each to the page of signing in."""
    paths, sent = drawings(tmp_path)[:3], []
    page.context.clear_cookies(name=django_settings.SESSION_COOKIE_NAME)

    page.set_input_files("#upload-file", paths)
    expect(page.locator("#upload-files")).to_contain_text("You are signed out")
    expect(page.locator("#upload-show")).to_be_hidden()

    with page.context.new_page() as another:
        sign_in(another, site, "/admin/")
    page.click("#upload-pause")
    page.wait_for_selector("#upload[data-state=idle]", timeout=60_000)
    assert page.locator("#upload-refused li").count() == 0

    page.on("request", lambda request: sent.append(request.url) if request.method == "POST" else None)
    page.reload()
    put_up(page, paths)
    assert sent == [], "the album has them all"
