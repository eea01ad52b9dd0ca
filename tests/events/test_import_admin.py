"""Importing in the admin: a preview that writes nothing, and a button that writes what was previewed."""

import io
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError
from django.urls import reverse
from openpyxl import load_workbook

from events.admin import imports
from events.imports.columns import COLUMNS
from events.models import Session
from portal.held import Progress
from portal.models import Person
from tests.make import a_conference, a_forum
from tests.organizers import a_producer, a_translator, an_administrator, an_organizer, signed_in

pytestmark = pytest.mark.django_db

TABLE = "title_en,starts,ends,room,speakers\nKernels,2026-10-24 09:30,2026-10-24 10:15,Hall,Ming Li\n"


@pytest.fixture
def conference():
    return a_conference()


def page_of(conference):
    return reverse("admin:events_conference_import", args=[conference.pk])


def preview(client, conference, content=TABLE):
    file = SimpleUploadedFile("programme.csv", content.encode())
    return client.post(page_of(conference), {"file": file, "language": ""})


def held_in(response):
    return re.search(r'name="write" value="([^"]+)"', response.content.decode())[1]


def test_the_preview_writes_nothing_and_the_button_writes_what_it_showed(conference):
    organizer = an_organizer(conference.series)
    client = signed_in(organizer)

    shown = preview(client, conference)
    assert "Kernels" in shown.content.decode()
    assert not Session.objects.exists()

    client.post(page_of(conference), {"write": held_in(shown)})
    assert Session.objects.get().title_en == "Kernels"
    assert Person.objects.get(name_en="Ming Li").entered_by == organizer


def test_an_address_that_somebody_takes_while_it_is_written_has_it_written_anew(conference, monkeypatch):
    client, save, taken = signed_in(an_administrator()), Person.save, []

    def save_second(self, *args, **kwargs):
        if self.name_en == "Ming Li" and not taken:
            taken.append(self.slug)
            raise IntegrityError
        save(self, *args, **kwargs)

    held = held_in(preview(client, conference))
    monkeypatch.setattr(Person, "save", save_second)
    client.post(page_of(conference), {"write": held})

    assert taken == ["ming-li"]
    assert Session.objects.get().speakings.get().person.slug == "ming-li"


def test_what_was_not_understood_is_shown_with_its_session_to_who_edits_the_conference(conference):
    client = signed_in(an_organizer(conference.series))
    table = "title_en,starts,budget\nKernels,soon,300\nForks,2026-10-24 09:30,\n"
    response = client.post(page_of(conference), {"write": held_in(preview(client, conference, table))}, follow=True)

    session = Session.objects.get(title_en="Kernels")
    page = response.content.decode()
    assert f"/admin/events/session/{session.pk}/change/" in page
    assert ">soon<" in page and ">300<" in page
    assert "Forks" not in page
    address = reverse("admin:events_conference_leftovers", args=[conference.pk])
    assert address in client.get(reverse("admin:events_conference_change", args=[conference.pk])).content.decode()
    assert signed_in(a_producer(a_forum(conference))).get(address).status_code == 403


def test_how_far_it_is_is_told_to_who_imports_and_where_to_go_to_their_script(conference, monkeypatch):
    client, other, seen = signed_in(an_administrator()), signed_in(an_organizer(conference.series)), []
    address = reverse("admin:events_conference_importing", args=[conference.pk])

    class Watched(Progress):
        def __call__(self, done, total):
            super().__call__(done, total)
            seen.append([who.get(address, {"of": held}).json() for who in (client, other)])

    monkeypatch.setattr("portal.held.SECONDS", 0)
    monkeypatch.setattr(imports, "Progress", Watched)
    held = held_in(preview(client, conference))
    assert client.get(address, {"of": held}).json() == {"done": 0, "total": 0}
    response = client.post(page_of(conference), {"write": held}, headers={"accept": "application/json"})

    assert response.json() == {"url": reverse("admin:events_conference_change", args=[conference.pk])}
    assert [own["done"] for own, _others in seen] == list(range(1, seen[0][0]["total"] + 1))
    assert {one["total"] for _own, one in seen} == {0}, "another's file is nobody's business"


def test_where_everything_was_understood_nothing_points_there(conference):
    client = signed_in(an_administrator())
    response = client.post(page_of(conference), {"write": held_in(preview(client, conference))})

    address = reverse("admin:events_conference_leftovers", args=[conference.pk])
    assert response.url == reverse("admin:events_conference_change", args=[conference.pk])
    assert address not in client.get(response.url).content.decode()


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_costs_the_same_however_much_was_not_understood(
    conference, rows, page_store, django_assert_max_num_queries
):
    client = signed_in(an_administrator())
    table = "title_en,starts\n" + "".join(f"Talk {number},soon\n" for number in range(rows))
    page = client.post(page_of(conference), {"write": held_in(preview(client, conference, table))}).url

    with django_assert_max_num_queries(17):
        assert client.get(page).content.decode().count(">soon<") == rows


def test_the_button_works_once(conference):
    client = signed_in(an_administrator())
    held = held_in(preview(client, conference))

    first = client.post(page_of(conference), {"write": held})
    Session.objects.all().delete()
    second = client.post(page_of(conference), {"write": held})

    assert not Session.objects.exists()
    assert second.url == first.url == reverse("admin:events_conference_change", args=[conference.pk])


def test_what_was_held_for_one_conference_is_not_written_into_another(conference):
    client = signed_in(an_administrator())
    held = held_in(preview(client, conference))

    client.post(page_of(a_conference()), {"write": held})
    client.post(page_of(conference), {"write": held + "x"})

    assert not Session.objects.exists()


def test_what_is_no_programme_is_told_beside_the_field(conference):
    shown = preview(signed_in(an_administrator()), conference, "name,city\nMing,Chengdu\n")

    assert "name, city" in shown.content.decode()
    assert 'name="write"' not in shown.content.decode()


@pytest.mark.parametrize("who", ["producer", "translator", "organizer of another series"])
def test_nobody_else_imports(conference, who):
    account = {
        "producer": lambda: a_producer(a_forum(conference)),
        "translator": a_translator,
        "organizer of another series": lambda: an_organizer(a_conference().series),
    }[who]()

    assert preview(signed_in(account), conference).status_code in (302, 403)


def test_the_template_has_a_column_for_each_thing_that_is_read(conference):
    url = reverse("admin:events_conference_template", args=[conference.pk])

    response = signed_in(an_organizer(conference.series)).get(url)

    sheet = load_workbook(io.BytesIO(response.content)).active
    assert [cell.value for cell in sheet[1]] == list(COLUMNS)
