"""Albums as visitors see them: sizes for every screen, nothing that jumps, nothing that is hidden."""

import re

import pytest
from django.utils import timezone

from tests.browser.site import ROOT
from tests.events.reading import read
from tests.make import a_photo_at_hand, an_album

pytestmark = pytest.mark.django_db

SHAPES = (ROOT / "portal/static/portal/css/components/photo-shapes.css").read_text()


def page_of(client, album):
    return read(client, f"photos/{album.slug}/")


def test_a_photo_comes_in_every_width_in_avif_and_a_fallback(folder, client):
    photo = a_photo_at_hand(an_album(), alt_en="A drawing")

    page = page_of(client, photo.album)

    [source] = page.tree.xpath("//picture//source")
    [image] = page.tree.xpath("//picture//img")
    assert source.get("type") == "image/avif"
    assert source.get("srcset") == f"/media/{photo.rendition_name(96, 'avif')} 96w"
    assert image.get("srcset") == f"/media/{photo.rendition_name(96, 'jpeg')} 96w"
    assert source.get("sizes") == image.get("sizes") == "(min-width: 48rem) 330px, 27vw"
    assert (image.get("width"), image.get("height"), image.get("alt")) == ("96", "64", "A drawing")


def test_a_blurred_stamp_lies_beneath_and_says_nothing(folder, client):
    photo = a_photo_at_hand(an_album())

    [stamp] = page_of(client, photo.album).tree.xpath("//img[@class='stamp']")

    assert stamp.get("src") == photo.placeholder
    assert stamp.get("alt") == ""


def test_what_is_seen_first_is_not_left_for_later(folder, client):
    album = an_album()
    for _photo in range(12):
        a_photo_at_hand(album)

    images = page_of(client, album).tree.xpath("//picture//img")

    assert [image.get("loading") for image in images] == [None] * 8 + ["lazy"] * 4
    assert [image.get("fetchpriority") for image in images] == ["high"] + [None] * 11


def test_every_shape_that_a_photo_can_have_has_its_class(folder, client):
    """From taller than anybody's phone to flatter than any panorama; the class tells the proportions within 2 %."""
    known = dict(re.findall(r"\.(w-\d+) \{ --w: ([\d.]+); \}", SHAPES))
    album = an_album()
    photo = a_photo_at_hand(album)
    for width, height in [(3000, 4000), (4000, 3000), (1080, 2340), (6000, 4000), (9000, 1000), (100, 900), (1, 1)]:
        photo.width, photo.height = width, height
        photo.save()

        [figure] = page_of(client, album).tree.xpath("//figure")

        shape = float(known[figure.get("class").split()[1]])
        assert abs(shape / min(max(width / height, 0.4), 2.6) - 1) < 0.02


def test_a_hidden_photo_is_on_no_page_and_in_no_count(folder, client):
    album = an_album("Day one")
    a_photo_at_hand(album)
    hidden = a_photo_at_hand(album, hidden_at=timezone.now())

    assert len(page_of(client, album).of_class("photo")) == 1
    read(client, f"photos/{album.slug}/{hidden.pk}/", status=404)
    assert any("1 photo" in card for card in read(client, "photos/").of_class("card-body"))


def test_the_cover_of_an_album_is_the_chosen_photo_or_its_first(folder, client):
    album = an_album()
    first, second = a_photo_at_hand(album), a_photo_at_hand(album)

    def cover():
        [picture] = read(client, "photos/").tree.xpath("//div[@class='card-cover']/img/@src")
        return picture

    assert cover() == first.rendition_url(640)

    album.cover = second
    album.save()
    assert cover() == second.rendition_url(640)


def test_a_download_is_offered_only_where_the_licence_lets_anybody_have_it(folder, client):
    free, kept = a_photo_at_hand(an_album(licence="CC-BY-4.0")), a_photo_at_hand(an_album())

    assert f"/en/photos/{free.album.slug}/download/" in page_of(client, free.album).links
    assert f"/en/photos/{kept.album.slug}/download/" not in page_of(client, kept.album).links
    for photo, offered in ((free, True), (kept, False)):
        links = read(client, f"photos/{photo.album.slug}/{photo.pk}/").links
        assert (f"/en/photos/{photo.album.slug}/{photo.pk}/download/" in links) is offered
        assert f"/en/photos/{photo.album.slug}/{photo.pk}/takedown/" in links


def test_an_original_that_is_not_in_the_store_is_not_found(store, client):
    photo = a_photo_at_hand(an_album(licence="CC-BY-4.0"))
    address = f"/en/photos/{photo.album.slug}/{photo.pk}/download/"
    assert client.get(address).status_code == 200

    photo.image.storage.delete(photo.image.name)
    assert client.get(address).status_code == 404
