"""Roles and shifts: given back and taken again, cancelled, beside each other, never more than there are."""

from datetime import timedelta

import pytest
from django.utils import timezone
from post_office.models import Email

from events.models import Application, Assignment
from events.volunteering import answering, applying, placing
from portal.refused import Refused
from tests.events.volunteering.places import accepted, mails, state_of
from tests.make import a_call, a_role, a_shift, a_team

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]

State, Place = Application.State, Assignment.State


def test_a_place_given_back_can_be_taken_again_until_someone_else_has_it():
    role = a_role(claims_shifts=True)
    shift = a_shift(role, capacity=1)
    ming, hong = accepted(role), accepted(role, "Hong")
    held = placing.claim_shift(ming, shift)

    placing.return_assignment(held)
    placing.retake_assignment(held)
    assert state_of(held) == Place.CONFIRMED

    placing.return_assignment(held)
    placing.claim_shift(hong, shift)
    with pytest.raises(Refused, match="Someone else"):
        placing.retake_assignment(held)


def test_a_role_given_anew_since_is_not_taken_a_second_time():
    role = a_role()
    ming = accepted(role)
    former = placing.return_assignment(ming.assignments.get())
    answering.assign(ming, role)

    placing.retake_assignment(former)

    role.refresh_from_db()
    assert [one.state for one in ming.assignments.order_by("pk")] == [Place.CANCELLED, Place.OFFERED]
    assert role.taken == 1


def test_a_shift_is_taken_back_only_with_its_role():
    role = a_role(claims_shifts=True)
    shift = a_shift(role)
    ming = accepted(role)
    held, place = placing.claim_shift(ming, shift), ming.assignments.get(shift=None)
    placing.return_assignment(place)

    with pytest.raises(Refused, match="another role"):
        placing.retake_assignment(held)
    placing.retake_assignment(place)

    shift.refresh_from_db()
    assert (state_of(held), shift.taken) == (Place.CONFIRMED, 1), "what went with the role comes back with it"


def test_a_role_is_taken_back_without_the_shift_that_another_has_since_or_that_went_before_it():
    role = a_role(claims_shifts=True)
    early, late, other = (a_shift(role, capacity=1, hours=hours) for hours in ((9, 10), (11, 12), (13, 14)))
    ming, hong = accepted(role), accepted(role, "Hong")
    before, gone, back = (placing.claim_shift(ming, shift) for shift in (early, late, other))
    placing.return_assignment(before)
    placing.return_assignment(ming.assignments.get(shift=None))
    placing.claim_shift(hong, late)

    placing.retake_assignment(ming.assignments.get(shift=None))

    assert [state_of(one) for one in (before, gone, back)] == [Place.CANCELLED, Place.CANCELLED, Place.CONFIRMED]


def test_a_shift_is_not_taken_back_beside_another_at_that_time():
    role = a_role(claims_shifts=True)
    ming = accepted(role)
    former = placing.return_assignment(placing.claim_shift(ming, a_shift(role, hours=(9, 12))))
    placing.claim_shift(ming, a_shift(role, hours=(11, 14)))

    with pytest.raises(Refused):
        placing.retake_assignment(former)

    assert state_of(former) == Place.CANCELLED


def test_a_role_that_was_given_back_is_taken_back_beside_another_that_is_held():
    role, other = a_role(), a_role(name="Guide")
    ming = accepted(role)
    former = ming.assignments.get()
    answering.assign(ming, other)

    placing.return_assignment(former)
    placing.retake_assignment(former)

    role.refresh_from_db()
    assert (state_of(former), former.given_back_at, role.taken) == (Place.CONFIRMED, None, 1)


def test_who_is_checked_in_gives_nothing_back_and_who_withdrew_claims_nothing():
    role = a_role(claims_shifts=True)
    shift = a_shift(role)
    ming, hong = accepted(role), accepted(role, "Hong")
    here = placing.check_in(placing.claim_shift(ming, shift))
    applying.withdraw(hong)

    with pytest.raises(Refused, match="checked in"):
        placing.return_assignment(here)
    with pytest.raises(Refused, match="Only accepted"):
        placing.claim_shift(hong, shift)

    shift.refresh_from_db()
    assert (state_of(here), shift.taken) == (Place.CHECKED_IN, 1)


def test_an_offered_shift_is_told_and_a_cancelled_one_once():
    role = a_role(claims_shifts=True)
    ming = accepted(role)
    Email.objects.all().delete()

    offered = placing.offer_shift(ming, a_shift(role))
    for _twice in range(2):
        placing.cancel_assignment(offered)

    assert len(mails()) == 2 and "Cancelled for you" in mails()[1]


def test_what_a_coordinator_cancelled_cannot_be_taken_back():
    role = a_role()
    ming = accepted(role)
    placing.cancel_assignment(ming.assignments.get())

    with pytest.raises(Refused):
        placing.retake_assignment(ming.assignments.get())
    assert "Cancelled for you" in mails()[-1]


def test_a_shift_that_is_called_off_or_has_begun_is_nobodys_any_more():
    role = a_role(claims_shifts=True)
    called_off, begun = a_shift(role), a_shift(role, hours=(13, 15))
    ming, hong = accepted(role), accepted(role, "Hong")
    given_back = [placing.return_assignment(placing.claim_shift(ming, shift)) for shift in (called_off, begun)]
    placing.cancel_shift(called_off)
    begun.starts_at = timezone.now() - timedelta(minutes=1)
    begun.save()

    for shift in (called_off, begun):
        with pytest.raises(Refused):
            placing.claim_shift(hong, shift)
    for place in given_back:
        with pytest.raises(Refused):
            placing.retake_assignment(place)


def test_giving_back_a_role_gives_back_its_shifts():
    role = a_role(claims_shifts=True)
    shift = a_shift(role)
    ming = accepted(role)
    placing.claim_shift(ming, shift)

    placing.return_assignment(ming.assignments.get(shift=None))

    shift.refresh_from_db()
    assert (shift.taken, ming.assignments.live().count()) == (0, 0)


@pytest.mark.parametrize(
    ("grace", "hours", "clashes"),
    [
        *[(0, (11, 14), True), (0, (12, 14), False), (60, (11, 14), False)],
        *[(0, (6, 10), True), (0, (6, 9), False), (60, (6, 10), False)],
    ],
)
def test_two_shifts_of_one_person_overlap_by_no_more_than_the_handover(grace, hours, clashes):
    call = a_call(handover_minutes=grace)
    role = a_role(a_team(call), claims_shifts=True)
    ming = accepted(role)
    placing.claim_shift(ming, a_shift(role, hours=(9, 12)))

    other = a_shift(role, hours=hours)
    if clashes:
        with pytest.raises(Refused, match="at that time"):
            placing.claim_shift(ming, other)
    else:
        placing.claim_shift(ming, other)


def test_shifts_of_two_events_overlap_as_they_like():
    for _event in range(2):
        role = a_role(claims_shifts=True)
        placing.claim_shift(accepted(role), a_shift(role))

    assert Assignment.objects.exclude(shift=None).count() == 2


def test_a_volunteer_takes_shifts_of_their_own_role_and_where_its_coordinator_leaves_it_to_them():
    role, other = a_role(), a_role(claims_shifts=True)
    ming, shift = accepted(role), a_shift(role)

    with pytest.raises(Refused, match="coordinator gives out"):
        placing.claim_shift(ming, shift)
    with pytest.raises(Refused, match="another role"):
        placing.claim_shift(ming, a_shift(other))

    assert placing.offer_shift(ming, shift).state == Place.OFFERED


def test_the_overlap_is_seen_across_the_calls_of_one_event():
    call = a_call()
    role = a_role(a_team(call), claims_shifts=True)
    other_role = a_role(a_team(a_call(call.conference)), claims_shifts=True)
    placing.claim_shift(accepted(role), a_shift(role))

    with pytest.raises(Refused, match="at that time"):
        placing.claim_shift(accepted(other_role), a_shift(other_role))


def test_fewer_places_than_held_are_refused_with_the_names():
    role = a_role(claims_shifts=True)
    shift = a_shift(role, capacity=2)
    for name in ("Ming", "Hong"):
        placing.claim_shift(accepted(role, name), shift)
    shift.refresh_from_db()

    with pytest.raises(Refused, match="Hong"):
        placing.refuse_capacity(shift, 1)
    placing.refuse_capacity(shift, 2)


def test_saving_a_shift_or_role_never_writes_the_count_of_places():
    role = a_role(claims_shifts=True)
    shift = a_shift(role)
    stale_role, stale_shift = type(role).objects.get(pk=role.pk), type(shift).objects.get(pk=shift.pk)
    placing.claim_shift(accepted(role), shift)

    stale_role.save()
    stale_shift.save()

    for row in (role, shift):
        row.refresh_from_db()
        assert row.taken == 1


def test_each_change_of_a_shift_is_one_mail_to_each_who_holds_it():
    role = a_role(claims_shifts=True)
    shift, other = a_shift(role), a_shift(role, hours=(14, 16))
    placing.claim_shift(accepted(role, "Ming"), shift)
    placing.claim_shift(accepted(role, "Hong"), other)
    Email.objects.all().delete()

    placing.tell_of_move(shift)
    assert placing.cancel_shift(shift) == 1

    assert [mail.to for mail in Email.objects.order_by("pk")] == [["ming@example.org"]] * 2
    shift.refresh_from_db()
    assert (shift.taken, shift.is_cancelled) == (0, True)


def test_a_shift_is_called_off_wholly_or_not_at_all(monkeypatch):
    role = a_role(claims_shifts=True, maximum=2)
    shift = a_shift(role)
    for name in ("Ming", "Hong"):
        placing.claim_shift(accepted(role, name), shift)
    Email.objects.all().delete()
    tell = placing.tell

    def killed_at_the_second(application, *args, **context):
        if Email.objects.exists():
            raise SystemExit
        tell(application, *args, **context)

    with monkeypatch.context() as patched, pytest.raises(SystemExit):
        patched.setattr(placing, "tell", killed_at_the_second)
        placing.cancel_shift(shift)

    shift.refresh_from_db()
    assert (shift.taken, shift.is_cancelled, Email.objects.count()) == (2, False, 0)
    assert [placing.cancel_shift(shift), placing.cancel_shift(shift)] == [2, 0]
    assert Email.objects.count() == 2
