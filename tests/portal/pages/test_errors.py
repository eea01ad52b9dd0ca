"""Pages shown when there is nothing to show."""

import errno

import pytest
from botocore.exceptions import EndpointConnectionError
from django.db import OperationalError
from django.test import Client

from portal.pagecache.stores import StoreAway
from portal.views import pages
from tests.events.reading import read
from tests.make import a_page

pytestmark = pytest.mark.django_db


def test_a_page_that_is_not_there_helps_to_find_another(client):
    page = read(client, "no-such-page/", status=404)

    assert page.texts("//h1") == ["Page not found"]
    assert page.main.xpath(".//form[@action='/en/search/']//input[@name='q']")
    assert {"/en/", "/en/conferences/", "/en/meetups/"} <= set(page.links)


def test_an_address_without_a_language_finds_one(client):
    a_page(slug="about")

    response = client.get("/pages/about/", headers={"Accept-Language": "en"})

    assert response.status_code == 302
    assert response["Location"] == "/en/pages/about/"


def test_a_broken_page_says_so_in_both_languages_and_asks_for_nothing_more(monkeypatch, django_assert_num_queries):
    a_page(slug="about")
    monkeypatch.setattr(pages, "Meta", None)

    response = Client(raise_request_exception=False).get("/en/pages/about/")

    assert response.status_code == 500
    assert "Something broke on our side" in response.content.decode()
    assert "出了点问题" in response.content.decode()


@pytest.mark.parametrize(
    "problem",
    [
        OperationalError("database is locked"),
        OSError(errno.ENOSPC, "No space left on device"),
        EndpointConnectionError(endpoint_url="http://127.0.0.1:1"),
        StoreAway("no answer"),
    ],
)
def test_what_passes_by_itself_is_told_as_such_and_when_to_come_back(monkeypatch, problem):
    def away(*_fields, **_values):
        raise problem

    a_page(slug="about")
    monkeypatch.setattr(pages, "Meta", away)
    client = Client(raise_request_exception=False)

    page = client.get("/en/pages/about/")
    assert (page.status_code, page["Retry-After"]) == (503, "30")
    assert "Busy for a moment" in page.content.decode() and "没有保存" in page.content.decode()

    told = client.get("/en/pages/about/", headers={"Accept": "application/json"})
    assert (told.status_code, told.json()["reason"][:22]) == (503, "The portal is busy for")


def test_a_mistake_of_ours_is_not_passed_off_as_a_busy_moment(monkeypatch):
    a_page(slug="about")
    monkeypatch.setattr(pages, "Meta", lambda **_values: {}["nothing"])

    assert Client(raise_request_exception=False).get("/en/pages/about/").status_code == 500
