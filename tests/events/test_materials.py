"""Materials of a session: films behind a still of ours, files that are handed over."""

import pytest
from django.core.files.base import ContentFile
from django.db import IntegrityError

from events.models import SessionMaterial
from meetups.models import AgendaItem, AgendaMaterial
from tests.events.reading import read
from tests.make import a_meetup, a_session

pytestmark = pytest.mark.django_db

FILM = "https://www.youtube.com/watch?v=dQw4w9WgXcQ"


def page_of(session):
    return f"conferences/{session.conference.slug}/sessions/{session.code}/"


def frames_of(page):
    return page.tree.xpath("//iframe/@src")


def test_a_film_stands_behind_a_still_of_ours_and_no_third_party_is_asked(client):
    session = a_session()
    film = SessionMaterial.objects.create(session=session, kind="recording", url=FILM)

    page = read(client, page_of(session))

    assert frames_of(page) == []
    assert f"/en/{page_of(session)}recordings/{film.pk}/" in page.links
    [still] = page.tree.xpath("//a[@class='still']/img/@src")
    assert client.get(still)["Content-Type"] == "image/svg+xml"
    assert "frame-src" not in page.response["Content-Security-Policy"]


def test_its_own_page_lets_in_the_player_and_no_other_host(client):
    session = a_session()
    film = SessionMaterial.objects.create(session=session, kind="recording", url=FILM)

    page = read(client, f"{page_of(session)}recordings/{film.pk}/")

    assert frames_of(page) == ["https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ"]
    [allowed] = [part for part in page.response["Content-Security-Policy"].split("; ") if part.startswith("frame-src")]
    assert allowed == "frame-src https://www.youtube-nocookie.com"


def test_a_recording_of_a_meetup_has_its_page_too(client):
    item = AgendaItem.objects.create(meetup=a_meetup(slug="lunch"), title_en="Talk")
    film = AgendaMaterial.objects.create(item=item, kind="recording", url=FILM)

    assert f"/en/meetups/lunch/recordings/{film.pk}/" in read(client, "meetups/lunch/").links
    assert len(frames_of(read(client, f"meetups/lunch/recordings/{film.pk}/"))) == 1


def test_what_has_no_player_has_no_such_page(client):
    session = a_session()
    slides = SessionMaterial.objects.create(session=session, kind="slides", url="https://slides.example/1")

    read(client, f"{page_of(session)}recordings/{slides.pk}/", status=404)
    read(client, f"{page_of(a_session())}recordings/{slides.pk}/", status=404)


def test_a_file_is_handed_over_under_its_name(client, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    session = a_session()
    slides = SessionMaterial(session=session, kind="slides")
    slides.file.save("talk.pdf", ContentFile(b"%PDF-1.7 <script>"))

    page = read(client, page_of(session))
    response = client.get(slides.file.url)

    assert slides.file.url in page.links
    assert response["Content-Disposition"] == 'attachment; filename="talk.pdf"'
    assert response["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("fields", [{}, {"url": FILM, "file": "materials/a.pdf"}])
def test_a_material_is_a_link_or_a_file(fields):
    with pytest.raises(IntegrityError):
        SessionMaterial.objects.create(session=a_session(), **fields)
