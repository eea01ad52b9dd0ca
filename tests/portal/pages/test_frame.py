"""What surrounds every page: put together once a generation, and the same on all pages but for its marks."""

import pytest

from portal.models import Community
from tests.events.reading import read
from tests.make import a_meetup, a_page

pytestmark = pytest.mark.django_db


def sections(page):
    """Return the addresses of the sections, and of those that are marked as this page's."""
    every = page.tree.xpath("//nav[contains(@class, 'masthead-nav')]//a")
    return [link.get("href") for link in every], [link.get("href") for link in every if link.get("aria-current")]


@pytest.mark.parametrize("path", ["photos/", "meetups/lunch/", "search/", "meetups/"])
def test_a_page_marks_its_section_whoever_asked_for_another_one_before(client, page_store, path):
    a_meetup(slug="lunch")
    read(client, "news/")

    every, marked = sections(read(client, path))

    assert every == [f"/en/{name}/" for name in ("conferences", "meetups", "chapters", "photos", "news")]
    assert marked == [url for url in every if f"/en/{path}".startswith(url)]


def test_the_frame_is_put_together_once_a_generation_and_language(client, page_store, django_assert_num_queries):
    a_page("About us", slug="about", title_zh_hans="关于我们")
    read(client, "search/"), read(client, "search/", "zh-hans")

    with django_assert_num_queries(0):
        english, chinese = read(client, "search/"), read(client, "search/", "zh-hans")

    assert english.tree.xpath("//footer//a[contains(@href, '/pages/')]/text()") == ["About us"]
    assert chinese.tree.xpath("//footer//a[contains(@href, '/pages/')]/text()") == ["关于我们"]


def test_a_change_of_the_community_is_in_the_frame_of_the_next_generation(client, page_store):
    community = Community(name_en="Us", word_for_chapters_en="circles", footer_note_en="<b>Ours</b>")
    community.save()
    read(client, "search/")

    community.name_en, community.footer_note_en = "You & me", "Yours <3"
    community.save()
    page_store.begin_generation()
    page = read(client, "search/")

    assert page.tree.xpath("string(//p[@class='footer-name'])") == "You & me"
    assert page.tree.xpath("string(//p[@class='footer-legal'])") == "Yours <3"


def test_a_page_that_is_not_there_leads_to_the_same_absence(client):
    page = read(client, "没有/", status=404)

    assert page.tree.xpath("//header//a[@hreflang]/@href") == ["/zh-hans/%E6%B2%A1%E6%9C%89/"]
