"""Addresses last: words of the site are refused as slugs, and a former slug still leads to its row."""

import pytest
from django.core.exceptions import ValidationError
from django.http import Http404

from portal.addresses import Moved, get_published, reserved_words
from portal.models import Article
from tests.make import a_conference, a_forum, an_article


@pytest.mark.parametrize("word", ["series", "forums", "meetups", "admin", "en", "zh-hans", "register", "theme"])
def test_a_word_of_the_sites_own_addresses_is_no_slug(in_english, word):
    with pytest.raises(ValidationError, match="own addresses"):
        Article._meta.get_field("slug").run_validators(word)


@pytest.mark.parametrize("slug", ["开源", "Two-Words", "two--words", "-x", "x/", "a b", "x\n"])
def test_only_plain_slugs_pass(in_english, slug):
    with pytest.raises(ValidationError, match="lower-case"):
        Article._meta.get_field("slug").run_validators(slug)


def test_what_only_the_admin_calls_so_is_free():
    assert "person" not in reserved_words()


def test_a_former_slug_leads_to_the_row_until_another_row_takes_it(db):
    article = an_article(slug="first")
    article.slug = "second"
    article.save()

    with pytest.raises(Moved) as moved:
        get_published(Article.objects, "first")
    assert moved.value.target == article

    other = an_article(slug="first")
    assert get_published(Article.objects, "first") == other


def test_a_former_slug_of_a_draft_leads_nowhere(db):
    article = an_article(slug="first", published_at=None)
    article.slug = "second"
    article.save()

    with pytest.raises(Http404):
        get_published(Article.objects, "first")


def test_the_same_slug_may_stand_in_two_conferences(db):
    one, other = a_conference(), a_conference()
    hardware = a_forum(one, slug="hardware")
    a_forum(other, slug="hardware")
    hardware.slug = "open-hardware"
    hardware.save()

    with pytest.raises(Moved):
        get_published(type(hardware).objects, "hardware", conference=one)
    assert get_published(type(hardware).objects, "hardware", conference=other).conference == other


def test_a_renamed_conference_redirects_its_forums_too(db, client):
    conference = a_conference(slug="conf-old")
    a_forum(conference, slug="hardware")
    conference.slug = "conf-new"
    conference.save()

    response = client.get("/en/conferences/conf-old/forums/hardware/?from=chat")

    assert response.status_code == 301
    assert response["Location"] == "/en/conferences/conf-new/forums/hardware/?from=chat"


def test_a_renamed_forum_is_found_where_its_conference_has_its_former_name(db, client):
    forum = a_forum(a_conference(slug="hardware"), slug="hardware")
    forum.slug = "open-hardware"
    forum.save()

    response = client.get("/en/conferences/hardware/forums/hardware/")

    assert response["Location"] == "/en/conferences/hardware/forums/open-hardware/"


def test_an_address_that_was_left_and_taken_again_is_no_circle(db, client):
    """A browser asks for a former address each time: one that kept both redirects would never arrive."""
    article = an_article(slug="first")
    for slug in ("second", "first"):
        article.slug = slug
        article.save()

    redirect = client.get("/en/news/second/")

    assert (redirect.status_code, redirect["Location"]) == (301, "/en/news/first/")
    assert redirect["Cache-Control"] == "no-cache"
    assert client.get("/en/news/first/").status_code == 200
