"""Each role walks the admin from its start page: whatever is shown to it opens, and what is offered can be done."""

import logging
from collections import Counter

import pytest
from django.urls import Resolver404, resolve
from lxml import html

from tests import make
from tests.organizers import a_lead, a_producer, a_translator, an_organizer, signed_in
from tests.portal.test_admin_doors import World

# What surrounds every page is read once: no link of the admin depends on it.
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("page_store")]

ROLES = ("organizer", "producer", "lead", "coordinator", "editor", "translator")
# How many pages of a kind are opened.
OF_EACH_KIND = 1


@pytest.fixture(autouse=True)
def quiet(caplog):
    caplog.set_level(logging.CRITICAL, "django.request")


def kind_of(address):
    """Return the route behind an address, or the address where none is: that one does not open."""
    try:
        return resolve(address.partition("?")[0]).route
    except Resolver404:
        return address


def links_on(answer, address):
    """Return the addresses of the site that a page leads to, but for itself filtered or sorted otherwise."""
    if not answer.get("Content-Type", "").startswith("text/html"):
        return []
    here = address.partition("?")[0]
    hrefs = {href.partition("#")[0] for href in html.fromstring(answer.content).xpath("//a/@href")}
    return sorted(href for href in hrefs if href.startswith("/") and href.partition("?")[0] != here)


def walk(client):
    """Return (how many pages were opened, those that do not open, as "where -> whither: status")."""
    waiting, opened, dead = [("", "/admin/")], Counter(), []
    seen = {"/admin/"}
    while waiting:
        whence, address = waiting.pop(0)
        kind = kind_of(address)
        if opened[kind] == OF_EACH_KIND:
            continue
        opened[kind] += 1
        answer = client.get(address, follow=address.startswith("/admin/"))
        if answer.status_code >= 400:
            dead.append(f"{whence} -> {address}: {answer.status_code}")
        elif address.startswith("/admin/"):
            found = [link for link in links_on(answer, address) if link not in seen]
            seen.update(found)
            waiting += [(address, link) for link in found]
    return opened.total(), dead


@pytest.mark.parametrize("role", ROLES)
def test_nothing_is_shown_that_does_not_open(role):
    world = World()
    make.a_person(user=world.account("editor") if role != "editor" else None)
    account = world.account(role)
    account.set_password("by which a second factor is asked for")
    account.save()

    pages, dead = walk(signed_in(account))

    assert dead == []
    assert pages > 20


def test_who_also_translates_is_led_into_no_page_of_what_they_only_translate():
    """They are shown everybody's albums and calls: what is another's is a number or a word there, and no link."""
    series = make.a_series()
    for conference in (make.a_conference(series=series), make.a_conference()):
        make.an_album(occasion=conference)
        make.a_team(make.a_call(conference))
        make.a_proposal_call(conference)
    organizer = an_organizer(series)
    organizer.groups.set(a_translator().groups.all())
    client = signed_in(organizer)

    for model, column in (
        ("album", "photos_link"),
        ("volunteercall", "people"),
        ("team", "people"),
        ("proposalcall", "proposals"),
    ):
        app = "portal" if model == "album" else "events"
        answer = client.get(f"/admin/{app}/{model}/")
        cells = html.fromstring(answer.content).xpath(f"//td[contains(@class, 'field-{column}')]")
        led = [client.get(href).status_code for cell in cells for href in cell.xpath(".//a/@href")]
        assert (model, len(cells), led) == (model, 2, [200])


def actions_on(client, path):
    return html.fromstring(client.get(path).content).xpath("//select[@name='action']/option/@value")


@pytest.mark.parametrize("path", ["meetups/meetup/", "events/session/", "portal/person/", "portal/partnership/"])
def test_a_translator_is_offered_no_action(path):
    World()

    assert actions_on(signed_in(a_translator()), f"/admin/{path}") == []


def test_a_translator_who_leads_a_chapter_may_act_on_its_meetups():
    chapter = make.a_chapter()
    make.a_meetup(chapters=[chapter])
    lead = a_lead(chapter)
    lead.groups.set(a_translator().groups.all())

    assert "publish" in actions_on(signed_in(lead), "/admin/meetups/meetup/")
    assert actions_on(signed_in(lead), "/admin/portal/page/") == []


def test_a_producer_is_offered_no_order_and_no_moving_of_forums_but_of_sessions():
    forum = make.a_forum()
    make.a_session(forum=forum)
    client = signed_in(a_producer(forum))

    assert actions_on(client, "/admin/events/forum/") == []
    assert 'name="form-0-position"' not in client.get("/admin/events/forum/").content.decode()
    assert "move" in actions_on(client, "/admin/events/session/")
    assert 'name="form-0-position"' in client.get("/admin/events/session/").content.decode()


def test_the_name_of_a_parent_leads_there_for_whom_it_opens():
    forum = make.a_forum(make.a_conference("Harvest"))
    answer = signed_in(a_producer(forum)).get("/admin/events/forum/").content.decode()

    assert "Harvest" in answer
    assert f"/admin/events/conference/{forum.conference.pk}/change/" not in answer


def test_an_occasion_leads_to_the_form_of_what_it_is():
    chapter = make.a_chapter()
    meetup = make.a_meetup(chapters=[chapter])
    path = f"/admin/portal/occasion/{meetup.pk}/change/"

    assert signed_in(a_lead(chapter)).get(path).headers["Location"] == f"/admin/meetups/meetup/{meetup.pk}/change/"
    assert signed_in(a_lead(make.a_chapter())).get(path).status_code == 404
