"""Long lists: which of their pages are named, and that a page of wide rows is found by their keys."""

import pytest
from django.core.paginator import Paginator
from django.template.loader import render_to_string
from django.test import RequestFactory
from lxml import html

from portal.models import City
from portal.paging import paged, part_of
from tests.make import a_city


def numbers_at(page, pages=99):
    part, request = Paginator(range(pages), 1).page(page), RequestFactory().get("/?year=2023")
    nav = html.fragment_fromstring(render_to_string("portal/_pagination.html", {"page": part}, request))
    links = [link.get("href") for link in nav.xpath(".//a[not(@rel)]")]
    assert all(link.startswith("?year=2023&page=") for link in links)
    return [int(link.rpartition("=")[2]) for link in links], len(nav.find_class("pagination-gap"))


def test_of_many_pages_the_ends_and_the_neighbours_are_named():
    assert numbers_at(50) == ([1, 48, 49, 51, 52, 99], 2)
    assert numbers_at(1) == ([2, 3, 99], 1)
    assert numbers_at(2, pages=5) == ([1, 3, 4, 5], 0)


@pytest.mark.django_db
def test_a_part_of_a_list_is_in_its_order_and_takes_one_query(django_assert_num_queries):
    for name in "ACBED":
        a_city(f"City {name}")
    cities = City.objects.order_by("-name_en")

    with django_assert_num_queries(1):
        assert [city.name_en for city in part_of(cities, 1, 3)] == ["City D", "City C"]
    with django_assert_num_queries(2):
        page = paged(RequestFactory().get("/?page=2"), cities, per_page=2).page
        assert [city.name_en for city in page] == ["City C", "City B"]
