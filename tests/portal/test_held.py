"""What lies between a preview and its button: in the store that all machines share, for one person, for an hour."""

import time
from datetime import timedelta

import pytest
from django.core.files.storage import storages
from django.utils import timezone

from portal import held
from portal.held import NotHeld, Progress, StillAtIt, hold, once, progress_of
from tests.portal.photos.storing import bucket, folder, s3_server, store

__all__ = ["bucket", "folder", "s3_server", "store"]
pytestmark = pytest.mark.django_db


def told(content, *facts):
    return [content.decode(), *facts]


def test_a_file_is_used_once_by_whoever_sent_it(store):
    sent = hold(b"title", 7, "Ming", "en")

    with pytest.raises(NotHeld):
        once(told, sent, 7, "Hong")
    assert once(told, sent, 7, "Ming") == ["title", "en"]
    assert storages["held"].listdir("")[1] == []


def test_whoever_presses_again_is_told_what_was_told_the_first_time(store):
    sent, done = hold(b"title"), []

    assert [once(lambda content: done.append(content) or "written", sent) for _press in range(3)] == ["written"] * 3
    assert done == [b"title"]


def test_whoever_presses_meanwhile_waits_for_a_while(store, monkeypatch):
    monkeypatch.setattr(held, "PATIENCE", 0)
    sent = hold(b"title")

    def do(content):
        with pytest.raises(StillAtIt):
            once(told, sent)
        return "written"

    assert once(do, sent) == "written"


def test_what_ended_by_an_error_is_not_done_again(store):
    sent = hold(b"title")
    with pytest.raises(ZeroDivisionError):
        once(lambda content: 1 // 0, sent)

    with pytest.raises(NotHeld):
        once(told, sent)


def test_what_is_altered_is_not_found(store):
    with pytest.raises(NotHeld):
        once(told, hold(b"title") + "x")


def test_what_waits_for_too_long_is_thrown_away(store, monkeypatch):
    sent = hold(b"old")
    monkeypatch.setattr(held, "KEPT", timedelta(seconds=0))
    while timezone.now() <= storages["held"].get_modified_time(storages["held"].listdir("")[1][0]):
        time.sleep(0.05)
    hold(b"new")
    monkeypatch.undo()

    with pytest.raises(NotHeld):
        once(told, sent)


def test_another_machine_sees_how_far_it_is(store, monkeypatch):
    monkeypatch.setattr(held, "SECONDS", 0)
    sent = hold(b"title", "Ming")
    assert progress_of(sent, "Ming") == (0, 0)

    progress = Progress(sent)
    for done in (1, 2):
        progress(done, 3)
        assert progress_of(sent, "Ming") == (done, 3)
    assert progress_of(sent, "Hong") == (0, 0)


def test_it_is_written_down_twice_a_second_and_at_the_end(store):
    sent = hold(b"title")
    progress = Progress(sent)
    for done in range(1, 100):
        progress(done, 100)
    assert progress_of(sent) == (1, 100)

    progress(100, 100)
    assert progress_of(sent) == (100, 100)


def test_nobody_is_answered_from_there(db, bucket, client):
    hold(b"title")
    [name] = storages["held"].listdir("")[1]

    assert storages["default"].exists(f"held/{name}")
    assert client.get(f"/media/held/{name}").status_code == 404
