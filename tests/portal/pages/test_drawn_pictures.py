"""Covers and share images at addresses that hold what they show."""

from io import BytesIO

import pytest
from PIL import Image

from portal import posters
from portal.drawings import cover_url, share_image_url
from portal.posters import Bill
from tests.events.reading import read
from tests.make import a_meetup, a_person

pytestmark = pytest.mark.django_db

BILL = Bill(
    title="成都开源午餐", seed="chengdu", accent="#c5341c", when="2026年10月21日", guests=(("Ming", "PingCAP"),)
)


def test_a_cover_is_drawn_and_may_be_kept_for_ever(client):
    response = client.get(cover_url("coscon-2023", "#c5341c"))

    assert response["Content-Type"] == "image/svg+xml"
    assert b'viewBox="0 0 762 400"' in response.content
    assert "immutable" in response["Cache-Control"]


def test_a_share_image_has_the_size_that_other_sites_want(client):
    response = client.get(share_image_url(BILL))

    assert response["Content-Type"] == "image/png"
    assert Image.open(BytesIO(response.content)).size == (1200, 630)


def test_whoever_has_a_picture_already_does_not_have_it_drawn_again(client, monkeypatch):
    address = share_image_url(BILL)
    etag = client.get(address)["ETag"]
    monkeypatch.setattr(posters, "share_image", lambda bill: pytest.fail("drawn again"))

    assert client.get(address, headers={"If-None-Match": etag}).status_code == 304
    assert client.get(address).status_code == 200


def test_nobody_can_ask_for_a_picture_that_no_page_asked_for(client):
    for address in (cover_url("a", "#c5341c"), share_image_url(BILL)):
        folder, name = address.rsplit("/", 1)

        assert client.get(f"{folder}/x{name}").status_code == 404
        assert client.get(f"{folder}/nonsense.{name.rsplit('.', 1)[1]}").status_code == 404


def test_a_cover_cannot_be_asked_for_as_a_share_image(client):
    assert client.get(cover_url("a", "#c5341c").replace(".svg", ".png")).status_code == 404


def test_an_address_tells_only_what_the_picture_says():
    assert len(share_image_url(Bill(title="A", seed="a", accent="#c5341c"))) < 160
    assert share_image_url(BILL) == share_image_url(BILL)


def test_each_page_is_shared_with_a_picture_of_its_own(client):
    meetup = a_meetup("Open lunch")
    person = a_person("Ming")

    pages = [read(client, f"meetups/{meetup.slug}/"), read(client, f"people/{person.slug}/")]
    pictures = [page.tree.xpath("//meta[@property='og:image']/@content")[0] for page in pages]

    assert pictures[0] != pictures[1]
    for picture in pictures:
        assert client.get(picture.removeprefix("http://testserver"))["Content-Type"] == "image/png"
