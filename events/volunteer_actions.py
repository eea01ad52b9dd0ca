"""What a coordinator does to many applications at once: each done or not, with the reason."""

from collections import Counter, defaultdict

from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from events.volunteering import answering, placing, thanking
from portal.models.signups import IllegalMove
from portal.refused import Refused

# Name of the action -> (words, what it needs besides the people: "", "role", "shift").
ACTIONS = {
    "accept": (gettext_lazy("Accept into the role"), "role"),
    "decline": (gettext_lazy("Decline"), ""),
    "waitlist": (gettext_lazy("Put on the waiting list"), ""),
    "offer": (gettext_lazy("Offer a place in the role"), "role"),
    "assign": (gettext_lazy("Give the role as well"), "role"),
    "offer_shift": (gettext_lazy("Offer the shift"), "shift"),
    "reopen": (gettext_lazy("Take “declined” back"), ""),
    "finish": (gettext_lazy("Close with thanks"), ""),
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


def _do(board, action, application, roles, shift):
    if action in {"accept", "offer", "assign"}:
        role = _first_that_takes(getattr(answering, action), application, roles)
        return f"{action}: {role}"
    if action == "offer_shift":
        if shift is None:
            raise Refused(_("Choose a shift."))
        placing.offer_shift(application, shift)
        return f"{action}: {shift}"
    if action == "finish":
        thanking.finish(application)
        return action
    _refuse_wishes_of_others(board, application)
    getattr(answering, action)(application)
    return action


def _first_that_takes(verb, application, roles):
    """Try the roles in turn; return the one that had room."""
    refused = Refused(_("None of the roles they wish is yours to give."))
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
        raise Refused(_("They also wish a role of another team, whose coordinator decides, too."))


def _reason(problem, application):
    if isinstance(problem, IllegalMove):
        return _("the state “%(state)s” does not allow it") % {"state": application.get_state_display()}
    return str(problem)
