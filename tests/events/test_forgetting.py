"""Personal data goes away: searched for in every table and every file, under every spelling it was given in."""

import json
from datetime import timedelta

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection
from django.utils import timezone, translation
from post_office.models import Email

from events import volunteer_chores
from events.models import Application, Certificate, Conference, PublicCredit
from events.volunteering import answering, forgetting, merging, placing, reminding, thanking
from portal import tending
from portal.binning import put_into_bin
from portal.models import Binned, SignupAttempt
from tests.make import a_role, a_shift, an_application

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


@pytest.fixture(autouse=True)
def versions_kept(settings, no_versions_kept):
    """They are a place where traces could be left."""
    settings.SIMPLE_HISTORY_ENABLED = True


TRACES = {
    "name": "Zhao Yiqin",
    "email": "zhao.yiqin@example.org",
    "phone": "13911112222",
    "wechat": "zyq-wx",
    "diet": "no coriander",
    "note": "my aunt comes along",
}


def traces(settings):
    return a_dump_with(settings, *TRACES.values())


def a_dump_with(settings, *traces):
    """Return "table.column" of every cell, and every file, that still holds one of the traces.

    Every table of the database is read, also those that no model knows, as the search index; texts within JSON too,
    however their characters are written there.
    """
    spellings = {one.casefold() for trace in traces for one in (trace, json.dumps(trace)[1:-1])}
    labels = {model._meta.db_table: model._meta.label for model in apps.get_models()}
    found = set()
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            columns = [column[0] for column in cursor.description]
            for row in cursor.fetchall():
                for column, value in zip(columns, row, strict=True):
                    if any(one in str(value).casefold() for one in spellings):
                        found.add(f"{labels.get(table, table)}.{column}")
    for path in settings.MEDIA_ROOT.rglob("*") if settings.MEDIA_ROOT.exists() else ():
        if path.is_file() and any(trace.encode() in path.read_bytes() for trace in traces):
            found.add(str(path))
    return found


def a_volunteer_who_served(consents=()):
    role = a_role(claims_shifts=True)
    application = an_application(role, **TRACES)
    for purpose in consents:
        application.consents.create(purpose=purpose, credit_name="Zhao Yiqin" if purpose == "credit" else "")
    answering.accept(application, role)
    placing.confirm_assignment(application.assignments.get())
    application.refresh_from_db()
    placing.claim_shift(application, a_shift(role))
    thanking.finish(application)
    return Application.objects.get(pk=application.pk)


def after_retention(application):
    Conference.objects.update(over_at=timezone.now() - timedelta(days=61))
    return timezone.now()


def test_after_the_retention_nothing_is_left_but_what_was_agreed_to(settings):
    application = a_volunteer_who_served(["run", "credit"])
    thanking.issue_certificate(application)
    assert "post_office.Email.message" in traces(settings)
    now = after_retention(application)

    dict(volunteer_chores.tend(now, dry_run=False))

    left = {trace.removesuffix("_en").removesuffix("_zh_hans") for trace in traces(settings)}
    assert left == {"events.PublicCredit.name", "events.HistoricalPublicCredit.name", "events.Certificate.name"}
    application.refresh_from_db()
    assert (application.state, application.city) == ("anonymised", "Chengdu")
    assert application.assignments.filter(minutes_served=180).count() == 1
    assert Certificate.objects.get().application is None
    assert PublicCredit.objects.get().consent is None


def test_without_a_consent_nothing_is_left_at_all(settings):
    now = after_retention(a_volunteer_who_served())

    dict(volunteer_chores.tend(now, dry_run=False))
    dict(volunteer_chores.tend(now, dry_run=False))

    assert traces(settings) == set()
    assert Application.objects.count() == 1


def test_a_credit_that_an_organizer_has_put_into_the_bin_is_forgotten_with_its_volunteer(settings):
    application = a_volunteer_who_served(["run", "credit"])
    put_into_bin(PublicCredit.objects.get(), None)
    assert "portal.Binned.rows" in traces(settings)

    forgetting.delete(application)

    assert traces(settings) == set()
    assert Binned.objects.count() == 0


def test_delete_me_leaves_nothing_credit_and_certificate_included(settings):
    application = a_volunteer_who_served(["run", "credit", "contact"])
    thanking.issue_certificate(application)

    forgetting.delete(application)

    assert traces(settings) == set()
    assert (Application.objects.count(), Certificate.objects.count(), PublicCredit.objects.count()) == (0, 0, 0)


@pytest.mark.parametrize("goes", [forgetting.delete, forgetting.erase])
def test_whoever_goes_frees_the_place_they_are_offered_and_takes_nothing_from_others(goes):
    role = a_role(maximum=2)
    ming, hong, double = (an_application(role, name=name) for name in ("Ming", "Hong", "Mi.ng"))
    merging.merge(double, ming)
    for application in (ming, hong):
        answering.offer(answering.waitlist(application), role)
    hong = answering.accept_offer(hong)
    hong.consents.create(purpose="credit", credit_name="Hong")
    thanking.finish(hong)
    thanking.issue_certificate(hong)

    for _twice in range(2 if goes is forgetting.erase else 1):
        goes(Application.objects.get(pk=ming.pk))

    role.refresh_from_db()
    assert role.taken == 1
    assert not Application.objects.filter(pk=double.pk).exists()
    hong.refresh_from_db()
    assert (hong.name, Certificate.objects.get().application) == ("Hong", hong)
    assert PublicCredit.objects.get().consent.application == hong


def test_who_was_merged_into_another_or_is_erased_or_unconfirmed_is_not_due_for_erasure():
    role = a_role()
    states = {"Ming": "submitted", "Hong": "unconfirmed", "Lan": "submitted", "Bo": "submitted"}
    ming, _hong, lan, bo = (an_application(role, name=name, state=state) for name, state in states.items())
    merging.merge(lan, bo)
    forgetting.erase(bo)
    after = role.team.call.conference.over_at + timedelta(days=role.team.call.retention_days)

    assert list(forgetting.due_for_erasure(after)) == [ming]
    assert not forgetting.due_for_erasure(after - timedelta(minutes=1)).exists()


def test_deleting_oneself_frees_the_places_and_leaves_the_mails_of_others():
    role = a_role()
    ming, hong = an_application(role), an_application(role, name="Hong")
    for application in (ming, hong):
        answering.accept(application, role)

    forgetting.delete(ming)

    role.refresh_from_db()
    assert role.taken == 1
    assert [mail.to for mail in Email.objects.all()] == [["hong@example.org"]]


def test_a_dry_run_says_what_it_would_do_and_changes_nothing(settings, capsys):
    after_retention(a_volunteer_who_served())
    before = traces(settings)

    with translation.override("zh-hans"):  # a command line speaks English all the same
        call_command("tend", "--dry-run")

    assert "1 Applications whose personal data is erased" in capsys.readouterr().out
    assert traces(settings) == before


def test_what_is_never_confirmed_is_deleted_after_three_days_and_not_before():
    role = a_role()
    old, fresh, confirmed = (
        an_application(role, name=name, state=state)
        for name, state in (("Old", "unconfirmed"), ("Fresh", "unconfirmed"), ("Done", "submitted"))
    )
    Application.objects.filter(pk__in=[old.pk, confirmed.pk]).update(created_at=timezone.now() - timedelta(hours=73))
    SignupAttempt.objects.create(key="x", made_at=timezone.now() - timedelta(days=2))

    dict(tending.tend())

    assert set(Application.objects.all()) == {fresh, confirmed}
    assert SignupAttempt.objects.count() == 0


@pytest.mark.parametrize(
    ("verb_of", "due"),
    [
        (forgetting, {"state": "unconfirmed"}),
        (answering, {"state": "offered", "offer_ends_at": timezone.now()}),
        (reminding, {"state": "accepted"}),
    ],
)
def test_a_volunteer_who_goes_while_the_chores_are_done_does_not_end_them(monkeypatch, verb_of, due):
    role, everything_of = a_role(), verb_of.everything_of
    names = ["Ming", "Hong"]
    long_ago = timezone.now() - timedelta(days=4)
    for name in names:
        Application.objects.filter(pk=an_application(role, name=name).pk).update(
            **due, created_at=long_ago, state_changed_at=long_ago
        )
    Conference.objects.update(starts_at=timezone.now() + timedelta(hours=23))

    def while_it_goes(application):
        names.remove(application.name)
        Application.objects.filter(pk=application.pk).delete()
        return everything_of(application)

    monkeypatch.setattr(verb_of, "everything_of", while_it_goes)

    dict(volunteer_chores.tend(timezone.now(), dry_run=False))

    assert names == []


def test_every_mail_about_a_volunteer_can_be_found_by_their_link():
    """It is by its link that a mail is erased with its person."""
    a_volunteer_who_served(["run"])
    assert Email.objects.count() >= 2
    assert all("/my/v." in mail.message for mail in Email.objects.all())
