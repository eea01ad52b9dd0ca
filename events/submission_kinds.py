"""What is a proposer's and an exhibitor's own on the pages behind their links."""

from django.utils.translation import gettext as _

from events import availability, bringing, exhibiting, forgetting, proposing, submitting
from events.booth_forms import ChangeBoothForm
from events.exports import ics
from events.exports.exported import Exported
from events.models import Conference, Proposal
from events.proposal_forms import ChangeProposalForm, ProfilesForm
from events.reaching import knowing_tabs
from events.submitting import UNDECIDED, State
from portal.calendars import occasion_entry
from portal.keys import key_in
from portal.qr import data_uri
from portal.signups import Kind


class SubmissionKind(Kind):
    """What both have in common; `verbs_of` is the module of the kind's own verbs."""

    verbs_of = None

    @property
    def verbs(self):
        return {"withdraw": self._withdraw, "undo": self._undo, "come": self._come}

    def title(self, submission):
        return f"{submission.title} · {submission.call.conference.title}"

    def confirm(self, submission):
        return submitting.confirm(submission)

    def status(self, submission):
        return {
            "submission": submission,
            "call": submission.call,
            "conference": submission.call.conference,
            "may_change": submission.state in UNDECIDED,
            "may_withdraw": submission.state in submission.LIVE and submission.call.conference.phase != "past",
            "may_undo": submission.state == State.WITHDRAWN and submission.call.conference.phase == "upcoming",
            "code": data_uri(submission.status_url),
        }

    def data(self, submission):
        """Everything stored about the person, but what reviewers think: that is theirs."""
        return {
            "call": submission.call.title,
            "state": submission.get_state_display(),
            "sent_at": submission.created_at,
            "confirmed_at": submission.confirmed_at,
            "state_changed_at": submission.state_changed_at,
            "name": submission.name,
            "email": submission.email,
            "language": submission.language,
            **{name: getattr(submission, name) for name in submission.PERSONAL},
            "consents": [consent.data for consent in submission.consents.select_related("notice")],
        }

    def delete(self, submission):
        forgetting.delete(submission)

    def calendar(self, submission):
        """The conference, for who comes."""
        return [occasion_entry(submission.call.conference)] if submission.state in submission.TAKEN else []

    def _withdraw(self, submission, data):
        self.verbs_of.withdraw(submission)
        return _("You have withdrawn. Thank you for telling us.")

    def _undo(self, submission, data):
        self.verbs_of.take_back(submission)
        return _("You are back in; see below what happens next.")

    def _come(self, submission, data):
        self.verbs_of.come(submission)
        return _("Thank you, we look forward to seeing you.")


class Proposing(SubmissionKind):
    status_template = "events/proposals/status.html"
    edit_template = "events/proposals/edit.html"
    verbs_of = proposing

    @property
    def verbs(self):
        return {**super().verbs, "remove": _remove}

    def confirm(self, proposal):
        return proposing.confirm(proposal)

    def status(self, proposal):
        return {
            **super().status(proposal),
            "speakers": list(proposal.speakers.select_related("person")),
            "available": availability.in_words(proposal.call.conference, proposal.available),
            "materials": bringing.materials_of(proposal),
            "is_in": proposal.state in Proposal.TAKEN,
        }

    def edit_form(self, proposal, data=None):
        if proposal.state in UNDECIDED:
            return ChangeProposalForm(data, proposal=proposal)
        return ProfilesForm(data, proposal=proposal) if proposal.state in Proposal.TAKEN else None

    def data(self, proposal):
        told = ("name", "title", "organization", "bio", "email")
        return {
            **super().data(proposal),
            "forum": proposal.forum and proposal.forum.title,
            "kind": proposal.get_kind_display(),
            "minutes": proposal.minutes,
            "level": proposal.get_level_display(),
            "language_of_the_session": proposal.spoken,
            "can_be_there": proposal.available,
            "speakers": [{name: getattr(one, name) for name in told} for one in proposal.speakers.all()],
            "session": proposal.session and proposal.session.code,
        }

    def kept_in_public(self, proposal):
        said = []
        if proposal.session is not None:
            said.append(_("your session in the programme: %(title)s") % {"title": proposal.session})
        made = proposal.speakers.filter(is_new=True, person__isnull=False).select_related("person")
        said += [_("the profile of %(name)s") % {"name": one.person} for one in made]
        return said

    def calendar(self, proposal):
        """The session as the public schedule has it, once it has a time; until then the conference."""
        if proposal.state not in Proposal.TAKEN or proposal.session is None:
            return []
        known = knowing_tabs(Conference.objects.published().select_related("series", "city"))
        conference = known.filter(pk=proposal.call.conference_id).first()
        exported = Exported(conference) if conference else None
        talks = [talk for talk in exported.timed if talk.session.pk == proposal.session_id] if exported else []
        return ics.entries(exported, talks) or super().calendar(proposal)


class Exhibiting(SubmissionKind):
    status_template = "events/booth_status.html"
    edit_template = "events/booth_edit.html"
    verbs_of = exhibiting

    def status(self, application):
        return {**super().status(application), "booth": application.booth}

    def edit_form(self, application, data=None):
        return ChangeBoothForm(data, application=application) if application.state in UNDECIDED else None

    def data(self, application):
        return {**super().data(application), "people": application.people, "place": str(application.booth or "")}

    def kept_in_public(self, application):
        booth = application.booth
        return [_("your booth in the list: %(booth)s") % {"booth": booth}] if booth else []


def _remove(proposal, data):
    bringing.remove_slides(proposal, key_in(data.get("material")))
    return _("Removed.")
