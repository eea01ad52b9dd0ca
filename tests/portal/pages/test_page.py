"""Standing pages, and the footer that leads to them."""

import pytest

from portal.models import Community
from tests.events.reading import read, words
from tests.make import a_page

pytestmark = pytest.mark.django_db


def footer(page):
    [element] = page.tree.xpath("//footer")
    return words(element)


def test_it_shows_its_text(client):
    a_page("About us", slug="about", summary_en="Who we are", body_en="## Since 2014\n\nWe meet.")

    page = read(client, "pages/about/")

    assert page.texts("//h1") == ["About us"]
    assert "Who we are" in page.text
    assert page.texts("//*[@class='prose']/*") == ["Since 2014", "We meet."]


def test_the_footer_leads_to_public_pages_that_belong_there(client):
    a_page("About us", slug="about")
    a_page("Elsewhere", in_footer=False)
    a_page("Draft", published_at=None)

    told = footer(read(client, "pages/about/"))

    assert "About us" in told
    assert "Elsewhere" not in told and "Draft" not in told


def test_the_icp_number_stands_in_the_footer_once_it_is_set(client):
    a_page(slug="about")
    assert "ICP" not in footer(read(client, "pages/about/"))

    community = Community.current()
    community.icp_number = "沪ICP备12345678号"
    community.save()

    assert "沪ICP备12345678号" in footer(read(client, "pages/about/"))


def test_a_draft_is_not_there(client):
    a_page(slug="about", published_at=None)

    read(client, "pages/about/", status=404)


def test_it_costs_four_queries(client, django_assert_num_queries):
    a_page(slug="about")

    with django_assert_num_queries(4):
        read(client, "pages/about/")
