"""A form of an occasion shows cards by the dozen; of more it says in which list they are edited."""

import pytest

from portal.admin.many_cards import MOST_CARDS
from portal.models import Part
from tests import make
from tests.organizers import an_administrator, data_of, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]

LIGHT = 300_000  # bytes


@pytest.fixture
def chief():
    return signed_in(an_administrator())


def guests(occasion, count):
    Part.objects.bulk_create(Part(occasion=occasion, role="guest", name_then_en=f"Guest {n}") for n in range(count))


def form_of(conference):
    return f"/admin/events/conference/{conference.pk}/change/"


def kinds(page):
    return {one.formset.model for one in page.context["inline_admin_formsets"]}


def test_dozens_are_cards(chief):
    conference = make.a_conference()
    guests(conference, MOST_CARDS)

    page = chief.get(form_of(conference))

    assert Part in kinds(page)
    assert "Too many for this form" not in page.content.decode()


def test_hundreds_are_left_to_their_list_and_the_form_stays_light(chief):
    conference = make.a_conference()
    guests(conference, 300)

    page = chief.get(form_of(conference))

    assert Part not in kinds(page)
    assert "Too many for this form; edit them in their own list above: parts" in page.content.decode()
    assert f"/admin/portal/part/?occasion={conference.pk}" in page.content.decode()
    assert len(page.content) < LIGHT


def test_what_is_left_out_stays_as_it_is_when_the_form_is_saved(chief):
    conference = make.a_conference()
    guests(conference, MOST_CARDS + 1)
    data = data_of(chief.get(form_of(conference))) | {"title_en": "Harvest"}

    assert chief.post(form_of(conference), data).status_code == 302
    conference.refresh_from_db()
    assert (conference.title_en, Part.objects.filter(occasion=conference).count()) == ("Harvest", MOST_CARDS + 1)


def test_cards_that_were_there_are_saved_also_if_somebody_adds_more_meanwhile(chief):
    conference = make.a_conference()
    guests(conference, MOST_CARDS)
    data = data_of(chief.get(form_of(conference)))
    guests(conference, 1)

    assert chief.post(form_of(conference), data | {"parts-0-name_then_en": "Rose"}).status_code == 302
    assert Part.objects.filter(occasion=conference, name_then_en="Rose").count() == 1


def test_a_form_opened_without_cards_is_saved_also_if_few_are_left_meanwhile(chief):
    conference = make.a_conference()
    guests(conference, MOST_CARDS + 1)
    data = data_of(chief.get(form_of(conference)))
    Part.objects.first().delete()

    assert chief.post(form_of(conference), data).status_code == 302
