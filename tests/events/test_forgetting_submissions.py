"""What proposers and exhibitors told goes away: searched for in every table and every file."""

from datetime import timedelta

import pytest
from django.contrib.admin.models import CHANGE, LogEntry
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from post_office.models import Email

from events import bringing, exhibiting, forgetting, proposing, releasing, submission_chores, submitting
from events.models import Booth, BoothApplication, Conference, Proposal, Session
from portal.models import Person
from tests.events.test_forgetting import a_dump_with
from tests.make import a_booth_application, a_booth_call, a_proposal, a_proposal_call
from tests.organizers import an_editor, an_organizer, signed_in
from tests.portal.pictures import a_file

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]

EMAIL, NOTE, NAME, HANDLE = "zhao.yiqin@example.org", "my aunt comes along", "Zhao Yiqin", "zyq-mends"


@pytest.fixture(autouse=True)
def versions_kept(settings, no_versions_kept, tmp_path):
    """They are a place where traces could be left, and so are files."""
    settings.MEDIA_ROOT = tmp_path
    settings.SIMPLE_HISTORY_ENABLED = True


def a_speaker_on_the_programme():
    """Through the real verbs and the admin, so that mails, logs and versions are written."""
    speaker = {"name": NAME, "bio": f"{NAME} mends forks.", "email": EMAIL}
    proposal = proposing.propose(
        a_proposal_call(),
        forum=None,
        speakers=[speaker],
        consents=["run", "publish"],
        **{"name": NAME, "email": EMAIL, "language": "en", "title_en": "Forks", "notes": NOTE},
    )
    submitting.confirm(proposal)
    client = signed_in(an_organizer(proposal.call.conference.series))
    client.post(reverse("admin:proposal-score", args=[proposal.pk]), {"score": "5", "comment": f"{NAME} is good."})
    client.post(reverse("admin:proposal-answer", args=[proposal.pk]), {"do": "accept"})
    proposal.refresh_from_db()
    proposing.come(proposal)
    bringing.add_slides(proposal, title=f"Slides of {NAME}", file=SimpleUploadedFile("s.txt", NAME.encode()))
    bringing.set_photo(proposal.speakers.get(), a_file())
    return Proposal.objects.get(pk=proposal.pk)


def known_by_more_than_the_name(person):
    """As organizers write it down: other names and links, one of each that was deleted again, and what the log says."""
    for former in (f"{HANDLE}-once", HANDLE):
        person.names.all().delete()
        person.links.all().delete()
        person.names.create(name=former)
        person.links.create(url=f"https://code.example.org/{former}")
    who = an_editor()
    LogEntry.objects.log_actions(who.pk, [person], CHANGE, f"Added link “{HANDLE}”.", single_object=True)


def after_retention():
    Conference.objects.update(over_at=timezone.now() - timedelta(days=61))
    return dict(submission_chores.tend(timezone.now(), dry_run=False))


def test_after_the_retention_the_public_record_is_all_that_is_left(settings):
    proposal = a_speaker_on_the_programme()
    assert "post_office.Email.message" in a_dump_with(settings, NAME)

    after_retention()
    after_retention()

    assert a_dump_with(settings, EMAIL, NOTE) == set()
    left = {place.split(".")[1].removeprefix("Historical") for place in a_dump_with(settings, NAME) if "." in place}
    assert {"Proposal", "ProposalSpeaker", "ProposalReview"}.isdisjoint(left)
    assert Person.objects.filter(name_en=NAME).exists()
    proposal.refresh_from_db()
    assert (proposal.state, proposal.reviews.get().score) == ("anonymised", 5)
    assert [consent.purpose for consent in proposal.consents.all()] == ["publish"]


def test_delete_me_leaves_nothing_at_all(settings, django_capture_on_commit_callbacks):
    proposal = a_speaker_on_the_programme()
    known_by_more_than_the_name(proposal.speakers.get().person)

    with django_capture_on_commit_callbacks(execute=True):
        forgetting.delete(proposal)

    assert a_dump_with(settings, EMAIL, NOTE, NAME, "zhao-yiqin", HANDLE) == set()
    assert (Proposal.objects.count(), Session.objects.count(), Email.objects.count()) == (0, 0, 0)
    portraits = settings.MEDIA_ROOT / "portraits"
    assert not portraits.exists() or not list(portraits.iterdir())


def test_a_released_session_stays_without_its_words_and_is_cancelled(settings, django_capture_on_commit_callbacks):
    proposal = a_speaker_on_the_programme()
    session, begins = proposal.session, proposal.call.conference.starts_at
    session.starts_at, session.ends_at = begins, begins + timedelta(minutes=40)
    session.abstract_en = f"{NAME} tells."
    session.save()
    releasing.release(proposal.call.conference, an_organizer(proposal.call.conference.series))

    with django_capture_on_commit_callbacks(execute=True):
        forgetting.delete(proposal)

    assert a_dump_with(settings, EMAIL, NOTE, NAME) == set()
    assert Session.objects.get().is_cancelled


def test_a_profile_that_others_name_keeps_its_name_alone(settings):
    proposal = a_speaker_on_the_programme()
    person = proposal.speakers.get().person
    other = Session.objects.create(conference=proposal.call.conference, title_en="Another")
    other.speakings.create(person=person)
    known_by_more_than_the_name(person)

    forgetting.delete(proposal)

    person.refresh_from_db()
    assert (person.name_en, person.bio_en, person.portrait.name) == (NAME, "", "")
    assert a_dump_with(settings, EMAIL, NOTE, HANDLE) == set()


def an_exhibitor():
    told = {"name": NAME, "email": EMAIL, "language": "en", "title_en": "Stand of Zhao", "needs": NOTE}
    application = exhibiting.apply_for(a_booth_call(), consents=["run", "publish"], **told)
    submitting.confirm(application)
    exhibiting.accept(application, spot="A12")
    return BoothApplication.objects.get()


def test_an_exhibitor_is_forgotten_after_the_retention_and_the_stand_stays(settings):
    an_exhibitor()

    after_retention()

    assert a_dump_with(settings, EMAIL, NOTE, NAME) == set()
    assert Booth.objects.get().title_en == "Stand of Zhao"


def test_an_exhibitor_who_deletes_everything_takes_the_stand_along(settings):
    forgetting.delete(an_exhibitor())

    assert a_dump_with(settings, EMAIL, NOTE, NAME, "Stand of Zhao") == set()
    assert (Booth.objects.count(), BoothApplication.objects.count()) == (0, 0)


def test_what_is_never_confirmed_is_deleted_after_three_days_and_not_before():
    for make in (a_proposal, a_booth_application):
        old, fresh, sent = make(name="Old", state="unconfirmed"), make(name="Fresh", state="unconfirmed"), make()
        ages = type(old).objects.filter(pk__in=[old.pk, sent.pk])
        ages.update(created_at=timezone.now() - timedelta(hours=73))

        dict(submission_chores.tend(timezone.now(), dry_run=True))
        assert type(old).objects.count() == 3
        dict(submission_chores.tend(timezone.now(), dry_run=False))

        assert set(type(old).objects.all()) == {fresh, sent}


def test_every_mail_about_a_submission_can_be_found_by_its_link():
    """It is by its link that a mail is erased with its person."""
    a_speaker_on_the_programme()
    an_exhibitor()
    assert Email.objects.count() >= 5
    assert all("/my/p." in mail.message or "/my/b." in mail.message for mail in Email.objects.all())
