"""Pages shown when there is nothing to show."""

import pytest
from django.test import Client

from portal.views import pages
from tests.events.reading import read
from tests.make import a_page

pytestmark = pytest.mark.django_db


def test_a_page_that_is_not_there_helps_to_find_another(client):
    page = read(client, "no-such-page/", status=404)

    assert page.texts("//h1") == ["This page is not here"]
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
