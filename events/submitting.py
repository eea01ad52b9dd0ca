"""The verbs that proposals and applications for a booth have in common.

What is their own (what an acceptance makes, what a withdrawal takes back) is in
`proposing` and `exhibiting`. Each verb holds the row of the submission, checks,
writes, and queues its mail in one transaction; doing it twice is doing it once,
so that a decision is one mail. The map of states is drawn in docs/proposals.md.
"""

from django.utils import timezone
from django.utils.translation import gettext as _

from events.models import Submission
from portal import mail
from portal.locking import locked
from portal.models import PrivacyNotice
from portal.models.signups import IllegalMove, normalise_email
from portal.refused import Refused

State = Submission.State
# An answer is awaited: everything may still be changed.
UNDECIDED = (State.SUBMITTED, State.WAITING)


def refuse_closed(call):
    if not call.is_open():
        raise Refused(_("This call is closed."))


def known_already(submissions, email):
    """Return a live submission of this address among these, or None. Call it under the lock of the call."""
    return submissions.filter(email_normalised=normalise_email(email), state__in=Submission.LIVE).first()


def link_again(submission):
    """Send who is known already their link once more; the caller answers as if it were the first time."""
    return tell(submission, "confirm" if submission.state == State.UNCONFIRMED else "link-again")


def write_down(submission, consents):
    """Save a new submission, which holds nothing before its address is confirmed, with what was agreed to."""
    submission.notice = submission.call.notice or PrivacyNotice.current()
    submission.state = State.UNCONFIRMED
    submission.save()
    for purpose in consents:
        submission.consents.create(purpose=purpose, notice=submission.notice)
    return submission


def confirm(submission):
    """Confirm the address. Pressing the button twice is no mistake, nor is it too late once the call is closed."""
    with locked(submission) as submission:
        if submission.state != State.UNCONFIRMED:
            return submission
        submission.confirmed_at = timezone.now()
        submission.move_to(State.SUBMITTED)
        return tell(submission, "state")


def decline(submission, answer=""):
    return _decide(submission, State.DECLINED, answer)


def wait(submission, answer=""):
    """Put it on the waiting list."""
    return _decide(submission, State.WAITING, answer)


def reopen(submission, answer=""):
    """Take a "no" back: an answer is awaited again."""
    with locked(submission) as submission:
        if submission.state == State.SUBMITTED:
            return submission
        if submission.state != State.DECLINED or submission.is_replaced():
            raise IllegalMove(submission, State.SUBMITTED)
        submission.answer = answer
        submission.move_to(State.SUBMITTED)
        return tell(submission, "state")


def _decide(submission, state, answer):
    with locked(submission) as submission:
        if submission.state == state:
            return submission
        submission.answer = answer
        submission.move_to(state)
        return tell(submission, "state")


def refuse_to_come_back(submission):
    """Raise where a withdrawal cannot be undone: there is none, the conference has begun, or they have come anew."""
    if submission.state != State.WITHDRAWN:
        raise IllegalMove(submission, State.SUBMITTED)
    if submission.call.conference.starts_at <= timezone.now():
        raise Refused(_("The conference has begun; it is too late for this."))
    if submission.is_replaced():
        raise Refused(_("You have applied again in the meantime; please use the link of that application."))


def tell(submission, name):
    """Queue the mail `submissions/<name>` about the submission, and return the submission."""
    context = {"submission": submission, "call": submission.call, "conference": submission.call.conference}
    mail.queue(f"submissions/{name}", submission.email, submission.language, **context)
    return submission
