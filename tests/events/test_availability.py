"""When a proposer can be there: asked for by halves of days, written down when it is accepted, warned of later."""

from datetime import datetime, timedelta

import pytest

from events import forgetting, proposing, star_chores
from events.availability import halves_of, spans
from events.conflicts import doubts_about
from events.models import Presence
from tests.events.reading import read
from tests.make import SHANGHAI, a_conference, a_person, a_proposal, a_proposal_call
from tests.organizers import an_administrator, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


def at(day, hour):
    return datetime(2030, 10, day, hour, tzinfo=SHANGHAI)


@pytest.fixture
def conference():
    return a_conference(slug="openconf-2030", starts_at=at(26, 0), ends_at=at(28, 0), precision="day")


@pytest.fixture
def proposal(conference):
    return a_proposal(a_proposal_call(conference), available=["2030-10-26/pm", "2030-10-27/am"])


def present():
    return [(one.person.name_en, one.starts_at, one.ends_at) for one in Presence.objects.select_related("person")]


def test_mornings_and_afternoons_of_each_day_are_asked_for(conference):
    words = [words for _value, words in halves_of(conference)]

    assert words[:2] == ["Sat 26 October 2030 · morning", "Sat 26 October 2030 · afternoon"]
    assert len(words) == 4


@pytest.mark.parametrize("fields", [{"precision": "month"}, {"ends_at": at(26, 0) + timedelta(days=9)}])
def test_days_that_nobody_knows_or_too_many_of_them_are_not_asked_for(conference, fields):
    for name, value in fields.items():
        setattr(conference, name, value)

    assert halves_of(conference) == []


def test_halves_that_touch_are_one_span_and_all_of_them_are_no_limit(conference):
    every = [value for value, _words in halves_of(conference)]

    assert spans(conference, ["2030-10-27/am", "2030-10-26/pm"]) == [(at(26, 13), at(27, 13))]
    assert spans(conference, ["2030-10-26/am", "2030-10-27/pm"]) == [(at(26, 0), at(26, 13)), (at(27, 13), at(28, 0))]
    assert spans(conference, every) == spans(conference, []) == spans(conference, ["1999-01-01/am"]) == []


def test_an_acceptance_writes_it_down_and_the_board_warns_by_it(conference, proposal):
    session = proposing.accept(proposal, an_administrator()).session
    assert present() == [("Ming", at(26, 13), at(27, 13))]

    type(session).objects.update(starts_at=at(27, 15), ends_at=at(27, 16))
    assert "Ming cannot be there at that time" in [doubt.text for doubt in doubts_about(conference)]
    type(session).objects.update(starts_at=at(26, 15), ends_at=at(26, 16))
    assert "Ming cannot be there at that time" not in [doubt.text for doubt in doubts_about(conference)]


def test_what_the_organizers_know_of_a_person_goes_before(conference, proposal):
    ming = a_person("Ming")
    Presence.objects.create(conference=conference, person=ming, starts_at=at(26, 9), ends_at=at(26, 10))

    proposing.accept(proposal, an_administrator(), {proposal.speakers.get().pk: ming})

    assert present() == [("Ming", at(26, 9), at(26, 10))]


@pytest.mark.parametrize("forget", [forgetting.erase, forgetting.delete])
def test_it_goes_when_the_proposal_goes(proposal, forget):
    ming = a_person("Ming")
    proposal = proposing.accept(proposal, an_administrator(), {proposal.speakers.get().pk: ming})

    forget(proposal)

    assert (present(), Presence.history.count()) == ([], 0)
    assert not type(proposal).objects.exclude(available=[]).exists()


def test_it_is_forgotten_with_its_versions_long_after_the_conference(conference, proposal):
    proposing.accept(proposal, an_administrator())

    list(star_chores.tend(conference.over_at + star_chores.KEPT_FOR, dry_run=False))

    assert (present(), Presence.history.count()) == ([], 0)


def test_the_form_offers_the_halves_and_the_reviewer_reads_them(client, conference, proposal):
    page = read(client, "conferences/openconf-2030/proposals/new/")
    assert "Sun 27 October 2030 · afternoon" in page.text

    answer = signed_in(an_administrator()).get(f"/admin/events/proposal/{proposal.pk}/change/")
    assert "Sat 26 October 2030 · afternoon, Sun 27 October 2030 · morning" in answer.content.decode()
