"""What a coordinator sees of a call: places against need, who waits, holes and clashes, people by shifts.

Everything begins with what the user may edit: a coordinator's board knows their
own teams alone. The number of queries does not depend on how many applied.
"""

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import timedelta
from functools import reduce
from operator import or_

from django.db.models import Count, Prefetch, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from events.models import Application, Assignment, Coordination, RankedRole, Role, Shift, Team, VolunteerCall
from events.volunteering.swapping import MAY_BE_SWAPPED
from portal.keys import key_in
from portal.rights import curates

State, Place = Application.State, Assignment.State
PRIVATE = ("phone", "wechat", "diet", "note")


@dataclass(frozen=True)
class RoleLine:
    """A role against its need; the figures are people."""

    role: Role
    confirmed: int
    asked: int
    wished: int
    shifts: list

    @property
    def missing(self):
        return max(self.role.minimum - self.role.taken, 0)


@dataclass(frozen=True)
class Filter:
    """Which applications are listed: by state, by a role they wish or hold, by words."""

    state: str = ""
    role: str = ""
    words: str = ""

    @classmethod
    def of(cls, query):
        return cls(query.get("state", ""), query.get("role", ""), query.get("q", "").strip())

    def apply(self, applications):
        if self.state in State:
            applications = applications.filter(state=self.state)
        if (role := key_in(self.role)) is not None:
            wishing = RankedRole.objects.filter(role=role).values("application")
            holding = Assignment.objects.held().filter(role=role).values("application")
            applications = applications.filter(Q(pk__in=wishing) | Q(pk__in=holding))
        if self.words:
            by_words = (Q((f"{name}__icontains", self.words)) for name in ("name", "email", "city", "university"))
            applications = applications.filter(reduce(or_, by_words))
        return applications


@dataclass
class Board:
    """The board of one call for one user."""

    call: object
    user: object
    filter: Filter = field(default_factory=Filter)

    @cached_property
    def teams(self):
        return list(Team.objects.editable_by(self.user).filter(call=self.call))

    @cached_property
    def is_open_to_user(self):
        return bool(self.teams) or curates(self.user, Application)

    @cached_property
    def sees_private_answers(self):
        """Whether phone, WeChat id, diet and notes are shown: to organizers, and to whom they gave it for a team."""
        if self.user.has_perm("events.see_private_answers_application"):
            edited = type(self.call).objects.editable_by(self.user).filter(pk=self.call.pk)
            if edited.exists():
                return True
        mandates = Coordination.objects.of_user(self.user).filter(team__call=self.call)
        return mandates.filter(sees_private_answers=True).exists()

    @property
    def applications(self):
        """Whom the user may see: confirmed, neither erased nor merged."""
        rows = Application.objects.editable_by(self.user).filter(call=self.call, merged_into=None)
        return rows.exclude(state__in=[State.UNCONFIRMED, State.ANONYMISED])

    @property
    def listed(self):
        """The applications of the filter with what a line shows, those that wait first."""
        roles = RankedRole.objects.select_related("role")
        places = Assignment.objects.held().select_related("role", "shift").order_by("shift__starts_at", "pk")
        rows = self.filter.apply(self.applications).select_related("offered_role")
        return rows.order_by("-state", "confirmed_at", "pk").prefetch_related(
            Prefetch("ranked_roles", roles), Prefetch("assignments", places, to_attr="places")
        )

    @cached_property
    def counts(self):
        """A dict of state -> how many."""
        counted = self.applications.order_by().values_list("state").annotate(Count("pk"))
        return dict(counted)

    @property
    def waiting(self):
        return self.counts.get(State.SUBMITTED, 0)

    @cached_property
    def shifts(self):
        """The shifts of the user's teams that take place, each knowing its role and conference."""
        shifts = Shift.objects.filter(role__team__in=self.teams, is_cancelled=False).select_related("role")
        found = list(shifts.order_by("starts_at", "role__position", "pk"))
        teams = {team.pk: team for team in self.teams}
        for shift in found:
            shift.role.team = teams[shift.role.team_id]
            shift.role.team.call = self.call
        return found

    @cached_property
    def roles(self):
        """The roles of the user's teams as `RoleLine`s."""
        live = Q(assignments__shift=None)
        roles = Role.objects.filter(team__in=self.teams).annotate(
            confirmed=Count(
                "assignments",
                filter=live & Q(assignments__state__in=[Place.CONFIRMED, Place.CHECKED_IN, Place.COMPLETED]),
                distinct=True,
            ),
            asked=Count("assignments", filter=live & Q(assignments__state=Place.OFFERED), distinct=True),
        )
        wished = dict(
            RankedRole.objects.filter(application__in=self.applications.filter(state__in=Application.LIVE))
            .order_by()
            .values_list("role")
            .annotate(Count("pk"))
        )
        shifts = defaultdict(list)
        for shift in self.shifts:
            shifts[shift.role_id].append(shift)
        return [
            RoleLine(role, role.confirmed, role.asked, wished.get(role.pk, 0), shifts[role.pk])
            for role in roles.select_related("team").order_by("team__position", "team", "position", "pk")
        ]

    @cached_property
    def assignments(self):
        """Every place that is held in the user's teams, with its person."""
        rows = Assignment.objects.held().filter(role__team__in=self.teams).select_related("application")
        return list(rows.order_by("application__name", "application", "pk"))

    @cached_property
    def clashes(self):
        """Shifts of one address that overlap by more than the handover: a list of ((key, name), shift, shift)."""
        shifts = {shift.pk: shift for shift in self.shifts}
        live = Assignment.objects.live().filter(shift__in=shifts).order_by("application")
        held = defaultdict(list)
        # Plain values: there are thousands of them, and of most nothing is shown.
        for shift, key, name, email in live.values_list(
            "shift", "application", "application__name", "application__email_normalised"
        ):
            held[email].append((shifts[shift], (key, name)))
        found = []
        for places in held.values():
            places.sort(key=lambda place: (place[0].starts_at, place[0].pk))
            first, who = places[0]
            for second, whose in places[1:]:
                if first.ends_at - second.starts_at > timedelta(minutes=self.call.handover_minutes):
                    found.append((who, first, second))
                if second.ends_at > first.ends_at:  # else the first may reach over the next one, too
                    first, who = second, whose
        return found

    @cached_property
    def swappable(self):
        """The places in shifts ahead that may change hands, by shift, each with its person."""
        ahead = {shift.pk: shift for shift in self.shifts if shift.starts_at > timezone.now()}
        places = [one for one in self.assignments if one.shift_id in ahead and one.state in MAY_BE_SWAPPED]
        for place in places:
            place.shift = ahead[place.shift_id]
        return sorted(places, key=lambda place: (place.shift.starts_at, place.shift_id))

    @property
    def roster(self):
        """People by shifts: a list of (application, [assignment or None for each shift], roles without shifts)."""
        swappable = {place.pk for place in self.swappable}
        columns = {shift.pk: number for number, shift in enumerate(self.shifts)}
        lines = {}
        for one in self.assignments:
            _who, cells, others = lines.setdefault(one.application_id, (one.application, [None] * len(columns), []))
            one.may_be_swapped = one.pk in swappable
            if one.shift_id in columns:
                cells[columns[one.shift_id]] = one
            elif one.shift_id is None:
                others.append(one)
        return list(lines.values())


def waiting(user):
    """Return (words, count, address) of the applications that wait for the user's answer, call by call."""
    rows = Application.objects.editable_by(user).filter(state=State.SUBMITTED, merged_into=None)
    counts = Counter(rows.order_by().values_list("call", flat=True))
    calls = VolunteerCall.objects.filter(pk__in=counts).order_by("pk")
    words, board = _("volunteers without an answer: %(call)s"), "admin:volunteers-board"
    return [
        (words % {"call": call}, counts[call.pk], f"{reverse(board, args=[call.pk])}?state=submitted") for call in calls
    ]
