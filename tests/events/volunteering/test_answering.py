"""What coordinators answer: roles given, offers that hold for a while."""

from datetime import timedelta

import pytest
from django.utils import timezone
from post_office.models import Email

from events.models import Application, Assignment
from events.volunteering import answering, applying
from portal.refused import Refused
from tests.events.volunteering.places import accepted, state_of
from tests.make import a_role, an_application

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]

State, Place = Application.State, Assignment.State


def test_a_full_role_accepts_nobody():
    role = a_role(maximum=1)
    accepted(role)
    hong = an_application(role, name="Hong")

    with pytest.raises(Refused, match="full"):
        answering.accept(hong, role)
    assert state_of(hong) == State.SUBMITTED


def test_a_further_role_is_for_who_is_accepted_and_held_once():
    role, other = a_role(), a_role()
    ming = accepted(role)

    with pytest.raises(Refused, match="already has that role"):
        answering.assign(ming, role)
    with pytest.raises(Refused, match="Only accepted"):
        answering.assign(an_application(other, name="Hong"), other)

    role.refresh_from_db(), other.refresh_from_db()
    assert (role.taken, other.taken) == (1, 0)


def test_an_offer_holds_its_place_until_it_lapses():
    role = a_role(maximum=1)
    ming, hong = an_application(role), an_application(role, name="Hong")
    for application in (ming, hong):
        answering.waitlist(application)
    answering.offer(ming, role)
    with pytest.raises(Refused, match="full"):
        answering.offer(hong, role)

    later = timezone.now() + timedelta(hours=49)
    assert answering.lapse_offers(role.team.call, later) == 1

    assert state_of(ming) == State.WAITLISTED
    with pytest.raises(Refused, match="expired"):
        answering.accept_offer(ming)
    answering.offer(hong, role)


def test_only_the_offer_whose_hour_has_come_lapses_and_its_volunteer_is_told():
    role = a_role()
    ming, hong = (answering.waitlist(an_application(role, name=name)) for name in ("Ming", "Hong"))
    for application in (ming, hong):
        answering.offer(application, role)
    now = timezone.now()
    Application.objects.filter(pk=ming.pk).update(offer_ends_at=now)
    Email.objects.all().delete()

    answering.lapse_offers(role.team.call)

    role.refresh_from_db()
    assert (state_of(ming), state_of(hong), role.taken) == (State.WAITLISTED, State.OFFERED, 1)
    assert [mail.to for mail in Email.objects.all()] == [["ming@example.org"]]


def test_an_offer_that_its_coordinator_takes_back_frees_its_place():
    role = a_role(maximum=1)
    ming = answering.offer(answering.waitlist(an_application(role)), role)

    answering.waitlist(ming)

    role.refresh_from_db()
    assert (state_of(ming), ming.offered_role, role.taken) == (State.WAITLISTED, None, 0)


def test_nothing_is_offered_once_the_conference_has_begun():
    role = a_role()
    ming = answering.waitlist(an_application(role))
    conference = role.team.call.conference
    conference.starts_at = timezone.now()
    conference.save()

    with pytest.raises(Refused, match="has begun"):
        answering.offer(Application.objects.get(pk=ming.pk), role)
    assert state_of(ming) == State.WAITLISTED


def test_a_yes_after_the_hour_is_too_late_even_before_the_offer_is_passed_on():
    role = a_role()
    ming = answering.offer(answering.waitlist(an_application(role)), role)
    ming.offer_ends_at = timezone.now() - timedelta(seconds=1)
    ming.save()

    with pytest.raises(Refused, match="expired"):
        answering.accept_offer(ming)
    assert state_of(ming) == State.OFFERED


def test_accepting_an_offer_twice_is_once():
    role = a_role(maximum=2)
    ming = answering.offer(answering.waitlist(an_application(role)), role)

    answering.accept_offer(ming)
    answering.accept_offer(ming)

    role.refresh_from_db()
    assert (role.taken, ming.assignments.get().state) == (1, Place.CONFIRMED), "their yes is not asked for again"


def test_withdrawing_frees_the_place_that_was_offered():
    role = a_role(maximum=1)
    ming = answering.offer(answering.waitlist(an_application(role)), role)

    applying.withdraw(ming)
    applying.withdraw(ming)

    role.refresh_from_db()
    assert (state_of(ming), role.taken) == (State.WITHDRAWN, 0)
