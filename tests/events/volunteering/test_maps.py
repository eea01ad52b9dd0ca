"""Every move that is not on the map is refused."""

from datetime import timedelta

import pytest
from django.utils import timezone

from events.models import Application, Assignment
from events.volunteering import answering, applying
from portal.models.signups import IllegalMove
from tests.make import a_call, a_role, an_application

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]

State, Place = Application.State, Assignment.State


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
