"""Seats are given in the order of confirmation, never beyond the capacity, and nobody is promoted without a yes."""

from datetime import timedelta

import pytest
from django.http import Http404
from django.utils import timezone
from post_office.models import Email

from portal import forgetting_seats, registering, tokens
from portal.models import Desk, PrivacyNotice, Registration
from portal.models.signups import IllegalMove
from portal.refused import Refused
from tests.make import a_desk, a_meetup, a_registration

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


def seat(desk, name):
    return registering.confirm(a_registration(desk, name))


def state_of(registration):
    registration.refresh_from_db()
    return registration.state


def test_an_unconfirmed_registration_holds_nothing():
    desk = a_desk(capacity=1)
    a_registration(desk, "ming")

    desk.refresh_from_db()
    assert desk.seats_left == 1


def test_the_last_seat_is_given_once_and_the_next_person_joins_the_line():
    desk = a_desk(capacity=1)

    ming, hong = seat(desk, "ming"), seat(desk, "hong")

    assert (state_of(ming), state_of(hong)) == ("seated", "waiting")
    assert hong.place_in_line == 1


def test_confirming_twice_is_the_same_as_once():
    desk = a_desk(capacity=1)
    ming, hong = seat(desk, "ming"), seat(desk, "hong")

    for registration in (ming, hong):
        registering.confirm(registration)

    desk.refresh_from_db()
    assert (state_of(ming), state_of(hong), desk.taken, desk.last_in_line) == ("seated", "waiting", 1, 1)
    assert Email.objects.count() == 2


def test_a_released_seat_goes_to_whoever_waited_longest():
    desk = a_desk(capacity=1)
    ming, hong, lan = seat(desk, "ming"), seat(desk, "hong"), seat(desk, "lan")

    registering.release(ming)

    assert (state_of(hong), state_of(lan)) == ("offered", "waiting")
    assert lan.place_in_line == 1


def test_an_offer_that_is_not_taken_passes_on_and_its_person_leaves_the_line():
    desk = a_desk(capacity=1, offer_hours=24)
    ming, hong, lan = seat(desk, "ming"), seat(desk, "hong"), seat(desk, "lan")
    registering.release(ming)

    registering.lapse_offers(desk, now=timezone.now() + timedelta(hours=25))

    assert (state_of(hong), state_of(lan)) == ("lapsed", "offered")
    with pytest.raises(Refused):
        registering.accept_offer(hong)


def test_only_the_offer_whose_hour_has_come_lapses_and_its_person_is_told():
    desk = a_desk(capacity=2)
    ming, bo, hong, lan = (seat(desk, name) for name in ("ming", "bo", "hong", "lan"))
    for registration in (ming, bo):
        registering.release(registration)
    Registration.objects.filter(pk=hong.pk).update(offer_ends_at=timezone.now())
    Email.objects.all().delete()

    assert registering.lapse_offers(desk) == 1

    desk.refresh_from_db()
    assert (state_of(hong), state_of(lan), desk.taken) == ("lapsed", "offered", 1)
    assert [mail.to for mail in Email.objects.all()] == [["hong@example.org"]]


@pytest.mark.parametrize(("begins", "asks"), [(timedelta(days=9), True), (-timedelta(minutes=1), False)])
def test_who_let_an_offer_lapse_is_asked_to_come_back_only_while_one_can(begins, asks):
    desk = a_desk(capacity=1)
    ming, hong = seat(desk, "ming"), seat(desk, "hong")
    registering.release(ming)
    Registration.objects.filter(pk=hong.pk).update(offer_ends_at=timezone.now())
    type(desk.occasion).objects.filter(pk=desk.occasion.pk).update(starts_at=timezone.now() + begins)

    registering.lapse_offers(Desk.objects.get(pk=desk.pk))

    told = Email.objects.get(subject__startswith="The offer has expired").message
    assert ("If you still want to come" in told) == asks
    assert "/my/" in told


def test_accepting_twice_is_the_same_as_once():
    desk = a_desk(capacity=1)
    ming, hong = seat(desk, "ming"), seat(desk, "hong")
    registering.release(ming)

    registering.accept_offer(hong)
    registering.accept_offer(hong)

    desk.refresh_from_db()
    assert (state_of(hong), desk.taken) == ("seated", 1)


def test_a_release_is_undone_while_the_seat_is_free():
    desk = a_desk(capacity=1)
    ming = seat(desk, "ming")
    registering.release(ming)

    assert registering.take_back(ming) is True
    assert state_of(ming) == "seated"


def test_after_the_seat_was_offered_on_undoing_joins_the_end_of_the_line():
    desk = a_desk(capacity=1)
    ming, _hong, lan = seat(desk, "ming"), seat(desk, "hong"), seat(desk, "lan")
    registering.release(ming)

    assert registering.take_back(ming) is False
    ming.refresh_from_db()
    assert (state_of(lan), lan.place_in_line, ming.place_in_line) == ("waiting", 1, 2)


def test_an_offer_that_is_given_back_goes_to_the_next_in_line():
    desk = a_desk(capacity=1)
    ming, hong, lan = seat(desk, "ming"), seat(desk, "hong"), seat(desk, "lan")
    registering.release(ming)

    registering.release(hong)

    assert (state_of(hong), state_of(lan)) == ("withdrawn", "offered")
    desk.refresh_from_db()
    assert desk.taken == 1


def test_who_was_approved_once_comes_back_to_their_seat_without_asking_again():
    desk = a_desk(acceptance="approval")
    ming = registering.approve(seat(desk, "ming"))
    registering.release(ming)

    registering.take_back(ming)

    assert state_of(ming) == "seated"


def test_settings_that_were_read_before_write_no_former_counts():
    desk = a_desk(capacity=1)
    read_before = type(desk).objects.get(pk=desk.pk)
    seat(desk, "ming")
    seat(desk, "hong")

    read_before.save()

    desk.refresh_from_db()
    assert (desk.taken, desk.last_in_line) == (1, 1)


def test_nobody_slips_past_the_approval_by_withdrawing_and_coming_back():
    desk = a_desk(acceptance="approval")
    ming = seat(desk, "ming")
    assert state_of(ming) == "requested"
    registering.release(ming)

    registering.take_back(ming)

    assert state_of(ming) == "requested"


def test_a_declined_request_is_not_granted_beside_the_new_one_of_the_same_person():
    desk = a_desk(acceptance="approval")
    first = seat(desk, "ming")
    registering.decline(first)
    seat(desk, "ming")

    with pytest.raises(IllegalMove):
        registering.approve(first)

    assert state_of(first) == "declined"


def test_a_declined_request_may_be_granted_after_all():
    ming = seat(a_desk(acceptance="approval"), "ming")
    registering.decline(ming)

    registering.approve(ming)

    assert state_of(ming) == "seated"


def test_whoever_deletes_everything_leaves_no_seat_behind_that_they_took_back_meanwhile():
    desk = a_desk(capacity=1)
    ming = registering.release(seat(desk, "ming"))
    registering.take_back(Registration.objects.get(pk=ming.pk))

    forgetting_seats.delete(ming)

    desk.refresh_from_db()
    assert desk.taken == 0


def test_a_party_that_does_not_fit_is_not_passed_by_a_smaller_one():
    desk = a_desk(capacity=2)
    ming = seat(desk, "ming")
    party = registering.confirm(a_registration(desk, "hong", companions=["lan"]))

    single = seat(desk, "bo")

    assert (state_of(party), state_of(single)) == ("waiting", "waiting")
    registering.release(ming)
    assert (state_of(party), state_of(single)) == ("offered", "waiting")


def test_seats_for_fewer_than_the_first_party_are_not_offered_to_who_stands_behind_it():
    desk = a_desk(capacity=3)
    pair = registering.confirm(a_registration(desk, "ming", companions=["yun"]))
    seat(desk, "hong")
    party = registering.confirm(a_registration(desk, "lan", companions=["bo", "wei"]))
    single = seat(desk, "mei")

    registering.release(pair)

    assert (state_of(party), state_of(single)) == ("waiting", "waiting")


def test_more_seats_are_offered_at_once_and_fewer_than_held_are_refused():
    desk = a_desk(capacity=1)
    ming, hong = seat(desk, "ming"), seat(desk, "hong")

    registering.set_capacity(desk, 2)

    assert state_of(hong) == "offered"
    with pytest.raises(Refused):
        registering.set_capacity(desk, 1)
    assert state_of(ming) == "seated"


def test_as_many_seats_as_are_held_are_enough_and_no_limit_is_more():
    desk = a_desk(capacity=2)
    seat(desk, "ming"), seat(desk, "bo")
    hong = seat(desk, "hong")

    registering.set_capacity(desk, 2)
    assert state_of(hong) == "waiting"
    registering.set_capacity(desk, None)
    assert state_of(hong) == "offered"


def test_who_comes_without_a_seat_is_nobody_else_and_who_withdrew_comes_after_all():
    desk = a_desk()
    seat(desk, "hong")
    withdrawn = registering.release(seat(desk, "ming"))

    ming = registering.walk_in(desk, name="Ming", email="Ming@example.org", language="zh-hans")
    lan = registering.walk_in(desk, name="Lan", email="lan@example.org", language="en")

    desk.refresh_from_db()
    assert (desk.taken, state_of(withdrawn)) == (3, "withdrawn")
    assert [(one.name, one.email, one.language, one.state, one.checked_in_at is None) for one in (ming, lan)] == [
        ("Ming", "Ming@example.org", "zh-hans", "seated", False),
        ("Lan", "lan@example.org", "en", "seated", False),
    ]


@pytest.mark.parametrize("standing", ["cancelled", "postponed"])
def test_nothing_is_offered_of_what_is_called_off(standing):
    desk = a_desk(capacity=1)
    ming, hong = seat(desk, "ming"), seat(desk, "hong")
    desk.occasion.standing = standing
    desk.occasion.save()

    registering.release(ming)

    assert state_of(hong) == "waiting"


def test_an_offer_holds_until_its_hour_and_no_minute_longer():
    desk = a_desk(capacity=1)
    ming, hong = seat(desk, "ming"), seat(desk, "hong")
    registering.release(ming)
    Registration.objects.filter(pk=hong.pk).update(offer_ends_at=timezone.now())

    with pytest.raises(Refused, match="expired"):
        registering.accept_offer(hong)

    assert state_of(hong) == "offered"


def test_an_offer_never_outlasts_the_beginning():
    desk = a_desk(capacity=1, offer_hours=24, occasion=a_meetup(starts_at=timezone.now() + timedelta(hours=5)))
    ming, hong = seat(desk, "ming"), seat(desk, "hong")

    registering.release(ming)

    hong.refresh_from_db()
    assert hong.offer_ends_at == desk.occasion.starts_at


def test_nobody_comes_back_beside_their_newer_registration():
    desk = a_desk()
    former = registering.release(seat(desk, "ming"))
    seat(desk, "ming")

    with pytest.raises(Refused, match="registered again in the meantime"):
        registering.take_back(former)

    assert state_of(former) == "withdrawn"


def test_who_comes_back_before_they_ever_confirmed_has_confirmed_by_that():
    ming = registering.release(a_registration(a_desk(), "ming"))
    hong = seat(ming.desk, "hong")
    when = hong.confirmed_at

    registering.take_back(ming)
    registering.take_back(registering.release(hong))

    assert state_of(ming) == "seated" and ming.confirmed_at is not None
    assert state_of(hong) == "seated" and hong.confirmed_at == when


def test_nobody_comes_back_through_a_closed_desk():
    desk = a_desk()
    ming = registering.release(seat(desk, "ming"))
    desk.closes_at = timezone.now()
    desk.save()

    with pytest.raises(Refused, match="closed"):
        registering.take_back(ming)

    assert state_of(ming) == "withdrawn"


def test_an_address_that_is_confirmed_too_late_gets_no_seat():
    desk = a_desk()
    ming = a_registration(desk, "ming")
    desk.closes_at = timezone.now()
    desk.save()

    with pytest.raises(Refused, match="closed"):
        registering.confirm(ming)

    assert state_of(ming) == "unconfirmed"


def test_the_seat_of_a_companion_who_does_not_come_is_offered_to_the_line():
    desk = a_desk(capacity=2, companions=1)
    ming = registering.confirm(a_registration(desk, "ming", companions=["bo"]))
    hong = seat(desk, "hong")

    registering.change(ming, companions=[])

    desk.refresh_from_db()
    assert (state_of(hong), desk.taken) == ("offered", 2)


def test_a_seat_that_is_free_while_a_party_waits_is_no_companions():
    desk = a_desk(capacity=2, companions=1)
    ming = seat(desk, "ming")
    registering.confirm(a_registration(desk, "hong", companions=["lan"]))

    with pytest.raises(Refused, match="no free seat"):
        registering.change(ming, companions=["bo"])

    assert Registration.objects.get(pk=ming.pk).companions == []


def test_a_companion_takes_the_seat_that_is_free():
    desk = a_desk(capacity=2, companions=1)
    ming = seat(desk, "ming")

    registering.change(ming, companions=["bo"])

    desk.refresh_from_db()
    assert desk.taken == 2


def test_who_waits_holds_no_seat_however_many_they_bring():
    desk = a_desk(capacity=2, companions=3)
    ming = registering.confirm(a_registration(desk, "ming", companions=["bo"]))
    hong = seat(desk, "hong")

    registering.change(hong, companions=["lan", "wei"])
    registering.change(ming, name="Ming Ming")

    desk.refresh_from_db()
    assert (state_of(hong), hong.seats, desk.taken) == ("waiting", 3, 2)


@pytest.mark.parametrize(
    ("verb", "states"),
    [
        (registering.confirm, {*Registration.State}),  # pressed twice, it changes nothing
        (registering.change, {"requested", "seated", "waiting"}),
        (registering.approve, {"requested", "declined"}),
        (registering.decline, {"requested"}),
        (registering.release, {*Registration.State} - {"declined"}),
        (registering.take_back, {"lapsed", "withdrawn"}),
        (registering.accept_offer, {"seated"}),  # the one that is offered has lapsed
        (registering.check_in, {"seated"}),
    ],
)
def test_a_verb_answers_only_in_the_states_it_is_meant_for(verb, states):
    for state in Registration.State:
        needs = {"offer_ends_at": timezone.now()} if state == "offered" else {}
        needs |= {"line_number": 1} if state == "waiting" else {}
        registration = a_registration(a_desk(taken=1, last_in_line=1), state=state, **needs)
        if state in states:
            verb(registration)
        else:
            with pytest.raises((IllegalMove, Refused)):
                verb(registration)
            assert state_of(registration) == state


def test_nothing_is_offered_once_the_occasion_has_begun():
    desk = a_desk(capacity=1)
    ming, hong = seat(desk, "ming"), seat(desk, "hong")
    desk.occasion.starts_at = timezone.now() - timedelta(minutes=1)
    desk.occasion.save()

    registering.release(ming)

    assert state_of(hong) == "waiting"


def test_asking_twice_with_the_address_written_differently_sends_the_link_again():
    desk = a_desk()
    for email in ("Ming@Example.org", "ming@example.ORG "):
        registering.request_seat(desk, name="Ming", email=email, language="en", consents=["run"])

    assert Registration.objects.count() == 1
    assert Email.objects.count() == 2


def test_who_gave_their_seat_back_registers_anew():
    desk = a_desk()
    registering.release(seat(desk, "ming"))

    registering.request_seat(desk, name="Ming", email="ming@example.org", language="en")

    assert list(Registration.objects.order_by("pk").values_list("state", flat=True)) == ["withdrawn", "unconfirmed"]


def test_what_is_told_and_agreed_to_is_kept_with_the_notice_that_was_read():
    notice = PrivacyNotice.objects.create(version="1", title_en="Notice", body_en="Text", published_at=timezone.now())
    told = {"name": "Ming", "email": "ming@example.org", "language": "en", "phone": "110", "companions": ["Hong"]}

    ming = registering.request_seat(a_desk(companions=1), **told, consents=["run"])

    ming.refresh_from_db()
    assert {name: getattr(ming, name) for name in told} == told
    assert ming.notice == notice
    assert [(one.purpose, one.notice) for one in ming.consents.all()] == [("run", notice)]


def test_a_closed_desk_refuses_with_a_sentence():
    meetup = a_meetup(starts_at=timezone.now() + timedelta(days=3), standing="cancelled")
    with pytest.raises(Refused, match="closed"):
        registering.request_seat(a_desk(occasion=meetup), name="Ming", email="ming@example.org", language="en")


def test_an_unconfirmed_registration_is_discarded_with_its_mails_and_one_that_was_confirmed_meanwhile_stays():
    desk = a_desk()
    never, late = (
        registering.request_seat(desk, name=name, email=f"{name}@example.org", language="en")
        for name in ("ming", "hong")
    )
    registering.confirm(Registration.objects.get(pk=late.pk))

    for registration in (never, late):
        registering.discard(registration)

    assert list(Registration.objects.all()) == [late]
    assert {mail.to[0] for mail in Email.objects.all()} == {"hong@example.org"}


def test_every_move_that_is_not_on_the_map_is_refused():
    desk = a_desk()
    for state in Registration.State:
        for target in set(Registration.State) - Registration.MOVES[state]:
            registration = Registration(desk=desk, name="Ming", language="en", state=state)
            with pytest.raises(IllegalMove):
                registration.move_to(target)


def test_an_altered_or_revoked_link_leads_nowhere():
    registration = a_registration(a_desk())
    token = registration.token
    assert tokens.read(token) == registration

    for wrong in (token[:-1] + ("a" if token[-1] != "a" else "b"), "x" + token, token.replace("r.", "v.", 1), ""):
        with pytest.raises(Http404):
            tokens.read(wrong)
    registration.revoke_links()
    with pytest.raises(Http404):
        tokens.read(token)
