"""Speakers whom another has named: they hear of it, and whoever does not want it is left out."""

from django.utils.translation import gettext as _

from events.models import ProposalSpeaker
from events.submitting import UNDECIDED
from portal import limits, mail
from portal.locking import locked
from portal.models.signups import normalise_email
from portal.refused import Refused

# So many mails an hour tell others that one address has named them: as many as its forms can name.
MOST_NAMED = limits.PER_ADDRESS * (ProposalSpeaker.MOST - 1)


def tell_the_named(proposal, known=()):
    """Write once to each speaker by an address that is neither the proposer's nor known: who named them, and for what.

    No link goes along: it is the proposer's. Many forms of one proposer, or about one address, write no more than some.
    """
    conference = proposal.call.conference
    told = {proposal.email_normalised, *map(normalise_email, known)}
    for speaker in proposal.speakers.exclude(email=""):
        address = normalise_email(speaker.email)
        if address in told:
            continue
        told.add(address)
        if _may_be_told(proposal, address):
            context = {"submission": proposal, "speaker": speaker, "conference": conference}
            mail.queue("submissions/named", speaker.email, proposal.language, about=proposal, **context)


def _may_be_told(proposal, address):
    if limits.is_too_often("names others", proposal.email_normalised, MOST_NAMED):
        return False
    return not limits.is_too_often("is named", address, limits.PER_ADDRESS)


def leave_out(proposal, key):
    """Take a speaker out who was named and does not want it, with the mail that told them; the last one stays."""
    with locked(proposal) as proposal:
        if proposal.state not in UNDECIDED:
            raise Refused(_("This is decided. Change its session instead."))
        speaker = proposal.speakers.filter(pk=key).first()
        if speaker is None:
            return proposal
        if proposal.speakers.count() == 1:
            raise Refused(_("Nobody else would speak. Decline it instead."))
        if speaker.email:
            mail.forget_about(proposal, speaker.email)
        speaker.delete()
        return proposal
