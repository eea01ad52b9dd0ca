"""What no page of ours asks of the admin, and anybody may type, is answered in words: no error of ours."""

import pytest

from meetups.models import AgendaItem
from tests import make
from tests.organizers import an_administrator, an_editor, data_of, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]

NO_KEYS = ("x", "9" * 21, "²", "Ming\x00", "")


@pytest.mark.parametrize("key", NO_KEYS)
def test_what_is_no_key_chooses_no_row_for_an_action(key):
    person = make.a_person(published_at=None)
    client = signed_in(an_editor())

    alone = client.post("/admin/portal/person/", {"action": "publish", "_selected_action": key})
    client.post("/admin/portal/person/", {"action": "publish", "_selected_action": [key, person.pk]})

    assert alone.status_code == 200
    person.refresh_from_db()
    assert person.is_published


@pytest.mark.parametrize("path", ["events/conference/{}/history/", "meetups/meetup/{}/after/", "events/conference/{}/"])
def test_a_number_longer_than_any_key_is_nobodys(path):
    make.a_conference(), make.a_meetup()

    assert signed_in(an_administrator()).get(f"/admin/{path.format('9' * 21)}", follow=True).status_code == 404


@pytest.mark.parametrize("key", NO_KEYS)
def test_a_new_form_begins_with_no_row_that_is_none(key):
    answer = signed_in(an_administrator()).get("/admin/events/series/add/", {"organization": key, "name_en": "Harvest"})

    assert answer.status_code == 200
    assert answer.context["adminform"].form.initial.get("name_en") == "Harvest"


@pytest.mark.parametrize("year", ["-1", "0", "1", "9999", "10000", "soon"])
def test_a_year_of_no_calendar_is_no_lookup(year):
    make.a_call(), make.a_figure(make.a_conference())
    client = signed_in(an_administrator())

    assert client.get(f"/admin/events/volunteercall/?closes_at__year={year}").status_code == 400
    assert client.get(f"/admin/portal/figure/?year={year}").status_code == 200


@pytest.mark.parametrize("key", [key for key in NO_KEYS if key])
def test_a_card_whose_key_is_none_is_a_row_that_is_gone(key):
    meetup = make.a_meetup()
    AgendaItem.objects.create(meetup=meetup, title_en="Talk")
    path, client = f"/admin/meetups/meetup/{meetup.pk}/change/", signed_in(an_administrator())
    data = data_of(client.get(path))

    answer = client.post(path, data | {"agenda-0-id": key})

    assert answer.status_code == 200
    assert "Somebody deleted here in the meantime" in answer.content.decode()


def test_a_year_is_a_lookup():
    make.a_call()

    assert signed_in(an_administrator()).get("/admin/events/volunteercall/?closes_at__year=2026").status_code == 200


def test_nothing_is_typed_ahead_for_the_way_back_of_a_key():
    where = {"app_label": "portal", "model_name": "city", "field_name": "chapters", "term": "x"}

    assert signed_in(an_administrator()).get("/admin/autocomplete/", where).status_code == 403


@pytest.mark.parametrize("key", [key for key in NO_KEYS if key])
@pytest.mark.parametrize(
    ("path", "field"),
    [
        ("portal/organization/add/", "made_by"),
        ("portal/album/add/", "occasion"),
        ("portal/article/add/", "authors"),
        ("portal/article/add/", "occasions"),
        ("events/forum/{forum}/change/", "venue"),
        ("auth/user/{chief}/change/", "groups"),
    ],
)
def test_what_is_no_key_is_told_beside_its_field(path, field, key):
    chief, forum = an_administrator(), make.a_forum()

    answer = signed_in(chief).post(f"/admin/{path.format(chief=chief.pk, forum=forum.pk)}", {field: key})

    assert answer.status_code == 200
    assert field in answer.context["adminform"].form.errors


@pytest.mark.parametrize("count", ["9" * 18, "9" * 5000, "x", "-1", ""])
@pytest.mark.parametrize("name", ["INITIAL_FORMS", "TOTAL_FORMS"])
def test_however_many_cards_a_form_says_it_has_it_is_answered(name, count):
    """A hundred million billion were counted one by one, which ended with the memory of the machine."""
    meetup = make.a_meetup()
    AgendaItem.objects.create(meetup=meetup, title_en="Talk")
    path, client = f"/admin/meetups/meetup/{meetup.pk}/change/", signed_in(an_administrator())
    data = data_of(client.get(path)) | {"agenda-0-id": "999"}

    answer = client.post(path, data | {f"agenda-{name}": count})

    assert answer.status_code == 200
    assert answer.context["errors"]
