"""How often forms may be sent: by one address, and from one network; who gives no address shares it with nobody."""

from datetime import timedelta

import pytest
from django.utils import timezone

from portal.limits import PER_ADDRESS, PER_NETWORK, WINDOW, is_too_often, marks_of, network_of
from portal.models import SignupAttempt

pytestmark = pytest.mark.django_db


@pytest.fixture
def sent(rf):
    """Send a form from a network with an address; tells whether it was taken."""

    def send(network, email):
        marks = marks_of(rf.get("/", REMOTE_ADDR=network), email)
        SignupAttempt.objects.bulk_create(marks or [])
        return marks is not None

    return send


def test_an_address_is_written_to_a_few_times_an_hour_wherever_its_forms_come_from(sent):
    taken = [sent(f"203.0.{number}.1", "ming@example.org") for number in range(PER_ADDRESS + 1)]

    assert taken == [True] * PER_ADDRESS + [False]
    assert sent("203.0.0.1", "hong@example.org")


def test_those_who_leave_out_their_address_do_not_stand_in_each_others_way(sent):
    assert all(sent(f"203.0.{number}.1", "") for number in range(PER_ADDRESS + 1))


def test_a_network_has_its_limit_with_and_without_addresses(sent):
    assert all(sent("203.0.113.5", "") for _number in range(PER_NETWORK))
    assert not sent("203.0.113.6", "ming@example.org")


def an_hour_passes():
    SignupAttempt.objects.update(made_at=timezone.now() - WINDOW - timedelta(seconds=1))


def test_after_an_hour_an_address_is_written_to_again(sent):
    for number in range(PER_ADDRESS + 1):
        sent(f"203.0.{number}.1", "ming@example.org")

    an_hour_passes()

    assert sent("203.0.0.1", "ming@example.org")


def test_what_happens_too_often_is_told_of_its_own_kind_and_value_for_an_hour():
    assert [is_too_often("is named", "ming", 2) for _time in range(4)] == [False, False, True, True]
    assert not is_too_often("is named", "hong", 2)
    assert not is_too_often("names others", "ming", 2)

    an_hour_passes()

    assert not is_too_often("is named", "ming", 2)


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("203.0.113.5", "203.0.113.0/24"),
        ("::ffff:203.0.113.5", "203.0.113.0/24"),
        ("2001:db8:1:2:3::4", "2001:db8:1:2::/64"),
        ("", "unknown"),
        ("a socket", "unknown"),
    ],
)
def test_a_network_is_that_of_a_house(rf, address, network):
    assert network_of(rf.get("/", REMOTE_ADDR=address)) == network


def test_behind_a_proxy_its_own_word_counts_and_not_the_visitors(rf, settings):
    request = rf.get("/", REMOTE_ADDR="127.0.0.1", HTTP_X_FORWARDED_FOR="198.51.100.9, 203.0.113.5")
    assert network_of(request) == "127.0.0.0/24"

    settings.BEHIND_PROXY = True
    assert network_of(request) == "203.0.113.0/24"
