"""What many pages share: read once a generation, and never after it has changed."""

import threading
import time

import pytest
from django.utils.functional import SimpleLazyObject
from django.utils.translation import override

from portal.models import Article
from portal.pagecache import known
from portal.pagecache.known import Known, next_change_at, once_a_generation
from portal.pagecache.stores import StoreAway
from portal.publishing import previewing


@pytest.fixture
def asked():
    return []


@pytest.fixture
def titles(asked):
    """A fact of public content; `asked` tells how often it was read."""

    @once_a_generation
    def titles(kind):
        asked.append(kind)
        return list(Article.objects.filter(kind=kind).values_list("title_en", flat=True))

    return titles


def test_what_pages_share_is_read_once(page_store, db, titles, asked):
    assert titles("news") == titles("news") == []
    assert asked == ["news"]


def test_it_is_read_for_each_argument_and_each_language(page_store, db, titles, asked):
    titles("news"), titles("recap")
    with override("en"):
        titles("news")

    assert asked == ["news", "recap", "news"]


def test_a_save_is_seen_by_the_next_request(page_store, db, titles):
    assert titles("news") == []
    Article.objects.create(kind="news", slug="a", title_en="A", dated="2026-01-01")
    page_store.begin_generation()

    assert titles("news") == ["A"]


def test_what_changes_by_the_clock_is_read_again_at_that_moment(page_store, db, titles, asked, monkeypatch):
    titles("news")
    monkeypatch.setattr(known._Process.known, "until", time.time() - 1)
    titles("news")

    assert asked == ["news", "news"]


def test_what_was_read_while_the_clock_had_gone_ahead_is_read_again(page_store, db, titles, asked, monkeypatch):
    now = time.time()
    monkeypatch.setattr(known.time, "time", lambda: now + 3600)
    titles("news")
    monkeypatch.setattr(known.time, "time", lambda: now)
    titles("news"), titles("news")

    assert asked == ["news", "news"]


def test_without_a_page_cache_everything_is_read_whenever_it_is_asked_for(page_store, db, titles, asked, monkeypatch):
    monkeypatch.setattr(known, "store", lambda: None)
    titles("news"), titles("news")

    assert asked == ["news", "news"]


def test_what_a_preview_reads_is_known_to_nobody_else(page_store, db, asked):
    draft = Article.objects.create(kind="news", slug="a", title_en="A", dated="2026-01-01", published_at=None)

    @once_a_generation
    def public():
        return [article.slug for article in Article.objects.published()]

    with previewing(draft):
        assert public() == ["a"]
    assert public() == []
    with previewing(draft):
        assert public() == ["a"]


def test_a_store_that_is_down_is_told_of_once_and_left_in_peace(page_store, db, titles, asked, monkeypatch, caplog):
    def down():
        raise StoreAway("no route")

    monkeypatch.setattr(page_store, "generation", down)
    titles("news"), titles("news")

    assert asked == ["news", "news"]
    assert len(caplog.records) == 1


def test_what_is_known_is_bounded(page_store, db, titles, asked, monkeypatch):
    monkeypatch.setattr(known, "MOST", 2)
    for kind in ("news", "recap", "news", "interview", "news", "recap"):
        titles(kind)

    assert len(known._Process.known.facts) == 2
    assert asked == ["news", "recap", "interview", "recap"], "what is asked for often stays"


def test_an_argument_that_is_read_when_it_is_needed_may_be_such_a_fact_itself(page_store, db):
    name, greeting = once_a_generation(lambda: "Ming"), once_a_generation(lambda name: f"Hello {name}")
    name()  # the generation is begun here, which reads the database

    asking = threading.Thread(target=lambda: greeting(SimpleLazyObject(name)), daemon=True)
    asking.start()
    asking.join(timeout=10)

    assert not asking.is_alive(), "it waits for itself"


def test_when_pages_next_change_is_asked_once_a_generation(page_store, db, django_assert_num_queries):
    next_change_at()

    with django_assert_num_queries(0):
        next_change_at()


def test_a_generation_holds_no_longer_than_an_hour(page_store, db):
    assert 0 < Known("a").until - time.time() <= 3600
