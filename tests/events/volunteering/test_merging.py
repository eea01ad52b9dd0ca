"""Two applications of one volunteer."""

import pytest

from events.models import Application, Assignment
from events.volunteering import answering, merging, placing
from portal.refused import Refused
from tests.events.volunteering.places import accepted
from tests.make import a_role, a_shift, an_application

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]

State, Place = Application.State, Assignment.State


def test_an_open_offer_is_answered_before_its_application_is_merged():
    role = a_role(maximum=3)
    offered = answering.offer(answering.waitlist(an_application(role)), role)
    other = an_application(role, name="Hong")

    for duplicate, into in ((offered, other), (other, offered)):
        with pytest.raises(Refused, match="offer is open"):
            merging.merge(duplicate, into)


def test_two_applications_that_hold_the_same_places_are_merged_into_one_that_holds_each_once():
    role = a_role(claims_shifts=True)
    shift = a_shift(role)
    kept, double = answering.accept(an_application(role), role), accepted(role, "Hong")
    placing.claim_shift(double, shift)
    placing.confirm_assignment(kept.assignments.get())
    placing.offer_shift(kept, shift)

    merging.merge(double, kept)

    role.refresh_from_db(), shift.refresh_from_db()
    assert (role.taken, shift.taken) == (1, 1)
    assert [one.state for one in kept.assignments.held()] == [Place.CONFIRMED] * 2, "their yes to the shift is a yes"


def test_duplicates_share_an_address_or_a_name_with_a_phone():
    role = a_role()
    told = {"Ming": ("mi.ng+x@example.org", "1"), "ming": ("ming@example.org", "2"), "Lan": ("a@example.org", "2")}
    one, same, _other = (
        an_application(role, name=name, email=email, phone=phone) for name, (email, phone) in told.items()
    )
    third = an_application(role, name="Ming", email="b@example.org", phone="1")
    an_application(role, name="Ming", email="c@example.org")

    groups = merging.duplicates(Application.objects.order_by("pk"))

    assert sorted(sorted(two.pk for two in group) for group in groups) == [[one.pk, same.pk], [one.pk, third.pk]]


def test_an_accepted_application_is_the_one_that_is_kept_and_only_one_of_the_same_call():
    role, other = a_role(), a_role()
    ming, declined = accepted(role), answering.decline(an_application(role, name="Hong"))

    with pytest.raises(Refused, match="Keep the accepted"):
        merging.merge(ming, declined)
    with pytest.raises(Refused, match="same call"):
        merging.merge(an_application(other), ming)


def test_what_is_merged_already_is_not_merged_again():
    role = a_role()
    kept, double, third = (an_application(role, name=name) for name in ("Ming", "Hong", "Lan"))
    merging.merge(double, kept)

    for duplicate, into in ((double, third), (third, double)):
        with pytest.raises(Refused, match="merged or erased already"):
            merging.merge(duplicate, into)
