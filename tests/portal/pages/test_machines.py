"""What browsers, crawlers and monitors read."""

import io
from datetime import timedelta
from unittest.mock import Mock

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from lxml import etree, html
from PIL import Image

from portal.models import Community
from tests.make import (
    a_chapter,
    a_conference,
    a_forum,
    a_meetup,
    a_page,
    a_person,
    a_series,
    an_album,
    an_article,
    an_organization,
)

pytestmark = pytest.mark.django_db

SITEMAP = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}


def mapped(client):
    """Return the root of an XML with the addresses of every file that the index lists."""
    index = etree.fromstring(client.get("/sitemap.xml").content)
    files = [client.get(file).content for file in index.xpath("//s:sitemap/s:loc/text()", namespaces=SITEMAP)]
    whole = etree.Element("whole")
    whole.extend(url for file in files for url in etree.fromstring(file))
    return whole


def addresses(client):
    return mapped(client).xpath("//s:loc/text()", namespaces=SITEMAP)


def test_the_theme_has_the_colours_of_the_community_and_of_each_public_series(client):
    Community(name="Us", word_for_chapter="chapter", word_for_chapters="chapters", accent="#1a5fb4").save()
    a_conference(series=a_series(slug="coscon", accent="#c5341c"))
    a_conference(series=a_series(slug="secret-series"), published_at=None)

    response = client.get("/theme.css")
    css = response.content.decode()

    assert response["Content-Type"] == "text/css; charset=utf-8"
    assert ":root { --accent: #1a5fb4;" in css
    assert ".accent-coscon { --accent: #c5341c;" in css
    assert "secret" not in css


def test_the_theme_is_not_sent_again_until_a_colour_changes(client):
    etag = client.get("/theme.css")["ETag"]

    assert client.get("/theme.css", headers={"If-None-Match": etag}).status_code == 304

    a_conference(series=a_series(accent="#c5341c"))
    assert client.get("/theme.css", headers={"If-None-Match": etag}).status_code == 200


def linked(client, rel):
    """Return the address that the home page's head names."""
    return html.fromstring(client.get("/en/").content).xpath(f"//link[@rel='{rel}']/@href")[-1]


def us(**fields):
    community = Community(name="Us", word_for_chapter="chapter", word_for_chapters="chapters", **fields)
    community.save()
    return community


def a_picture(size, colour="#8a3ffc", mode="RGB"):
    packed = io.BytesIO()
    Image.new(mode, size, colour).save(packed, "PNG")
    return ContentFile(packed.getvalue(), "logo.png")


@pytest.mark.parametrize("rel", ["stylesheet", "icon", "apple-touch-icon"])
def test_browsers_keep_the_looks_for_ever_and_are_led_to_new_ones_at_once(client, rel):
    community = us(accent="#1a5fb4")
    before = linked(client, rel)
    community.accent = "#c5341c"
    community.save()
    after = linked(client, rel)

    assert before != after
    assert client.get(after)["Cache-Control"] == "public, max-age=31536000, immutable"
    # A kept page still names it, and what it answers is that of today.
    assert client.get(before)["Cache-Control"] == "public, max-age=600"


def test_the_icon_without_a_logo_is_the_mark_in_the_colour_of_the_community(client):
    us(accent="#1a5fb4")

    icon, touch_icon = client.get(linked(client, "icon")), client.get(linked(client, "apple-touch-icon"))

    assert icon["Content-Type"] == "image/svg+xml"
    assert etree.fromstring(icon.content).xpath("//*[local-name()='rect']/@fill") == ["#1a5fb4"]
    drawn = Image.open(io.BytesIO(touch_icon.content))
    assert (drawn.size, drawn.getpixel((0, 0)), drawn.getpixel((59, 90))) == ((180, 180), (26, 95, 180), (255,) * 3)


@pytest.mark.parametrize(
    ("size", "corner", "middle"),
    [((400, 400), (138, 63, 252), (138, 63, 252)), ((400, 100), (255, 255, 255), (138, 63, 252))],
)
def test_a_logo_is_the_icon_in_a_tab_and_on_a_home_screen_whatever_its_shape(client, size, corner, middle):
    community = us(logo=a_picture(size))

    assert linked(client, "icon") == community.logo.url
    drawn = Image.open(io.BytesIO(client.get(linked(client, "apple-touch-icon")).content))
    assert (drawn.size, drawn.getpixel((0, 0)), drawn.getpixel((90, 90))) == ((180, 180), corner, middle)


def test_a_logo_that_may_be_seen_through_stands_on_white(client):
    us(logo=a_picture((400, 400), (0, 0, 0, 0), "RGBA"))

    drawn = Image.open(io.BytesIO(client.get(linked(client, "apple-touch-icon")).content))
    assert drawn.getextrema() == ((255, 255),) * 3


@pytest.mark.parametrize("content", [b"<svg xmlns='http://www.w3.org/2000/svg'/>", b"no picture"])
def test_a_logo_that_cannot_be_drawn_leaves_the_mark_on_the_home_screen(client, content):
    us(accent="#1a5fb4", logo=ContentFile(content, "logo"))

    drawn = Image.open(io.BytesIO(client.get(linked(client, "apple-touch-icon")).content))
    assert drawn.getpixel((0, 0)) == (26, 95, 180)


def test_a_logo_whose_file_is_missing_leaves_the_mark_and_one_that_cannot_be_read_now_is_not_kept(client, monkeypatch):
    community = us(accent="#1a5fb4", logo=a_picture((400, 400)))
    touch_icon = linked(client, "apple-touch-icon")

    with monkeypatch.context() as patched, pytest.raises(PermissionError):
        patched.setattr(FileSystemStorage, "_open", Mock(side_effect=PermissionError))
        client.get(touch_icon)

    community.logo.storage.delete(community.logo.name)

    assert Image.open(io.BytesIO(client.get(touch_icon).content)).getpixel((0, 0)) == (26, 95, 180)


def test_who_reads_no_page_asks_for_the_icon_of_old(client):
    assert client.get("/favicon.ico").content == client.get("/icon.png").content


def test_every_public_page_is_in_the_sitemap_in_both_languages(client):
    conference = a_conference(slug="openconf")
    rows = [
        conference,
        a_forum(conference, slug="hardware"),
        a_meetup(chapters=[a_chapter(slug="chengdu")]),
        a_person(),
        an_organization(),
        an_album(),
        an_article(),
        a_page(),
    ]
    expected = {row.get_absolute_url().replace("/zh-hans/", "/en/") for row in rows}
    expected |= {
        f"/en/{path}" for path in ("", "conferences/", "meetups/", "chapters/", "chapters/chengdu/", "photos/", "news/")
    }

    found = set(addresses(client))

    assert {f"http://testserver{path}" for path in expected} <= found
    assert {f"http://testserver{path.replace('/en/', '/zh-hans/')}" for path in expected} <= found


def test_the_sitemap_names_the_translations_of_each_page(client):
    an_article(slug="recap")

    [url] = [url for url in mapped(client) if url.findtext("s:loc", namespaces=SITEMAP).endswith("/en/news/recap/")]

    links = {link.get("hreflang"): link.get("href") for link in url.findall("x:link", namespaces=SITEMAP)}
    assert links["zh-hans"] == "http://testserver/zh-hans/news/recap/"
    assert links["en"] == "http://testserver/en/news/recap/"
    assert links["x-default"] == "http://testserver/news/recap/"


def test_drafts_are_not_in_the_sitemap(client):
    a_conference(slug="secret-conf", published_at=None)
    a_forum(a_conference(published_at=None), slug="secret-forum")
    a_meetup(slug="secret-meetup", published_at=None, chapters=[a_chapter(slug="secret-chapter", published_at=None)])
    a_person(slug="secret-person", published_at=None)
    an_organization(slug="secret-organization", published_at=None)
    an_album(slug="secret-album", published_at=None)
    an_article(slug="secret-article", published_at=timezone.now() + timedelta(days=1))
    a_page(slug="secret-page", published_at=None)

    assert not any("secret" in address for address in addresses(client))


def test_robots_keep_out_of_what_is_nobodys_business(client):
    lines = client.get("/robots.txt").content.decode().splitlines()

    assert {"Disallow: /admin/", "Disallow: /en/my/", "Disallow: /zh-hans/preview/"} <= set(lines)
    assert lines[-1] == "Sitemap: http://testserver/sitemap.xml"


def test_the_health_page_asks_nobody_else(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        response = client.get("/healthz")

    assert response.content == b"ok\n"
    assert "no-store" in response["Cache-Control"]


def test_security_txt_names_the_contact_until_a_day_within_the_year(client, settings):
    settings.SITE_URL = "https://portal.example"
    Community.objects.create(name_en="Us", email="hello@example.org")

    answer = client.get("/.well-known/security.txt")

    fields = dict(line.split(": ", 1) for line in answer.content.decode().splitlines())
    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    assert fields["Contact"] == "mailto:hello@example.org"
    assert fields["Canonical"] == "https://portal.example/.well-known/security.txt"
    assert timezone.now() < parse_datetime(fields["Expires"]) < timezone.now() + timedelta(days=365)


def test_without_a_contact_there_is_no_security_txt(client):
    assert client.get("/.well-known/security.txt").status_code == 404


ADDRESSES = ("/sitemap.xml", "/sitemap-people.xml", "/theme.css", "/robots.txt", "/api/v1/people/")


@pytest.mark.parametrize("address", ADDRESSES)
def test_what_has_no_language_in_its_address_is_the_same_for_every_reader(client, address):
    a_person()

    chinese, english = (client.get(address, headers={"accept-language": code}) for code in ("zh-CN", "en"))

    assert chinese.content == english.content
    assert "accept-language" not in chinese.get("Vary", "").lower()
