"""The stands of the bazaar and the exhibition."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from events.models import Booth
from portal.binning import CannotReturn, put_back, put_into_bin
from portal.restoring import restore_part
from tests.events.reading import read
from tests.make import a_booth, a_conference, a_venue, an_organization
from tests.organizers import an_administrator, an_organizer, data_of, signed_in

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("rows", [1, 30])
def test_it_costs_five_queries(client, django_assert_num_queries, rows):
    conference = a_conference(slug="openconf-2023")
    for _number in range(rows):
        a_booth(conference, organization=an_organization(), venue=a_venue(conference))

    with django_assert_num_queries(5):
        page = read(client, "conferences/openconf-2023/booths/")

    assert len(page.of_class("result")) == rows


def test_stands_are_told_by_kind_with_whose_they_are_and_where(client):
    conference = a_conference(slug="openconf-2023")
    tidb = an_organization("TiDB", slug="tidb")
    a_booth(conference, "", organization=tidb, kind="exhibition", spot="A12", summary_en="A database")
    a_booth(conference, "Tea house", kind="area")
    a_booth(conference, "Stickers", kind="bazaar", url="https://example.org/stickers")
    a_booth(conference, organization=an_organization("Secret", published_at=None))

    page = read(client, "conferences/openconf-2023/booths/")

    assert page.texts("//h2") == ["Open source bazaar 1", "Exhibition 1", "Themed area 1"]
    assert page.of_class("result") == ["Stickers", "TiDB A database A12", "Tea house"]
    assert {"/en/organizations/tidb/", "https://example.org/stickers"} <= set(page.links)


def test_a_draft_has_no_booths(client):
    a_conference(slug="draft", published_at=None)

    read(client, "conferences/draft/booths/", status=404)


TAKEN = "is already the spot of “Stickers”"


def spots(*booths):
    return [Booth.objects.get(pk=booth.pk).spot for booth in booths]


def saved_in_list(client, *typed):
    """Type spots in the list of stands, as pairs of a stand and its spot, and save; return the answer."""
    data = {"form-TOTAL_FORMS": len(typed), "form-INITIAL_FORMS": len(typed), "_save": ""}
    for number, (booth, spot) in enumerate(typed):
        data |= {f"form-{number}-id": booth.pk, f"form-{number}-spot": spot, f"form-{number}-position": booth.position}
    return client.post(reverse("admin:events_booth_changelist"), data)


@pytest.mark.usefixtures("in_english")
def test_a_spot_is_given_to_one_stand_of_a_venue():
    conference = a_conference()
    hall, lawn = a_venue(conference), a_venue(conference, "Lawn")
    a_booth(conference, venue=hall, spot="A12")
    tea = a_booth(conference, "Tea", venue=hall, spot="B1")
    client = signed_in(an_organizer(conference.series))
    page = reverse("admin:events_booth_change", args=[tea.pk])

    answers = [client.post(page, data_of(client.get(page)) | {"spot": spot}) for spot in ("A12", " a12 ")]
    elsewhere = client.post(page, data_of(client.get(page)) | {"spot": "A12", "venue": lawn.pk})

    assert [TAKEN in answer.content.decode() for answer in answers] == [True, True]
    assert elsewhere.status_code == 302
    assert spots(tea) == ["A12"]


@pytest.mark.usefixtures("in_english")
def test_stands_that_share_a_spot_from_before_are_edited_as_ever():
    conference = a_conference()
    a_booth(conference, spot="A12")
    tea = a_booth(conference, "Tea", spot="A12")
    client = signed_in(an_organizer(conference.series))
    page = reverse("admin:events_booth_change", args=[tea.pk])

    assert client.post(page, data_of(client.get(page)) | {"title_en": "Green tea"}).status_code == 302


@pytest.mark.usefixtures("in_english")
@pytest.mark.parametrize("typed", [["A1", "A1"], ["C1", "c1"], ["B1", "B1"]])
def test_a_list_gives_no_spot_to_two(typed):
    conference = a_conference()
    rows = [a_booth(conference, spot="A1"), a_booth(conference, "Tea", spot="B1")]

    answer = saved_in_list(signed_in(an_administrator()), *zip(rows, typed, strict=True))

    assert "Choose another" in answer.content.decode()
    assert spots(*rows) == ["A1", "B1"]


def test_a_list_whose_spots_are_free_is_saved():
    conference = a_conference()
    rows = [a_booth(conference, spot="A1"), a_booth(conference, "Tea")]

    assert saved_in_list(signed_in(an_administrator()), *zip(rows, ["C1", "C2"], strict=True)).status_code == 302

    assert spots(*rows) == ["C1", "C2"]


@pytest.mark.usefixtures("in_english")
def test_a_stand_does_not_go_back_to_a_spot_that_is_anothers_by_now(settings):
    settings.SIMPLE_HISTORY_ENABLED = True
    conference = a_conference()
    tea = a_booth(conference, "Tea", spot="A12")
    tea.spot = "B1"
    tea.save()
    a_booth(conference, spot="A12")

    with pytest.raises(ValidationError, match=TAKEN):
        restore_part(Booth, tea.history.earliest().pk, an_administrator())


@pytest.mark.usefixtures("in_english")
def test_a_stand_does_not_come_back_from_the_bin_to_a_spot_that_is_anothers_by_now():
    conference = a_conference()
    tea = a_booth(conference, "Tea", spot="A12")
    binned = put_into_bin(tea, an_administrator())
    stickers = a_booth(conference, spot="A12")

    with pytest.raises(CannotReturn, match=TAKEN):
        put_back(binned)
    stickers.delete()
    put_back(binned)

    assert spots(tea) == ["A12"]


def test_a_conference_comes_back_from_the_bin_with_stands_that_shared_a_spot():
    conference = a_conference()
    rows = [a_booth(conference, spot="A12"), a_booth(conference, "Tea", spot="A12")]

    put_back(put_into_bin(conference, an_administrator()))

    assert spots(*rows) == ["A12", "A12"]


@pytest.mark.usefixtures("in_english")
def test_stands_that_are_moved_together_take_no_spot_that_is_held_there():
    conference = a_conference()
    hall, lawn = a_venue(conference), a_venue(conference, "Lawn")
    a_booth(conference, venue=lawn, spot="A1")
    tea = a_booth(conference, "Tea", venue=hall, spot="A1")
    move = {"action": "move", "apply": "1", "_selected_action": [tea.pk], "venue": lawn.pk}

    answer = signed_in(an_organizer(conference.series)).post(reverse("admin:events_booth_changelist"), move)

    assert f"A1 {TAKEN}" in answer.content.decode()
    assert Booth.objects.get(pk=tea.pk).venue == hall
