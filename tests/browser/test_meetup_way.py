"""A meetup from the idea to the recap, by a lead's phone and two guests', in both languages; mail over real SMTP."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from meetups.models import Meetup
from portal import signup_forms
from portal.models import Article, Registration
from tests.browser.looking import SIZES, sticking_out
from tests.browser.phones import Phone
from tests.make import a_chapter, a_desk, a_meetup
from tests.organizers import a_lead

LOCALES = {"zh-hans": "zh-CN", "en": "en-US"}


@pytest.fixture
def chapter(live_server, settings, monkeypatch):
    """A chapter whose template has a desk; forms may be filled in as fast as a test does."""
    settings.SITE_URL = live_server.url
    monkeypatch.setattr(signup_forms, "FASTEST", 0)
    chapter = a_chapter(name_zh_hans="KCC@成都")
    chapter.template = a_meetup(
        "Tea and code", chapters=[chapter], title_zh_hans="茶与代码", place_zh_hans="少灏厅", place_en="Shaohao Hall"
    )
    a_desk(20, chapter.template)
    chapter.save()
    return chapter


@pytest.fixture
def phones(browser, client, chapter, live_server, language):
    """The lead's phone, signed in, and a guest's, who is nobody."""
    client.force_login(a_lead(chapter))
    looks = {"viewport": SIZES["phone"], "locale": LOCALES[language], "reduced_motion": "reduce"}
    with browser.new_context(**looks) as lead, browser.new_context(**looks) as guest:
        session = {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}
        lead.add_cookies([session])
        yield Phone(lead.new_page(), True), Phone(guest.new_page(), True)


def register(phone, url, letterbox, name):
    """Fill in the form as a guest, and confirm by the link that comes in the mail; return that link."""
    page = phone.page
    page.goto(url)
    page.locator("a[href$='/register/']").first.click()
    page.locator("[name=name]").fill(name)
    page.locator("[name=email]").fill(f"{name.lower()}@example.org")
    page.locator("[name=agree_run]").check()
    page.locator("main form.form button").click()
    page.wait_for_url("**/my/sent/?occasion=*")
    link = letterbox.link(to=name.lower())
    page.goto(link)
    page.locator("main form.form button").click()
    page.wait_for_url(link)
    return link


def state_of(name):
    return Registration.objects.get(name=name).state


@pytest.mark.parametrize("language", LOCALES)
def test_from_the_template_to_the_recap(live_server, letterbox, phones, chapter, language):
    lead, guest = phones
    page = lead.page

    # Made from the template and published, with one seat.
    page.goto(f"{live_server.url}/admin/meetups/meetup/new/")
    assert page.locator("[name=place_en]").input_value() == "Shaohao Hall"
    page.locator("[name=capacity]").fill("1")
    assert lead.is_sound()
    page.locator("[name=_publish]").click()
    page.wait_for_url("**/change/")
    meetup = Meetup.objects.latest("pk")
    url = f"{live_server.url}/{language}/meetups/{meetup.slug}/"

    # Filled up; the second waits, and is told the place in line; the page says so, fetched apart.
    first = register(guest, url, letterbox, "Ming")
    second = register(guest, url, letterbox, "Hong")
    assert (state_of("Ming"), state_of("Hong")) == ("seated", "waiting")
    assert "1" in guest.page.locator("h1").inner_text()
    guest.page.goto(url)
    expect(guest.page.locator("[data-seats-from]")).to_be_visible()
    assert guest.is_sound()

    # Given back in one tap, offered, accepted.
    guest.page.goto(first)
    assert guest.is_sound()
    guest.page.locator("form[action$='/do/release/'] button").click()
    guest.page.wait_for_url(first)
    guest.page.goto(letterbox.link(to="hong"))
    guest.page.locator("form[action$='/do/accept/'] button").click()
    guest.page.wait_for_url(second)
    assert (state_of("Ming"), state_of("Hong")) == ("withdrawn", "seated")

    # The lead's camera reads the code of the status page, which leads on to the door; there the network is gone.
    page.goto(second)
    page.locator("a[href*='/door/']").click()
    page.wait_for_url("**/door/**")
    row = page.locator(".guest.is-scanned")
    assert lead.is_sound()
    page.context.set_offline(True)
    row.locator("button").click()
    expect(row).to_have_class("guest is-scanned is-here is-waiting")
    expect(page.locator(".door-status")).to_contain_text("(1)")
    assert Registration.objects.get(name="Hong").checked_in_at is None
    door = page.url
    page.goto("about:blank")  # the page is left while the tap still waits in the phone
    page.context.set_offline(False)
    page.goto(door)
    expect(row).to_contain_class("is-here")
    expect(row).not_to_contain_class("is-waiting")
    assert Registration.objects.get(name="Hong").checked_in_at is not None

    # It is over: who came is written down, the recap is begun by a button, written and public.
    begun = timezone.now() - timedelta(hours=3)
    Meetup.objects.filter(pk=meetup.pk).update(starts_at=begun, ends_at=begun + timedelta(hours=2), over_at=begun)
    lead.complaints.clear()  # the browser says of the tap above that the network was gone
    page.goto(f"{live_server.url}/admin/meetups/meetup/{meetup.pk}/after/")
    with page.expect_navigation():
        page.locator("[name=count]").click()
    assert meetup.figures.get(measure="people-on-site").value == 1
    assert lead.is_sound()
    page.locator("[name=recap]").click()
    page.wait_for_url("**/article/*/change/#section-1")
    assert sticking_out(page) == []
    suffix = language.replace("-", "_")
    page.locator(f"[name=body_{suffix}]").fill("**It was good.** 很好。")
    page.locator("[name=_publish]").click()
    page.wait_for_url(re.compile(r"/article/(#.*)?$"))
    recap = Article.objects.get()
    guest.page.goto(url)
    guest.page.locator(f"a[href='/{language}/news/{recap.slug}/']").first.click()
    guest.page.wait_for_url(f"**/{language}/news/{recap.slug}/")
    assert guest.page.locator(".prose strong").inner_text() == "It was good."
    assert guest.is_sound()
