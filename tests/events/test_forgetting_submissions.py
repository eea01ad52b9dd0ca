"""What proposers and exhibitors told goes away: searched for in every table and every file."""

from datetime import timedelta

import pytest
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from post_office.models import Email

from events import bringing, exhibiting, forgetting, proposing, releasing, submission_chores, submitting
from events.models import Booth, BoothApplication, Conference, Forum, Presence, Proposal, Session, Speaking
from portal.binning import put_back, put_into_bin
from portal.merging import merge
from portal.models import (
    Binned,
    Delivery,
    FormerSlug,
    ImportedRow,
    LinkCheck,
    Merge,
    OutdatedText,
    Person,
    Webhook,
)
from portal.webhooks.announcing import announce_publication
from tests import make
from tests.events.test_forgetting import a_dump_with
from tests.make import a_booth_application, a_booth_call, a_proposal, a_proposal_call
from tests.organizers import an_editor, an_organizer, signed_in
from tests.portal.pictures import a_file

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]

EMAIL, NOTE, NAME, HANDLE = "zhao.yiqin@example.org", "my aunt comes along", "Zhao Yiqin", "zyq-mends"
ALL = (EMAIL, NOTE, NAME, HANDLE, "zhao-yiqin")


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
    make.a_presence(proposal.speakers.get().person, proposal.call.conference)
    assert "post_office.Email.message" in a_dump_with(settings, NAME)

    after_retention()
    after_retention()

    assert a_dump_with(settings, EMAIL, NOTE) == set()
    left = {place.split(".")[1].removeprefix("Historical") for place in a_dump_with(settings, NAME) if "." in place}
    assert {"Proposal", "ProposalSpeaker", "ProposalReview"}.isdisjoint(left)
    assert Person.objects.filter(name_en=NAME).exists()
    assert not Presence.objects.exists() and not Presence.history.exists()
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


def test_delete_me_leaves_nothing_of_what_organizers_did_with_a_profile(settings, django_capture_on_commit_callbacks):
    """Merged with two older ones, told to other servers, with a portrait of its own, named by a deleted session."""
    Webhook.objects.create(name="Them", url="https://example.org/", on_publication=True)
    with django_capture_on_commit_callbacks(execute=True):
        proposal = a_speaker_on_the_programme()
        person, chief = proposal.speakers.get().person, User.objects.create_superuser("chief")
        known_by_more_than_the_name(person)
        other = an_old_profile(proposal.call.conference, chief)
        merge(other, an_old_profile(proposal.call.conference, chief), chief)
        merge(person, other, chief)
        announce_publication(person)
        LinkCheck.objects.create(url=f"https://code.example.org/{HANDLE}", checked_at=timezone.now())
        LogEntry.objects.log_actions(chief.pk, [proposal.session], CHANGE, _a_speaker_changed(), single_object=True)
        proposal.session.speakings.create(name_then_en="Hong", title_then_en=f"Friend of {NAME}")
    assert {"portal.Merge.steps", "portal.Binned.rows", "portal.Delivery.body"} <= a_dump_with(settings, *ALL)

    with django_capture_on_commit_callbacks(execute=True):
        forgetting.delete(proposal)

    assert a_dump_with(settings, *ALL) == set()
    assert files_in(settings) == []
    assert Speaking.history.count() == 0


def test_delete_me_leaves_alone_what_tells_of_others(settings, django_capture_on_commit_callbacks):
    Webhook.objects.create(name="Them", url="https://example.org/", on_publication=True)
    proposal, chief = a_speaker_on_the_programme(), User.objects.create_superuser("chief")
    theirs = proposal.speakers.get().person
    hong, elder = make.a_person("Hong"), make.a_person("Hong the elder")
    merge(hong, elder, chief)
    for person in (theirs, hong):
        all_that_tells_of(person, proposal.call.conference, chief)
    put_into_bin(make.a_person("Lan"), chief)
    before = Person.history.filter(id=hong.pk).count()

    with django_capture_on_commit_callbacks(execute=True):
        forgetting.delete(proposal)

    assert [one.kept_id for one in Merge.objects.all()] == [hong.pk]
    assert {one.object_id for one in FormerSlug.objects.filter(model="portal.person")} == {hong.pk}
    assert [one.key.split()[2] for one in Delivery.objects.filter(key__contains=" portal.person ")] == [str(hong.pk)]
    assert [one.row_id for one in OutdatedText.objects.all()] == [hong.pk]
    values = {one.object_id: (one.values, one.unread) for one in ImportedRow.objects.all()}
    assert values == {theirs.pk: ({}, []), hong.pk: ({"bio": "x"}, ["y"])}
    assert LogEntry.objects.filter(content_type__model="person", object_id=hong.pk).count() == 1
    assert [one.url for one in LinkCheck.objects.all()] == [f"https://code.example.org/{hong.slug}"]
    assert [one.person for one in Presence.objects.all()] == [hong]
    assert {one.person_id for one in Presence.history.all()} == {hong.pk}
    assert Person.history.filter(id=hong.pk).count() == before
    assert [one.title for one in Binned.objects.all()] == ["Lan"]


def all_that_tells_of(person, conference, chief):
    """As a rename, an import, a look at links, the log, other servers, translators and schedules leave it behind."""
    person.links.create(url=f"https://code.example.org/{person.slug}")
    LinkCheck.objects.create(url=f"https://code.example.org/{person.slug}", checked_at=timezone.now())
    FormerSlug.objects.create(model="portal.person", slug=f"{person.slug}-once", object_id=person.pk)
    told = {"source": "table", "model": "portal.person", "key": person.slug, "object_id": person.pk}
    ImportedRow.objects.create(**told, values={"bio": "x"}, unread=["y"])
    OutdatedText.objects.create(kind="portal.person", row_id=person.pk, text="bio", language="en", former="x")
    LogEntry.objects.log_actions(chief.pk, [person], CHANGE, "Changed bio.", single_object=True)
    announce_publication(person)
    make.a_presence(person, conference)


@pytest.mark.parametrize("name", ["session", "person"])
def test_delete_me_reaches_what_lies_in_the_bin(name, settings, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        proposal = a_speaker_on_the_programme()
        known_by_more_than_the_name(proposal.speakers.get().person)
        put_into_bin(proposal.session, None)
        if name == "person":
            put_into_bin(proposal.speakers.get().person, None)
        proposal.refresh_from_db()
        forgetting.delete(proposal)

    assert a_dump_with(settings, *ALL) == set()
    assert files_in(settings) == []


def test_what_was_deleted_together_with_somebody_can_still_come_back(django_capture_on_commit_callbacks):
    """A forum lies in the bin with who produced it: without them, it is still the forum."""
    proposal = a_speaker_on_the_programme()
    person = proposal.speakers.get().person
    forum = make.a_forum(proposal.call.conference, title="Harvest")
    make.produces(person, forum), make.produces(make.a_person("Hong"), forum)
    binned = put_into_bin(forum, None)

    forgetting.delete(proposal)

    binned.refresh_from_db()
    put_back(binned)
    [production] = Forum.objects.get(title_en="Harvest").productions.all()
    assert production.person.name_en == "Hong"


def an_old_profile(conference, chief):
    """Another profile of the speaker, who once was on a stage, in a session that was deleted."""
    person = Person.objects.create(slug=make.a_slug(HANDLE), name_en=f"{NAME} the elder", bio_en=HANDLE)
    person.portrait.save(f"{HANDLE}.jpg", a_file())
    session = Session.objects.create(conference=conference, title_en="Another")
    session.speakings.create(person=person, name_then_en=f"{NAME} then")
    put_into_bin(session, chief)
    return person


def _a_speaker_changed():
    """As the admin writes it down on the page of the session."""
    return [{"changed": {"name": "speaker", "object": NAME, "fields": ["Title that day"]}}]


def files_in(settings):
    return [str(path) for path in settings.MEDIA_ROOT.rglob("*") if path.is_file()]


@pytest.mark.parametrize("forget", [forgetting.erase, forgetting.delete])
def test_whoever_was_named_is_forgotten_with_the_proposal(settings, forget):
    told = {"name": NAME, "email": EMAIL, "language": "en", "title_en": "Forks"}
    speakers = [{"name": NAME, "email": EMAIL}, {"name": "Lan Qin", "email": "lan.qin@example.org"}]
    proposal = proposing.confirm(proposing.propose(a_proposal_call(), forum=None, speakers=speakers, **told))
    assert "post_office.Email.to" in a_dump_with(settings, "lan.qin@example.org")

    forget(proposal)

    assert a_dump_with(settings, "lan.qin@example.org", "Lan Qin") == set()


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
    OutdatedText.objects.create(kind="portal.person", row_id=person.pk, text="bio", language="en", former=person.bio_en)
    make.a_presence(person, proposal.call.conference)

    forgetting.delete(proposal)

    person.refresh_from_db()
    assert (person.name_en, person.bio_en, person.portrait.name) == (NAME, "", "")
    assert not OutdatedText.objects.exists()
    assert not Presence.objects.exists() and not Presence.history.exists()
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


def test_a_stand_in_the_bin_goes_with_its_exhibitor(settings):
    application = an_exhibitor()
    put_into_bin(application.booth, None)
    application.refresh_from_db()

    forgetting.delete(application)

    assert a_dump_with(settings, EMAIL, NOTE, NAME, "Stand of Zhao") == set()


def test_what_is_never_confirmed_is_deleted_after_three_days_and_not_before():
    for a_submission in (a_proposal, a_booth_application):
        old, fresh = (a_submission(name=name, state="unconfirmed") for name in ("Old", "Fresh"))
        sent = a_submission()
        ages = type(old).objects.filter(pk__in=[old.pk, sent.pk])
        ages.update(created_at=timezone.now() - timedelta(hours=73))

        dict(submission_chores.tend(timezone.now(), dry_run=True))
        assert type(old).objects.count() == 3
        dict(submission_chores.tend(timezone.now(), dry_run=False))

        assert set(type(old).objects.all()) == {fresh, sent}


def test_every_mail_about_a_submission_can_be_found_by_its_link():
    """It is by its link that a mail is erased with its person; what others are told is marked instead."""
    a_speaker_on_the_programme()
    an_exhibitor()
    assert Email.objects.count() >= 5
    assert all("/my/p." in mail.message or "/my/b." in mail.message for mail in Email.objects.all())
