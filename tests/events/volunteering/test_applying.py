"""Who applies: confirming, changing, coming back, and what is agreed to."""

from datetime import timedelta

import pytest
from django.utils import timezone
from post_office.models import Email

from events.models import Application, Assignment
from events.volunteering import answering, applying, forgetting, placing
from portal.models import PrivacyNotice
from portal.models.signups import IllegalMove
from portal.refused import Refused
from tests.events.volunteering.places import accepted, mails, state_of
from tests.make import a_call, a_role, a_shift, a_team, an_application

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]

State, Place = Application.State, Assignment.State


def test_an_unconfirmed_application_holds_nothing_and_confirming_twice_is_once():
    role = a_role(acceptance="instant", maximum=1)
    application = an_application(role, state="unconfirmed")
    role.refresh_from_db()
    assert role.taken == 0

    applying.confirm(application)
    applying.confirm(application)

    role.refresh_from_db()
    assert (state_of(application), role.taken) == (State.ACCEPTED, 1)
    assert application.assignments.get().state == Place.CONFIRMED


def test_where_a_role_that_accepts_at_once_is_full_the_next_wish_is_taken_and_else_an_answer_is_awaited():
    team = a_team()
    first = a_role(team, acceptance="instant", maximum=1)
    second = a_role(team, "Guide", acceptance="instant", maximum=1)
    names = ("Ming", "Hong", "Lan")
    ming, hong, lan = (an_application(first, second, name=name, state="unconfirmed") for name in names)

    for application in (ming, hong, lan):
        applying.confirm(application)

    assert ming.assignments.get().role == first
    assert hong.assignments.get().role == second
    assert state_of(lan) == State.SUBMITTED


def test_a_role_that_its_coordinator_answers_for_takes_nobody_at_once():
    role = a_role()
    ming = applying.confirm(an_application(role, state="unconfirmed"))

    role.refresh_from_db()
    assert (state_of(ming), role.taken) == (State.SUBMITTED, 0)
    assert ming.confirmed_at is not None


@pytest.mark.parametrize("state", [State.WITHDRAWN, State.SUBMITTED])
def test_answers_stay_as_they_are_once_it_is_too_late_or_the_application_is_gone(state):
    role = a_role(a_team(a_call(changes_until=timezone.now() if state == State.SUBMITTED else None)))
    ming = an_application(role, state=state)

    with pytest.raises(Refused, match="too late"):
        applying.change(ming, roles=[role], consents={}, city="Wuhan")

    assert (Application.objects.get().city, ming.ranked_roles.count()) == ("Chengdu", 1)


def test_changed_wishes_and_consents_replace_the_former():
    first, second = a_role(), a_role(name="Guide")
    ming = an_application(first)
    ming.consents.create(purpose="run")
    ming.consents.create(purpose="credit", credit_name="Ming")
    ming.consents.create(purpose="contact")

    applying.change(ming, roles=[second], consents={"run": "", "credit": "小明"}, city="Wuhan")

    assert Application.objects.get().city == "Wuhan"
    assert list(ming.ranked_roles.values_list("role", "rank")) == [(second.pk, 1)]
    live = ming.consents.filter(withdrawn_at=None).values_list("purpose", "credit_name")
    assert sorted(live) == [("credit", "小明"), ("run", "")]
    assert ming.consents.exclude(withdrawn_at=None).count() == 2


def test_the_same_address_gets_its_link_again_and_no_second_application():
    role = a_role()
    for email in ("Ming@Example.org", "ming@example.ORG "):
        applying.apply_for(
            role.team.call, name="Ming", email=email, language="en", city="Wuhan", roles=[role], consents={"run": ""}
        )

    assert Application.objects.count() == 1
    assert len(mails()) == 2


def test_who_withdrew_applies_anew():
    role = a_role()
    applying.withdraw(an_application(role))

    applying.apply_for(role.team.call, name="Ming", email="ming@example.org", language="en", city="Wuhan", roles=[role])

    assert [one.state for one in Application.objects.order_by("pk")] == [State.WITHDRAWN, State.UNCONFIRMED]


@pytest.mark.parametrize("own", [True, False])
def test_what_is_told_and_agreed_to_is_kept_with_the_notice_of_the_call_or_else_the_current_one(own):
    notices = [
        PrivacyNotice.objects.create(version=version, title_en="Notice", body_en="Text", published_at=timezone.now())
        for version in ("of the call", "current")
    ]
    notice = notices[0 if own else 1]
    role = a_role(a_team(a_call(notice=notice if own else None)))
    told = {"name": "Ming", "email": "ming@example.org", "language": "en", "city": "Wuhan", "note": "I bring tape."}

    ming = applying.apply_for(role.team.call, **told, roles=[role], consents={"run": "", "credit": "小明"})

    ming.refresh_from_db()
    assert {name: getattr(ming, name) for name in told} == told
    assert ming.notice == notice
    agreed = ming.consents.values_list("purpose", "credit_name", "notice").order_by("purpose")
    assert list(agreed) == [("credit", "小明", notice.pk), ("run", "", notice.pk)]


def test_a_closed_call_refuses():
    role = a_role(a_team(a_call(closes_at=timezone.now() - timedelta(minutes=1))))
    with pytest.raises(Refused, match="closed"):
        applying.apply_for(
            role.team.call, name="Ming", email="ming@example.org", language="en", city="Wuhan", roles=[role]
        )


def test_withdrawing_frees_every_place_and_undoing_takes_back_what_is_still_free():
    role = a_role(claims_shifts=True, maximum=1)
    morning, noon = a_shift(role, capacity=1), a_shift(role, capacity=1, hours=(13, 15))
    ming = accepted(role)
    for shift in (morning, noon):
        placing.claim_shift(ming, shift)

    applying.withdraw(ming)

    for scarce in (role, morning, noon):
        scarce.refresh_from_db()
        assert scarce.taken == 0
    assert applying.take_back(ming) is True
    assert set(ming.assignments.live().values_list("shift", flat=True)) == {None, morning.pk, noon.pk}


def test_undoing_a_withdrawal_brings_back_nothing_that_went_before_it():
    role = a_role(claims_shifts=True)
    returned, cancelled, held = (a_shift(role, hours=hours) for hours in ((9, 10), (11, 12), (13, 14)))
    ming = accepted(role)
    places = [placing.claim_shift(ming, shift) for shift in (returned, cancelled, held)]
    placing.return_assignment(places[0])
    placing.cancel_assignment(places[1])
    applying.withdraw(ming)
    Email.objects.all().delete()

    assert applying.take_back(ming) is True

    assert set(ming.assignments.live().values_list("shift", flat=True)) == {None, held.pk}
    assert not ming.assignments.live().exclude(given_back_at=None).exists()
    assert len(mails()) == 1


def test_nobody_comes_back_too_late_or_beside_their_newer_application():
    role = a_role()
    former = applying.withdraw(an_application(role))
    newer = an_application(role)

    with pytest.raises(Refused, match="applied again in the meantime"):
        applying.take_back(former)
    newer.delete()
    former.call.changes_until = timezone.now()
    with pytest.raises(Refused, match="too late"):
        applying.take_back(former)

    assert state_of(former) == State.WITHDRAWN


def test_undoing_after_the_place_went_to_someone_else_waits_for_an_answer():
    role = a_role(maximum=1)
    ming = accepted(role)
    applying.withdraw(ming)
    accepted(role, "Hong")

    assert applying.take_back(ming) is False
    assert state_of(ming) == State.SUBMITTED


def test_who_is_checked_in_cannot_withdraw_by_accident():
    role = a_role()
    ming = accepted(role)
    placing.check_in(ming.assignments.get())

    with pytest.raises(Refused, match="checked in"):
        applying.withdraw(ming)
    assert state_of(ming) == State.ACCEPTED


def test_an_unconfirmed_application_is_discarded_and_one_that_was_confirmed_meanwhile_stays():
    role = a_role()
    never, late = (an_application(role, name=name, state="unconfirmed") for name in ("Ming", "Hong"))
    applying.confirm(Application.objects.get(pk=late.pk))

    for application in (never, late):
        forgetting.discard(application)

    assert list(Application.objects.all()) == [late]


def test_a_no_is_not_taken_back_beside_the_newer_application_of_the_same_person():
    role = a_role()
    first = answering.decline(an_application(role))
    an_application(role)

    with pytest.raises(IllegalMove):
        answering.reopen(first)

    assert state_of(first) == State.DECLINED
