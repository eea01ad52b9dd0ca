"""Who signed up is nowhere that others look: not on a page, in a picture, an address, an error or a log."""

import logging
import re

import pytest
import requests
from django.test import Client
from lxml import html

from portal import registering
from portal.drawings import read_share_image
from portal.logs import Private
from portal.models import Registration
from tests.make import a_call, a_conference, a_desk, a_registration, a_role, a_team, an_application
from tests.organizers import an_account
from tests.page_types import LANGUAGES, PAGE_TYPES, path_of

pytestmark = pytest.mark.django_db

NAME, MAIL, NOTE = "Zebedee Quux", "zebedee.quux@example.org", "allergic to zucchini"
TRACES = [NAME, MAIL, NOTE, "zebedee", "zucchini"]
PERSONAL = re.compile(r"(?i)mail|phone|wechat|name$|token|password|city|note|about")
SEARCHED = {"q", "city"}  # what lists are filtered by


@pytest.fixture
def somebody():
    """One person in every table that holds persons who signed up."""
    desk = a_desk()
    seat = a_registration(desk, name=NAME, email=MAIL)
    registering.confirm(seat)
    conference = a_conference()
    application = an_application(a_role(a_team(a_call(conference))), name=NAME, email=MAIL, availability=NOTE)
    an_account("zebedee", email=MAIL, first_name=NAME)
    return desk, seat, application


def traces(text):
    return [trace for trace in TRACES if trace.lower() in text.lower()]


def test_no_page_a_visitor_reaches_tells_of_a_sign_up(somebody):
    """A walk from the home page, the lists and a search for the very name."""
    desk, _seat, application = somebody
    meetup, conference = desk.occasion, application.call.conference
    waiting = [f"/{language}/{path}" for language in LANGUAGES for path in ("", "meetups/", "conferences/")]
    waiting += ["/sitemap.xml", "/en/calendar.ics", "/en/feed.xml", f"/en/meetups/{meetup.slug}/register/"]
    client, seen = Client(), set()
    while waiting and len(seen) < 150:
        path = waiting.pop()
        if path in seen:
            continue
        seen.add(path)
        body = read_whole(client.get(path))
        assert traces(body) == [], path
        waiting += re.findall(r'<a [^>]*href="(/(?:en|zh-hans)/[^"#]*)', body)
    assert f"/en/meetups/{meetup.slug}/" in seen and f"/en/conferences/{conference.slug}/" in seen

    found = read_whole(client.get("/en/search/?q=zebedee"))
    assert MAIL not in found and NAME not in found


def read_whole(answer):
    return (b"".join(answer) if answer.streaming else answer.content).decode(errors="ignore")


def test_a_share_image_holds_the_bill_and_nobody_who_signed_up(somebody):
    desk, _seat, _application = somebody

    page = Client().get(f"/en/meetups/{desk.occasion.slug}/").content.decode()

    [signed] = set(re.findall(r"/posters/([^\"/]+)\.png", page))
    assert traces(repr(read_share_image(signed))) == []


def test_an_error_on_a_personal_page_says_and_logs_nothing_of_the_person(somebody, monkeypatch, caplog):
    _desk, seat, _application = somebody
    monkeypatch.setattr(Registration, "get_state_display", lambda self: 1 / 0)
    monkeypatch.setattr(Registration, "status_path", lambda self, *language: 1 / 0)
    caplog.handler.addFilter(Private())
    caplog.handler.setFormatter(logging.Formatter())

    answer = Client(raise_request_exception=False).get(f"/en/my/{seat.token}/")

    assert answer.status_code == 500
    assert traces(answer.content.decode()) == [] and seat.token not in answer.content.decode()
    assert "/en/my/[token]/" in caplog.text and seat.token not in caplog.text
    assert traces(caplog.text) == []


def test_a_link_that_is_not_known_is_not_logged(caplog):
    caplog.handler.addFilter(Private())
    caplog.handler.setFormatter(logging.Formatter())

    Client().get("/en/my/r.1.1.abcdefghijklmnopqrstuvwxyz0/")

    assert "Not Found: /en/my/[token]/" in caplog.text and "abcdefghij" not in caplog.text


def test_whoever_signs_up_is_sent_on_to_an_address_without_them(somebody):
    desk, _seat, _application = somebody
    client = Client()

    answer = client.get(f"/en/meetups/{desk.occasion.slug}/register/")
    form = html.document_fromstring(answer.content.decode()).xpath("//main//form")[0]

    assert form.get("method").lower() == "post"
    assert "?" not in (form.get("action") or "")


def test_no_form_puts_what_is_personal_into_an_address(site):
    """On every type of page, a form that asks by GET asks only for what lists are searched by."""
    found = {}
    for kind in PAGE_TYPES:
        document = html.document_fromstring(requests.get(site.url + path_of(kind, "en"), timeout=20).text)
        for form in document.xpath("//form"):
            if form.get("method", "get").lower() == "get":
                names = set(form.xpath(".//input/@name | .//select/@name | .//textarea/@name"))
                asked = {name for name in names if PERSONAL.search(name)} - SEARCHED
                found |= {kind: asked} if asked else {}
    assert found == {}


def test_no_address_of_ours_has_room_for_a_name_or_a_mail(somebody):
    _desk, seat, application = somebody
    for address in (seat.status_path(), application.status_path()):
        assert traces(address) == []
