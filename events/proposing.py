"""The verbs of a proposal: propose, change, review, accept, say yes, withdraw, and what a speaker brings.

An acceptance makes the session, a profile for each speaker who has none, and
their places on the stage, all in its transaction. New profiles stay drafts
until the speaker says that they come, and appear with the conference.
"""

from django.db.models import Max
from django.utils.translation import gettext as _

from events import submitting
from events.availability import be_there
from events.casting import cast, column_of
from events.models import Proposal, ProposalReview, ProposalSpeaker, Session
from events.named_speakers import tell_the_named
from events.submitting import (
    UNDECIDED,
    State,
    known_already,
    link_again,
    refuse_closed,
    refuse_to_come_back,
    tell,
    write_down,
)
from portal.locking import lock, locked
from portal.models.signups import IllegalMove
from portal.refused import Refused

TOLD = ("title_zh_hans", "title_en", "abstract_zh_hans", "abstract_en")
PROFILE = ("title", "organization", "bio")


def propose(call, *, forum, speakers, consents=(), **told):
    """Write an unconfirmed proposal and the mail with its link; return the proposal.

    `speakers` is a list of dicts of the columns of `ProposalSpeaker`. One may
    propose much; the same title again is the same proposal, whose link is sent
    once more. Raises Refused where the call is closed.
    """
    with locked(call) as call:
        refuse_closed(call)
        alike = call.proposals.filter(**{name: told.get(name, "") for name in ("title_zh_hans", "title_en")})
        known = known_already(alike, told["email"])
        if known:
            return link_again(known)
        proposal = write_down(Proposal(call=call, forum=forum, **told), consents)
        _write_speakers(proposal, speakers)
        return tell(proposal, "confirm")


def confirm(proposal):
    """Confirm the address; from then on those who are named with theirs know of it."""
    with locked(proposal) as proposal:
        is_news = proposal.state == State.UNCONFIRMED
        proposal = submitting.confirm(proposal)
        if is_news:
            tell_the_named(proposal)
        return proposal


def change(proposal, *, speakers, **told):
    """Change anything, while an answer is awaited; who is named only now is told."""
    with locked(proposal) as proposal:
        if proposal.state not in UNDECIDED:
            raise Refused(_("This has been decided. What can still be changed is on your page."))
        for name, value in told.items():
            setattr(proposal, name, value)
        proposal.save()
        known = list(proposal.speakers.values_list("email", flat=True))
        proposal.speakers.all().delete()
        _write_speakers(proposal, speakers)
        tell_the_named(proposal, known)
        return proposal


def review(proposal, reviewer, score, comment):
    """Write down what a reviewer thinks, over what they thought before; return the review, None where it says nothing.

    Nobody reviews what they propose themselves.
    """
    with locked(proposal) as proposal:
        refuse_own(proposal, reviewer)
        if not score and not comment:
            proposal.reviews.filter(reviewer=reviewer).delete()
            return None
        said = {"score": score or None, "comment": comment}
        return ProposalReview.objects.update_or_create(proposal=proposal, reviewer=reviewer, defaults=said)[0]


def refuse_own(proposal, reviewer):
    if reviewer.email and reviewer.email.casefold() == proposal.email_normalised:
        raise Refused(_("This is a proposal of your own; somebody else decides on it."))


def move(proposal, forum):
    """Give a proposal to another forum, or to none; its producers review it from now on."""
    with locked(proposal) as proposal:
        if proposal.state not in UNDECIDED:
            raise Refused(_("This is decided. Move its session instead."))
        proposal.forum = forum
        proposal.save()
        return proposal


def accept(proposal, user, people=None, answer=""):
    """Take a proposal into the programme; its proposer is asked whether they come.

    `people` maps the key of a speaker to the person they are; a speaker who is
    not in it gets a new profile. Twice is once: nothing is made or mailed again.
    Raises IllegalMove for who has withdrawn: to come back is theirs.
    """
    with locked(proposal) as proposal:
        if proposal.state in Proposal.TAKEN:
            return proposal
        if proposal.state == State.WITHDRAWN:
            raise IllegalMove(proposal, State.ACCEPTED)
        refuse_own(proposal, user)
        proposal.answer = answer
        proposal.session = proposal.session or _make_session(proposal)
        proposal.move_to(State.ACCEPTED)
        if not proposal.session.speakings.exists():
            cast(proposal, user, people or {})
            be_there(proposal)
        return tell(proposal, "state")


def come(proposal):
    """The speaker says yes: they come, and the profiles that were made for it appear with the conference."""
    with locked(proposal) as proposal:
        if proposal.state == State.CONFIRMED:
            return proposal
        proposal.move_to(State.CONFIRMED)
        for speaker in proposal.speakers.filter(is_new=True).exclude(person=None).select_related("person"):
            person = lock(speaker.person)
            if person is not None and person.published_at is None:
                person.published_at = proposal.call.conference.published_at
                person.save()
        return proposal


def withdraw(proposal):
    """Take a proposal back; its session stays in the programme as cancelled, for those who look for it."""
    with locked(proposal) as proposal:
        if proposal.state == State.WITHDRAWN:
            return proposal
        proposal.move_to(State.WITHDRAWN)
        _call_off(proposal.session, True)
        return tell(proposal, "withdrawn")


def take_back(proposal):
    """Undo a withdrawal: accepted as before where there is a session, else an answer is awaited again."""
    with locked(proposal) as proposal:
        refuse_to_come_back(proposal)
        proposal.move_to(State.ACCEPTED if proposal.session else State.SUBMITTED)
        _call_off(proposal.session, False)
        return tell(proposal, "state")


def change_profiles(proposal, profiles):
    """Change title, organization and bio of speakers; `profiles` maps the key of each to a dict of `PROFILE`.

    The profile that an acceptance made follows where nobody has edited it since.
    """
    with locked(proposal) as proposal:
        if proposal.state not in Proposal.TAKEN:
            raise IllegalMove(proposal, proposal.state)
        for speaker in proposal.speakers.select_related("person"):
            told = profiles.get(speaker.pk, {})
            before = {name: getattr(speaker, name) for name in told}
            for name, value in told.items():
                setattr(speaker, name, value)
            speaker.save()
            person = lock(speaker.person) if speaker.is_new and speaker.person else None
            if person is not None:
                _follow(person, speaker, before)
        return proposal


def _follow(person, speaker, before):
    """Let a profile say what its speaker says now, wherever it still says what they said before."""
    for name in ("title", "bio"):
        if name not in before:
            continue
        for code in ("zh_hans", "en"):
            column = f"{name}_{code}"
            if before[name] and (getattr(person, column) or "") == before[name]:
                setattr(person, column, getattr(speaker, name))
                break
        else:
            if not getattr(person, f"{name}_zh_hans") and not getattr(person, f"{name}_en"):
                setattr(person, column_of(name, getattr(speaker, name)), getattr(speaker, name))
    person.save()


def _make_session(proposal):
    conference = proposal.call.conference
    last = conference.sessions.aggregate(last=Max("position"))["last"] or 0
    return Session.objects.create(
        conference=conference,
        forum=proposal.forum,
        kind=proposal.kind,
        language=proposal.spoken,
        level=proposal.level,
        position=last + 1,
        **{name: getattr(proposal, name) for name in TOLD},
    )


def _write_speakers(proposal, speakers):
    ProposalSpeaker.objects.bulk_create(
        ProposalSpeaker(proposal=proposal, position=position, **speaker) for position, speaker in enumerate(speakers, 1)
    )


def _call_off(session, is_off):
    session = session and lock(session)
    if session is not None:
        session.is_cancelled = is_off
        session.save()
