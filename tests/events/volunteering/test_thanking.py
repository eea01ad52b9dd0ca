"""After the event: the roll of thanks and the certificate."""

import pytest
from django.utils import timezone

from events.models import Application, Certificate, PublicCredit
from events.volunteering import placing, thanking
from portal.binning import put_into_bin
from portal.models import Binned
from portal.refused import Refused
from tests.events.volunteering.places import accepted, mails
from tests.make import a_role, a_shift

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]

State = Application.State


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
