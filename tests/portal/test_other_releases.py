"""A page of one release that asks a machine of another for its style sheet is not left without one."""

import json

import pytest
from django.http import HttpResponseNotFound

from portal.other_releases import StaticFilesOfAnyRelease

OURS, THEIRS = "/static/site.0123456789ab.css", "/static/site.ba9876543210.css"


@pytest.fixture
def ask(settings, tmp_path, rf):
    """Return a function that asks a machine of our release for a path."""
    (tmp_path / "site.0123456789ab.css").write_text("body {color: green}")
    manifest = {"paths": {"site.css": "site.0123456789ab.css"}, "version": "1.1", "hash": ""}
    (tmp_path / "staticfiles.json").write_text(json.dumps(manifest))
    settings.STATIC_ROOT = tmp_path
    settings.STORAGES = {**settings.STORAGES, "staticfiles": {"BACKEND": "portal.stylesheets.OneStylesheetStorage"}}
    served = StaticFilesOfAnyRelease(lambda request: HttpResponseNotFound("not here"))
    return lambda path: served(rf.get(path))


def text_of(answer):
    return b"".join(answer).decode()


def test_a_file_of_our_own_is_kept_for_ever(ask):
    answer = ask(OURS)

    assert (answer.status_code, text_of(answer)) == (200, "body {color: green}")
    assert "immutable" in answer["Cache-Control"]


def test_another_releases_file_is_ours_and_kept_by_nobody(ask):
    answer = ask(THEIRS)

    assert (answer.status_code, text_of(answer)) == (200, "body {color: green}")
    assert (answer["Content-Type"], answer["Cache-Control"]) == ('text/css; charset="utf-8"', "no-store")


@pytest.mark.parametrize(
    "path", ["/static/gone.ba9876543210.css", "/static/", "/static/../site.ba98.css", "/elsewhere"]
)
def test_what_no_release_has_is_not_found(ask, path):
    assert ask(path).status_code == 404
