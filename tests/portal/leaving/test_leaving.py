"""Taking everything along: content that anybody can read, and a site that needs no server."""

import json
import re
from pathlib import Path
from urllib.parse import unquote

import pytest
import yaml
from django.core.management import CommandError, call_command
from django.core.wsgi import get_wsgi_application

from portal.leaving import content, pages
from portal.photos import hide, put_up
from tests.make import a_conference, a_desk, a_meetup, a_person, a_registration, a_session, an_album, an_article, speaks
from tests.portal.photos.storing import folder as media
from tests.portal.pictures import a_drawing, a_file

pytestmark = pytest.mark.django_db

LINK = re.compile(r'(?:href|src|action)="([^"#]+)')
OUTSIDE = re.compile(r"(?:https?|mailto|tel|data|webcal):")

__all__ = ["media"]


@pytest.fixture
def community(media):
    """A conference with a talk, a meetup, an article, a photo that is shown and one that is hidden."""
    person = a_person("Ming", slug="ming", name_zh_hans="小明")
    conference = a_conference(slug="openconf-2026")
    speaks(person, a_session(conference, code="ABC234"))
    article = an_article(
        title="How it went", slug="recap", title_zh_hans="回顾", body_en="Well.", body_zh_hans="很好。"
    )
    article.occasions.add(conference)
    album = an_album(slug="day-one")
    shown = put_up(album, a_file(image=a_drawing(700, 400)))
    hidden = put_up(album, a_file(image=a_drawing(500, 300)))
    hide(hidden)
    a_registration(a_desk(occasion=a_meetup()), name="Hong", email="hong@example.org")
    return shown, hidden


def rows(folder, label):
    return json.loads((folder / "data" / f"{label}.json").read_text())


def test_content_is_told_in_both_languages_and_rows_by_number_and_address(community, tmp_path):
    content.write(tmp_path / "c")

    (article,) = rows(tmp_path / "c", "portal.article")
    assert article["title"] == {"zh-hans": "回顾", "en": "How it went"}
    assert [occasion["slug"] for occasion in article["occasions"]] == ["openconf-2026"]
    assert {"published_by", "entered_by", "title_en", "body_html"}.isdisjoint(article), "nobody's account, all once"
    (speaking,) = rows(tmp_path / "c", "events.speaking")
    assert (speaking["person"]["slug"], speaking["session"]["code"]) == ("ming", "ABC234")


def test_long_texts_are_markdown_with_front_matter(community, tmp_path):
    content.write(tmp_path / "c")

    _nothing, head, body = (tmp_path / "c/texts/article/recap.zh-hans.md").read_text().split("---\n", 2)
    assert body.strip() == "很好。"
    assert yaml.safe_load(head)["title"] == "回顾"


def test_photos_come_at_full_size_and_hidden_ones_and_sign_ups_stay(community, tmp_path):
    shown, hidden = community

    content.write(tmp_path / "c")

    assert (tmp_path / "c/files" / shown.image.name).stat().st_size > 1000
    assert not (tmp_path / "c/files" / hidden.image.name).exists()
    everything = "".join(path.read_text() for path in (tmp_path / "c/data").iterdir())
    assert "hong@example.org" not in everything and '"password"' not in everything


def test_every_file_and_field_is_explained(community, tmp_path):
    content.write(tmp_path / "c")

    told = (tmp_path / "c/README.md").read_text()
    for path in (tmp_path / "c/data").iterdir():
        assert f"## data/{path.name}" in told
        for row in json.loads(path.read_text()):
            assert all(f"- `{name}` " in told for name in row)


@pytest.mark.django_db(transaction=True)
def test_the_copy_of_the_site_leads_nowhere_that_is_not_there(community, tmp_path, settings):
    settings.SITE_URL, settings.LANGUAGE_CODE = "http://testserver", "en"
    site = tmp_path / "site"

    files, failed = pages.write(get_wsgi_application(), site)

    assert [address for address in failed if not address.startswith("/static/")] == []  # not collected in tests
    assert files > 20
    assert 'content="0; url=./en/index.html"' in (site / "index.html").read_text()
    assert "How it went" in (site / "en/news/recap/index.html").read_text()
    assert "回顾" in (site / "zh-hans/news/recap/index.html").read_text()
    dead = {
        (str(page.relative_to(site)), link)
        for page in site.rglob("*.html")
        for link in LINK.findall(page.read_text())
        if not OUTSIDE.match(link) and not (page.parent / unquote(link)).exists() and "static/" not in link
    }
    assert dead == set()
    photo = next((site / "en/photos/day-one").glob("[0-9]*/index.html")).read_text()
    assert "../../../../media/" in photo
    assert "not-in-this-copy.html" in photo  # where the form of a takedown was


def test_long_addresses_get_short_names_and_pages_of_lists_their_own():
    assert pages.file_of("/en/photos/?page=2") == "en/photos/page-2/index.html"
    assert pages.file_of("/en/photos/") == "en/photos/index.html"
    assert len(pages.file_of("/posters/" + "x" * 900 + ".png")) < 100
    assert pages.file_of("/posters/what:signature.png") == "posters/what-signature.png"  # Windows takes no colon


def test_only_an_empty_folder_is_written_into(tmp_path):
    Path(tmp_path / "mine.txt").touch()

    with pytest.raises(CommandError, match="not an empty folder"):
        call_command("take_along", tmp_path)
