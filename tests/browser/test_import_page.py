"""Importing a programme in a real browser: the bar moves while rows are written, and the next page comes by itself."""

import re
import time

import pytest
from django.conf import settings as django_settings
from playwright.sync_api import expect

from events.models import Session
from tests.browser.looking import SIZES, barriers, complaints_of, sticking_out
from tests.make import a_conference
from tests.organizers import an_administrator, signed_in

pytestmark = pytest.mark.django_db(transaction=True)

TABLE = "title_en,starts,room\n" + "".join(f"Talk {number},2026-10-24 09:30,Hall\n" for number in range(40))


@pytest.fixture(params=[True, False], ids=["scripted", "plain"])
def preview(request, live_server, settings, tmp_path, browser):
    """The preview of a file on a phone, with and without scripts."""
    settings.ALLOWED_HOSTS, settings.LANGUAGE_CODE, settings.VAR = ["*"], "en", tmp_path
    conference = a_conference()
    signed = signed_in(an_administrator()).cookies[django_settings.SESSION_COOKIE_NAME].value
    with browser.new_context(viewport=SIZES["phone"], java_script_enabled=request.param) as context:
        cookie = {"name": django_settings.SESSION_COOKIE_NAME, "value": signed, "url": live_server.url}
        context.add_cookies([cookie])
        page = context.new_page()
        page.goto(f"{live_server.url}/admin/events/conference/{conference.pk}/import/")
        page.set_input_files("#id_file", {"name": "t.csv", "mimeType": "text/csv", "buffer": TABLE.encode()})
        with page.expect_navigation():
            page.click("input[type=submit]")
        yield page, request.param


def slowly(route):
    if route.request.method == "POST":
        time.sleep(1)
    route.continue_()


def test_the_button_imports_and_the_bar_shows_how_far(preview):
    page, has_script = preview
    complaints = complaints_of(page)
    page.route("**/import/", slowly)
    page.route("**/import/progress/*", lambda route: route.fulfill(json={"done": 3, "total": 41}))
    bar = page.locator("#import progress")
    expect(bar).to_be_hidden()
    if has_script:
        assert sticking_out(page) == []

    with page.expect_navigation(url="**/change/"):
        page.click("#import button[name=write]")
        if has_script:
            expect(page.locator("#import output")).to_have_text("3 / 41")
            expect(bar).to_have_js_property("value", 3)

    expect(page.locator(".messagelist")).to_contain_text("40 new")
    assert Session.objects.count() == 40
    assert complaints == []
    if has_script:
        assert barriers(page) == []


def test_who_is_signed_out_meanwhile_is_led_to_signing_in_and_back(preview):
    page, _has_script = preview
    page.context.clear_cookies(name=django_settings.SESSION_COOKIE_NAME)

    with page.expect_navigation(url=re.compile(r"/login/\?next=/admin/events/conference/\d+/import/$")):
        page.click("#import button[name=write]")

    assert not Session.objects.exists()
