"""What the public pages of a call show: its roles with their shifts, by team."""

from dataclasses import dataclass

from django.db.models import Prefetch
from django.http import Http404
from django.utils.translation import gettext as _

from events.models import Role, Shift, VolunteerCall
from portal.addresses import get_published
from portal.pagecache.known import once_a_generation


@dataclass(frozen=True)
class TeamOfRoles:
    """A team and its public roles, each with its shifts."""

    team: object
    roles: list

    @property
    def anchor(self):
        return f"team-{self.team.pk}"


@once_a_generation
def find_call(conference, slug):
    """Return the call of a published conference; raises Http404 or Moved."""
    call = get_published(VolunteerCall.objects.select_related("venue__city", "notice"), slug, conference=conference)
    call.conference = conference
    return call


@once_a_generation
def public_roles(call):
    """Return the public roles as a list in the order of the page, each with its `standing_shifts`: none is cancelled.

    Two queries, for the page of the call and for that of each role.
    """
    shifts = Shift.objects.filter(is_cancelled=False)
    roles = Role.objects.filter(team__call=call, is_public=True).select_related("team")
    roles = roles.order_by("team__position", "team", "position", "pk")
    found = list(roles.prefetch_related(Prefetch("shifts", shifts, to_attr="standing_shifts")))
    for role in found:
        role.team.call = call
        for shift in role.standing_shifts:
            shift.role = role
    return found


def find_role(call, slug):
    """Return a public role of the call with its shifts; raises Http404."""
    found = [role for role in public_roles(call) if role.slug == slug]
    if not found:
        raise Http404(f"no role {slug}")
    return found[0]


def filled(role):
    """Say how many places of a role are held; where all are, that one may sign up all the same."""
    if role.places_left <= 0:
        return _("full; sign up to wait for a place")
    return _("%(taken)s of %(maximum)s filled") % {"taken": role.taken, "maximum": role.maximum}


def by_team(roles):
    """Return the roles as a list of `TeamOfRoles`."""
    teams = {}
    for role in roles:
        teams.setdefault(role.team_id, TeamOfRoles(role.team, [])).roles.append(role)
    return list(teams.values())
