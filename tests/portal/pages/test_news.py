"""The list of news and recaps."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from tests.events.reading import read
from tests.make import a_conference, an_article

pytestmark = pytest.mark.django_db


def test_the_latest_comes_first_with_its_kind_and_its_day(client):
    an_article("Old news", dated=date(2021, 12, 15), kind="news")
    an_article("A recap", dated=date(2023, 10, 30), kind="recap")

    page = read(client, "news/")

    assert page.of_class("card-title") == ["A recap", "Old news"]
    assert page.of_class("card-date") == ["30 October 2023 · Recap", "15 December 2021 · News"]


def test_drafts_and_what_is_scheduled_are_not_in_it(client):
    an_article("Draft", published_at=None)
    an_article("Scheduled", published_at=timezone.now() + timedelta(hours=1))

    page = read(client, "news/")

    assert page.of_class("card-title") == []
    assert "Nothing is written yet" in page.text


def test_the_cover_of_a_draft_occasion_is_not_borrowed(client):
    open_one, secret = a_conference(cover="covers/open.png"), a_conference(cover="covers/secret.png", published_at=None)
    an_article("Of both").occasions.add(open_one, secret)
    an_article("Of the secret").occasions.add(secret)

    covers = read(client, "news/").main.xpath(".//img/@src")

    assert any("open.png" in cover for cover in covers)
    assert not any("secret.png" in cover for cover in covers)


@pytest.mark.parametrize(
    ("number", "told"), [("99", "There is no page 99; this is page 1."), ("x", "“x” is not a page; this is the first.")]
)
def test_a_nonsense_page_is_told(client, number, told):
    an_article("A recap")

    page = read(client, f"news/?page={number}")

    assert page.of_class("notice") == [told]
    assert page.of_class("card-title") == ["A recap"]


@pytest.mark.parametrize(("rows", "shown"), [(1, 1), (30, 24)])
def test_it_costs_seven_queries_however_many_there_are(client, django_assert_num_queries, rows, shown):
    for number in range(rows):
        an_article(f"Article {number}").occasions.add(a_conference())

    with django_assert_num_queries(7):
        page = read(client, "news/")

    assert len(page.of_class("card-title")) == shown
