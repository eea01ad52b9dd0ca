"""What a coordinator does to many applications at once: each done or not, with the reason."""

from collections import Counter, defaultdict
from collections.abc import Callable
from typing import NamedTuple

from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from events.volunteering import answering, placing, thanking
from portal.models.signups import IllegalMove
from portal.refused import Refused


class Action(NamedTuple):
    """What is done to an application: in words, by which verb, and what that takes besides: "role", "shift" or ""."""

    words: str
    verb: Callable
    takes: str = ""


ACTIONS = {
    "accept": Action(gettext_lazy("Accept into the role"), answering.accept, "role"),
    "decline": Action(gettext_lazy("Decline"), answering.decline),
    "waitlist": Action(gettext_lazy("Put on the waiting list"), answering.waitlist),
    "offer": Action(gettext_lazy("Offer a place in the role"), answering.offer, "role"),
    "assign": Action(gettext_lazy("Give the role as well"), answering.assign, "role"),
    "offer_shift": Action(gettext_lazy("Offer the shift"), placing.offer_shift, "shift"),
    "reopen": Action(gettext_lazy("Take “declined” back"), answering.reopen),
    "finish": Action(gettext_lazy("Close with thanks"), thanking.finish),
}


class Outcome:
    """How many were done, and whom it was not done to, by reason."""

    def __init__(self):
        self.done = Counter()
        self.refused = defaultdict(list)


def act(board, action, applications, role=None, shift=None):
    """Do an action to each application, one transaction each; return the `Outcome`.

    Without a role, each is accepted into, or offered, the dearest of their wishes
    that is the user's to give and has room.
    """
    outcome = Outcome()
    own = {line.role.pk: line.role for line in board.roles}
    for application in applications:
        application.call = board.call  # one for all of them, which knows its conference
        try:
            said = _do(board, action, application, _roles_for(application, role, own), shift)
        except (Refused, IllegalMove) as problem:
            outcome.refused[_reason(problem, application)].append(str(application))
        else:
            outcome.done[action] += 1
            note(board.user, application, said)
    return outcome


def note(user, application, what):
    """Write into the history who answered what, without any of the person's data."""
    LogEntry.objects.create(
        user=user,
        content_type=ContentType.objects.get_for_model(application),
        object_id=str(application.pk),
        object_repr=f"#{application.pk}",
        action_flag=CHANGE,
        change_message=what,
    )


def _do(board, name, application, roles, shift):
    """Do an action, and return what is noted of it."""
    action = ACTIONS[name]
    if action.takes == "role":
        return f"{name}: {_first_that_takes(action.verb, application, roles)}"
    if action.takes == "shift":
        if shift is None:
            raise Refused(_("Choose a shift."))
        action.verb(application, shift)
        return f"{name}: {shift}"
    if name != "finish":
        _refuse_wishes_of_others(board, application)
    action.verb(application)
    return name


def _first_that_takes(verb, application, roles):
    """Try the roles in turn; return the one that had room."""
    refused = Refused(_("None of the roles they wish for is yours to give."))
    for role in roles:
        try:
            verb(application, role)
        except Refused as problem:
            refused = problem
        else:
            return role
    raise refused


def _roles_for(application, role, own):
    if role is not None:
        return [role]
    return [own[ranked.role_id] for ranked in application.ranked_roles.all() if ranked.role_id in own]


def _refuse_wishes_of_others(board, application):
    """Nobody says no to who also wishes to join another's team."""
    own = {line.role.pk for line in board.roles}
    if any(ranked.role_id not in own for ranked in application.ranked_roles.all()):
        raise Refused(_("They also wish for a role of another team, whose coordinator has to decide, too."))


def _reason(problem, application):
    if isinstance(problem, IllegalMove):
        return _("the state “%(state)s” does not allow it") % {"state": application.get_state_display()}
    return str(problem)
