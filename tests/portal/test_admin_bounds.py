"""What no calendar, database or address can hold is refused by the organizers' forms with a sentence."""

import pytest

from events.models import VolunteerCall
from tests import make
from tests.organizers import an_administrator, data_of, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]

YEARS = "Choose a year from 1900 to 2199."


@pytest.fixture
def refusal():
    """A function that types something into the form of a row, and returns the errors of the form that comes back."""
    client = signed_in(an_administrator())

    def refused(row, **typed):
        page = f"/admin/{row._meta.app_label}/{row._meta.model_name}/{row.pk}/change/"
        answer = client.post(page, data_of(client.get(page)) | typed)
        assert answer.status_code == 200, typed
        return {name: errors[0] for name, errors in answer.context["adminform"].form.errors.items()}

    return refused


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
def test_a_day_that_no_event_is_on_is_refused(refusal, day):
    conference = make.a_conference()

    assert refusal(conference, first_day=day)["first_day"] == YEARS
    assert refusal(conference, last_day=day)["last_day"] == YEARS
    assert refusal(conference, published_at=f"{day}T00:00")["published_at"] == YEARS
    assert refusal(make.a_session(), starts_at=f"{day}T00:00")["starts_at"] == YEARS


def test_a_number_that_only_one_of_the_databases_holds_is_refused(refusal):
    """Days of retention are added to a date every night: a sum beyond the calendar would stop all chores."""
    call = make.a_call()

    assert "retention_days" in refusal(call, retention_days="99999999999")
    assert VolunteerCall.objects.get().retention_days == call.retention_days


def test_what_is_no_address_is_told_as_such(refusal):
    meetup = make.a_meetup()

    assert "slug" in refusal(meetup, slug="Über Straße")


def test_who_ends_before_beginning_is_told_once(refusal):
    for occasion in (make.a_meetup(), make.a_conference()):
        assert refusal(occasion, first_day="2027-01-02", last_day="2027-01-01") == {
            "last_day": "It cannot end before it begins."
        }
