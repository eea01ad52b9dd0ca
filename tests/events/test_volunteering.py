"""Applications and places move along their maps, and whatever is scarce is never given out twice."""

from datetime import timedelta

import pytest
from django.utils import timezone
from post_office.models import Email

from events.models import Application, Assignment, Certificate, PublicCredit
from events.volunteering import answering, applying, forgetting, merging, placing, reminding, thanking
from portal.binning import put_into_bin
from portal.models import Binned, PrivacyNotice
from portal.models.signups import IllegalMove
from portal.refused import Refused
from tests.make import a_call, a_role, a_shift, a_team, an_application

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]

State, Place = Application.State, Assignment.State


def state_of(row):
    row.refresh_from_db()
    return row.state


def accepted(role, name="Ming"):
    """A volunteer who said yes to a role."""
    application = answering.accept(an_application(role, name=name), role)
    placing.confirm_assignment(application.assignments.get())
    return application


def mails():
    return list(Email.objects.order_by("pk").values_list("subject", flat=True))


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
    with pytest.raises(Refused, match="lapsed"):
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

    with pytest.raises(Refused, match="lapsed"):
        answering.accept_offer(ming)
    assert state_of(ming) == State.OFFERED


def test_an_open_offer_is_answered_before_its_application_is_merged():
    role = a_role(maximum=3)
    offered = answering.offer(answering.waitlist(an_application(role)), role)
    other = an_application(role, name="Hong")

    for duplicate, into in ((offered, other), (other, offered)):
        with pytest.raises(Refused, match="offer is open"):
            merging.merge(duplicate, into)


def test_accepting_an_offer_twice_is_once():
    role = a_role(maximum=2)
    ming = answering.offer(answering.waitlist(an_application(role)), role)

    answering.accept_offer(ming)
    answering.accept_offer(ming)

    role.refresh_from_db()
    assert (role.taken, ming.assignments.get().state) == (1, Place.CONFIRMED), "their yes is not asked for again"


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


def test_withdrawing_frees_the_place_that_was_offered():
    role = a_role(maximum=1)
    ming = answering.offer(answering.waitlist(an_application(role)), role)

    applying.withdraw(ming)
    applying.withdraw(ming)

    role.refresh_from_db()
    assert (state_of(ming), role.taken) == (State.WITHDRAWN, 0)


def test_nobody_comes_back_too_late_or_beside_their_newer_application():
    role = a_role()
    former = applying.withdraw(an_application(role))
    newer = an_application(role)

    with pytest.raises(Refused, match="applied again since"):
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


def test_reminders_come_a_week_and_a_day_before_and_never_after_the_start():
    role = a_role(claims_shifts=True)
    shift = a_shift(role)
    placing.claim_shift(accepted(role), shift)
    Email.objects.all().delete()
    sent = []

    for hours_before in (24 * 8, 24 * 7 - 1, 24 * 3, 23, 5, -1):
        now = shift.starts_at - timedelta(hours=hours_before)
        sent.append(sum(reminding.remind(one, now) for one in reminding.due_for_reminder(now)))

    assert sent == [0, 1, 0, 1, 0, 0]
    assert len(mails()) == 2


def test_who_was_accepted_within_the_week_gets_no_reminder_of_a_week():
    role = a_role()
    ming = accepted(role)
    begins = role.team.call.conference.starts_at
    Application.objects.filter(pk=ming.pk).update(state_changed_at=begins - timedelta(days=4))

    now = begins - timedelta(days=3)
    assert [reminding.remind(one, now) for one in reminding.due_for_reminder(now)] == [False]


def test_thanks_credit_and_certificate_follow_from_what_was_served_and_agreed():
    role = a_role(claims_shifts=True)
    ming = accepted(role)
    ming.consents.create(purpose="credit", credit_name="小明")
    placing.claim_shift(ming, a_shift(role, hours=(9, 12)))

    thanking.finish(ming)
    certificate = thanking.issue_certificate(ming)

    assert (certificate.minutes, certificate.hours, certificate.role_en) == (180, 3, "Check-in")
    assert thanking.issue_certificate(ming) == certificate
    assert PublicCredit.objects.get().name == "小明"
    assert "Thank you" in mails()[-1]


def test_taking_the_consent_back_takes_the_name_off_the_roll_and_giving_it_anew_puts_it_there_again():
    ming = accepted(a_role())
    ming.consents.create(purpose="credit", credit_name="小明")
    thanking.finish(ming, minutes=60)
    assert PublicCredit.objects.get().name == "小明"

    for _twice in range(2):
        thanking.answer_for_roll(ming, agrees=False)
    assert (PublicCredit.objects.count(), PublicCredit.history.count()) == (0, 0)
    assert [one.is_live for one in ming.consents.all()] == [False]

    for _twice in range(2):
        thanking.answer_for_roll(ming, agrees=True)
    assert PublicCredit.objects.get().name == "小明"
    assert sorted(one.is_live for one in ming.consents.all()) == [False, True]


def test_what_was_taken_off_the_roll_does_not_come_back_from_the_bin():
    ming = accepted(a_role())
    ming.consents.create(purpose="credit", credit_name="Ming")
    thanking.finish(ming, minutes=60)
    put_into_bin(PublicCredit.objects.get(), user=None)

    thanking.answer_for_roll(ming, agrees=False)

    assert not Binned.objects.exists()


def test_who_chose_no_name_and_who_served_nowhere_any_more_is_on_no_roll():
    ming, hong = accepted(a_role()), accepted(a_role(), "Hong")
    hong.consents.create(purpose="credit", credit_name="Hong", withdrawn_at=timezone.now())
    for one in (ming, hong):
        thanking.finish(one)
    placing.check_in(hong.assignments.get())

    with pytest.raises(Refused, match="no name"):
        thanking.answer_for_roll(ming, agrees=True)
    thanking.answer_for_roll(hong, agrees=True)

    assert not PublicCredit.objects.exists()


def test_an_unconfirmed_application_is_discarded_and_one_that_was_confirmed_meanwhile_stays():
    role = a_role()
    never, late = (an_application(role, name=name, state="unconfirmed") for name in ("Ming", "Hong"))
    applying.confirm(Application.objects.get(pk=late.pk))

    for application in (never, late):
        forgetting.discard(application)

    assert list(Application.objects.all()) == [late]


def test_nobody_gets_a_certificate_before_the_hours_are_in():
    with pytest.raises(Refused):
        thanking.issue_certificate(accepted(a_role()))
    assert Certificate.objects.count() == 0


def test_nobody_gets_a_certificate_while_a_coordinator_has_opened_their_only_place_again():
    ming = accepted(a_role())
    thanking.finish(ming)
    placing.check_in(ming.assignments.get())

    with pytest.raises(Refused):
        thanking.issue_certificate(ming)


def test_a_no_is_not_taken_back_beside_the_newer_application_of_the_same_person():
    role = a_role()
    first = answering.decline(an_application(role))
    an_application(role)

    with pytest.raises(IllegalMove):
        answering.reopen(first)

    assert state_of(first) == State.DECLINED


def test_every_move_of_an_application_that_is_not_on_the_map_is_refused():
    call = a_call()
    for state in State:
        for target in set(State) - Application.MOVES[state]:
            application = Application(call=call, name="Ming", language="en", state=state)
            with pytest.raises(IllegalMove):
                application.move_to(target)


def test_every_move_of_a_place_that_is_not_on_the_map_is_refused():
    role = a_role()
    application = an_application(role)
    for state in Place:
        for target in set(Place) - Assignment.MOVES[state]:
            with pytest.raises(IllegalMove):
                Assignment(application=application, role=role, state=state).move_to(target)


@pytest.mark.parametrize(
    ("verb", "states"),
    [
        (lambda one, role: answering.accept(one, role), {State.SUBMITTED, State.WAITLISTED}),
        (lambda one, role: answering.offer(one, role), {State.WAITLISTED}),
        (lambda one, role: answering.decline(one), {State.SUBMITTED, State.WAITLISTED}),
        (lambda one, role: answering.reopen(one), {State.DECLINED}),
        (lambda one, role: applying.take_back(one), {State.WITHDRAWN}),
    ],
)
def test_a_verb_answers_only_in_the_states_it_is_meant_for(verb, states):
    role = a_role(maximum=50)
    for number, state in enumerate(State):
        fields = {"offer_ends_at": timezone.now() + timedelta(days=1)} if state == State.OFFERED else {}
        application = an_application(role, name=f"Ming{number}", state=state, **fields)
        if state in states:
            verb(application, role)
        else:
            with pytest.raises(IllegalMove):
                verb(application, role)
