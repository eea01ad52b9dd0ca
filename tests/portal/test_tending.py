"""The daily chores: what is old goes, what is young stays, and a dry run only counts."""

from datetime import timedelta

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from meetups.models import Leadership
from portal import registering, tending
from portal.binning import put_into_bin
from portal.inviting import invite
from portal.locking import for_each
from portal.models import AccountEvent, Binned, Delivery, Invitation, Merge, Person, Registration, SignupAttempt
from tests import make
from tests.organizers import an_administrator

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]

# The columns that tell how old a row is.
AGED = {
    Binned: "deleted_at",
    Merge: "merged_at",
    Invitation: "invited_at",
    SignupAttempt: "made_at",
    AccountEvent: "made_at",
    Session: "expire_date",
    Delivery: "created_at",
    DBTaskResult: "finished_at",
    Registration: "created_at",
}


def one_of_each(user):
    """Make a row of everything that is forgotten in time."""
    put_into_bin(make.a_page(), user)
    Merge.objects.create(kind="portal.person", kept_id=1, gone_id=2, steps=[])
    invite(user, make.a_person(), "hong@example.org", Leadership, make.a_chapter())
    SignupAttempt.objects.create(key=make.a_slug("key"))
    AccountEvent.objects.create(kind=AccountEvent.Kind.LOCKED)
    session = Session.objects.create(session_key=make.a_slug("s"), session_data="", expire_date=timezone.now())
    UserSession.objects.create(user=user, session_key=session.session_key, ip="127.0.0.1", user_agent="", data={})
    make.a_delivery(state=Delivery.State.DELIVERED, due_at=None)
    a_task(TaskResultStatus.SUCCESSFUL, finished_at=timezone.now())
    make.a_registration(make.a_desk())


def a_task(status, **moments):
    return DBTaskResult.objects.create(
        status=status, args_kwargs={}, task_path="x", run_after=timezone.now(), **moments
    )


def counts():
    return {model: model.objects.count() for model in (*AGED, UserSession)}


def told(**how):
    return {sentence: count for sentence, count in tending.tend(**how) if count}


def test_what_is_old_goes_what_is_young_stays_and_a_dry_run_only_counts():
    user = an_administrator()
    one_of_each(user)
    long_ago = timezone.now() - timedelta(days=800)
    for model, column in AGED.items():
        model.objects.update(**{column: long_ago})
    one_of_each(user)
    Session.objects.filter(expire_date__gt=long_ago).update(expire_date=timezone.now() + timedelta(days=1))
    both = counts()

    expected = told(dry_run=True)
    assert counts() == both
    assert len(expected) == len(AGED) and set(expected.values()) == {1}, expected

    assert told() == expected
    assert counts() == {model: count - 1 for model, count in both.items()}
    assert told() == {}


def test_a_task_that_a_killed_worker_left_is_begun_anew_and_one_that_runs_is_not():
    now = timezone.now()
    left = a_task(TaskResultStatus.RUNNING, started_at=now - timedelta(minutes=16))
    runs = a_task(TaskResultStatus.RUNNING, started_at=now - timedelta(minutes=14))

    assert told(dry_run=True) == told() == {"Tasks begun anew that a killed worker left": 1}

    left.refresh_from_db(), runs.refresh_from_db()
    assert (left.status, runs.status) == (TaskResultStatus.READY, TaskResultStatus.RUNNING)


def test_an_offer_lapses_at_its_desk_and_the_next_in_line_is_offered_the_seat():
    desk = make.a_desk(capacity=1)
    ming, hong, lan = (registering.confirm(make.a_registration(desk, name)) for name in ("ming", "hong", "lan"))
    registering.release(ming)
    Registration.objects.filter(pk=hong.pk).update(offer_ends_at=timezone.now())

    assert told(dry_run=True) == told() == {"Offered seats that lapsed": 1}

    states = {one.name: one.state for one in desk.registrations.all()}
    assert states == {"ming": "withdrawn", "hong": "lapsed", "lan": "offered"}


def test_only_a_row_that_is_gone_itself_is_passed_over():
    ming, hong = make.a_person("Ming"), make.a_person("Hong")
    hong.delete()

    assert for_each([ming, hong], lambda one: Person.objects.get(pk=one.pk).name_en) == ["Ming"]
    with pytest.raises(Person.DoesNotExist):
        for_each([ming], lambda one: Person.objects.get(pk=0))
