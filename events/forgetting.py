"""What people sent to calls goes away: after the retention, and at once for who asks.

Erased are contacts, answers, notes, the link, the mails, and what reviewers
wrote. What became public (the session, the profile, the booth) stays, and so
does the consent to it; "delete me" takes these along as well.
"""

from django.db import transaction
from django.db.models import ProtectedError
from django.utils import timezone

from events.bringing import drop, materials_of
from events.models import Presence, Proposal, ReleasedPlace, Session, Speaking, SubmissionConsent
from events.submitting import State
from portal import mail
from portal.binning import tied_before
from portal.locking import lock, locked
from portal.models import Person
from portal.photos import delete_files
from portal.references import belonging_to
from portal.traces import forget_log, forget_past, forget_traces

PUBLISH = SubmissionConsent.Purpose.PUBLISH


def erase(submission):
    """Erase what is personal; the row stays for the counts, what is public for its own consent."""
    with locked(submission) as submission:
        if submission.erased_at:
            return
        mail.forget(submission)
        forget_log(submission)
        submission.consents.exclude(purpose=PUBLISH).delete()
        if isinstance(submission, Proposal):
            _forget_presences(submission)
            submission.speakers.all().delete()
            submission.reviews.update(comment="")
            submission.put_up, submission.available = [], []
        for name in submission.PERSONAL:
            setattr(submission, name, "")
        submission.name = submission.email = ""
        submission.erased_at = timezone.now()
        submission.move_to(State.ANONYMISED)


def discard(submission):
    """Delete what was never confirmed; one that was confirmed meanwhile stays."""
    with locked(submission) as submission:
        if submission.state == State.UNCONFIRMED:
            delete(submission)


def delete(submission):
    """Delete everything about one submission, and what became public of it."""
    with locked(submission) as submission:
        mail.forget(submission)
        forget_log(submission)
        if isinstance(submission, Proposal):
            _forget_presences(submission)
            _take_off_the_programme(submission)
        elif submission.booth is not None:
            _delete_with_traces(submission.booth)
        else:
            _forget_binned(submission, "booth")
        submission.delete()


def _forget_presences(proposal):
    """Forget when its speakers can be there, which nobody needs any more."""
    people = list(proposal.speakers.exclude(person=None).values_list("person", flat=True))
    theirs = {"conference": proposal.call.conference_id, "person__in": people}
    Presence.objects.filter(**theirs).delete()
    Presence.history.filter(**theirs).delete()


def _take_off_the_programme(proposal):
    """Delete the session; one that a release holds stays without its words, cancelled where it is still ahead."""
    session = proposal.session and lock(proposal.session)
    for material in materials_of(proposal):
        drop(material)
    for speaker in proposal.speakers.select_related("person"):
        if session is not None:
            for speaking in Speaking.objects.filter(session=session, person=speaker.person):
                _delete_with_traces(speaking)
        if speaker.is_new:
            _forget_person(speaker)
    if session is None:
        _forget_binned(proposal, "session")
        return
    if not ReleasedPlace.objects.filter(session=session).exists():
        _delete_with_traces(session)
        return
    session.abstract_zh_hans = session.abstract_en = ""
    session.is_cancelled = session.is_cancelled or proposal.call.conference.over_at > timezone.now()
    session.save()
    forget_past(Session, {session.pk})


def _forget_person(speaker):
    """Delete the profile of a speaker; one that other conferences or meetups name keeps no more than its name."""
    person = speaker.person
    if person is None:
        _forget_binned(speaker, "person")
        return
    key, portrait = person.pk, person.portrait.name
    for own in belonging_to(Person):
        own.model.objects.filter(**{own.name: key}).delete()
    try:
        with transaction.atomic():
            person.delete()
    except ProtectedError:
        with locked(person) as person:
            for name in ("title_zh_hans", "title_en", "bio_zh_hans", "bio_en", "portrait", "portrait_credit"):
                setattr(person, name, "")
            person.save()
        forget_past(Person, {key})
    else:
        forget_traces(Person, {key})
    if portrait:
        transaction.on_commit(lambda: delete_files([portrait]))


def _delete_with_traces(row):
    model, key = type(row), row.pk
    row.delete()
    forget_traces(model, {key})


def _forget_binned(row, name):
    """Forget what became public of a row, where an organizer has put that into the bin."""
    key = tied_before(row, name)
    if key is not None:
        forget_traces(row._meta.get_field(name).related_model, {key})
