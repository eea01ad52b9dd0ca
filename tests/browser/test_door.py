"""The door on a phone: what a bad network, another phone and a guest who left do to taps."""

from datetime import timedelta

import pytest
from django.conf import settings as django_settings
from django.contrib.sessions.models import Session
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from portal.models import Registration
from tests.browser.looking import SIZES
from tests.make import a_chapter, a_desk, a_meetup
from tests.organizers import a_lead, signed_in
from tests.portal.seats import seated

pytestmark = pytest.mark.django_db(transaction=True)

STATUS = ".door-status"


@pytest.fixture
def desk():
    chapter = a_chapter()
    soon = timezone.now() + timedelta(hours=1)
    return a_desk(3, occasion=a_meetup(chapters=[chapter], starts_at=soon, ends_at=soon + timedelta(hours=2)))


@pytest.fixture
def guests(desk):
    return [seated(desk, name) for name in ("ming", "hong")]


@pytest.fixture
def door(live_server, settings, desk, guests, page):
    """The door on the phone of a chapter's lead, with two guests."""
    settings.ALLOWED_HOSTS = ["*"]
    settings.LANGUAGE_CODE = "en"
    cookie = signed_in(a_lead(desk.occasion.meetup.chapters.get())).cookies[django_settings.SESSION_COOKIE_NAME]
    page.context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": live_server.url}])
    page.set_viewport_size(SIZES["phone"])
    page.goto(live_server.url + reverse("admin:door", args=[desk.pk]))
    return page


def tap(page, guest):
    page.locator(f"#g{guest.pk} button").click()


def here():
    return [guest.email for guest in Registration.objects.filter(checked_in_at__isnull=False).order_by("pk")]


def let_in(page, name):
    page.get_by_label("Name").fill(name)
    page.get_by_role("button", name="Let in").click()


def test_a_guest_who_deleted_their_registration_holds_up_nobody_behind(door, guests):
    ming, hong = guests
    door.context.set_offline(True)
    tap(door, ming)
    tap(door, hong)
    expect(door.locator(STATUS)).to_contain_text("(2)")
    ming.delete()

    door.context.set_offline(False)

    expect(door.locator(STATUS)).to_contain_text("no longer exists")
    expect(door.locator(STATUS)).not_to_contain_text("No network")
    assert here() == ["hong@example.org"]


def test_taps_of_who_is_signed_out_wait_until_they_are_back(door, guests):
    Session.objects.all().delete()

    tap(door, guests[0])

    expect(door.locator(STATUS)).to_contain_text("You are signed out")
    expect(door.locator(STATUS)).to_contain_text("(1)")
    assert here() == []


def test_a_server_that_fails_at_one_tap_gets_the_others(door, guests):
    ming, hong = guests
    door.route(f"**/{ming.pk}/", lambda route: route.fulfill(status=502, body="<h1>Bad gateway</h1>"))
    tap(door, ming)
    expect(door.locator(STATUS)).to_contain_text("(1)")

    tap(door, hong)
    expect(door.locator(f"#g{hong.pk}:not(.is-waiting)")).to_have_count(1)
    assert here() == ["hong@example.org"]

    door.unroute(f"**/{ming.pk}/")
    door.evaluate("dispatchEvent(new Event('online'))")
    expect(door.locator(f"#g{ming.pk}:not(.is-waiting)")).to_have_count(1)
    assert here() == ["ming@example.org", "hong@example.org"]


def walk_ins():
    return list(Registration.objects.filter(is_walk_in=True).values_list("name", flat=True))


def test_walk_ins_of_one_name_without_a_network_are_all_let_in(door, desk):
    desk.capacity = 9
    desk.save()
    door.context.set_offline(True)
    for _person in range(3):
        let_in(door, "Li Wei")
    expect(door.locator(STATUS)).to_contain_text("(3)")

    door.context.set_offline(False)

    expect(door.locator(".guest.is-here")).to_have_count(3)
    assert walk_ins() == ["Li Wei"] * 3


def test_a_walk_in_whose_answer_the_network_lost_counts_once(door):
    def lost(route):
        route.fetch()
        route.abort()

    door.route("**/walk-in/", lost)
    let_in(door, "Li Wei")
    expect(door.locator(STATUS)).to_contain_text("(1)")
    assert walk_ins() == ["Li Wei"]

    door.unroute("**/walk-in/")
    door.evaluate("dispatchEvent(new Event('online'))")

    expect(door.locator(".guest.is-here")).to_have_count(1)
    assert walk_ins() == ["Li Wei"]


def test_a_walk_in_for_whom_there_is_no_seat_stands_in_the_form_again(door):
    let_in(door, "Bo")
    expect(door.locator(".guest.is-here")).to_have_count(1)

    let_in(door, "Lan")

    expect(door.locator(STATUS)).to_contain_text("All seats are held")
    expect(door.get_by_label("Name")).to_have_value("Lan")
