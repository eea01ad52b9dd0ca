"""Who does what, when: an accepted application in a role and perhaps a shift."""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from portal.models.signups import IllegalMove
from portal.publishing import Owned, PrivateQuerySet

from .application import Application
from .roles import Role, Shift


class AssignmentQuerySet(PrivateQuerySet):
    """Nobody's assignment is ever public; the roll of thanks is a table of its own."""

    def live(self):
        return self.filter(state__in=Assignment.LIVE)

    def held(self):
        """Return those that take up a place: all but the cancelled."""
        return self.exclude(state=Assignment.State.CANCELLED)


class Assignment(Owned):
    """A place in a role or a shift. The place is held from the offer on."""

    PARENT = "role"
    SHOWN_ON_PAGES = False

    class State(models.TextChoices):
        OFFERED = "offered", _("offered")
        CONFIRMED = "confirmed", _("confirmed")
        CHECKED_IN = "checked_in", _("checked in")
        COMPLETED = "completed", _("completed")
        NO_SHOW = "no_show", _("did not come")
        CANCELLED = "cancelled", _("cancelled")

    LIVE = (State.OFFERED, State.CONFIRMED, State.CHECKED_IN)
    MOVES = {
        State.OFFERED: {State.CONFIRMED, State.CANCELLED},
        State.CONFIRMED: {State.CHECKED_IN, State.NO_SHOW, State.CANCELLED},
        State.CHECKED_IN: {State.COMPLETED, State.CONFIRMED},
        State.NO_SHOW: {State.CONFIRMED},
        State.COMPLETED: {State.CHECKED_IN},
        State.CANCELLED: {State.OFFERED, State.CONFIRMED},
    }

    application = models.ForeignKey(
        Application, verbose_name=_("application"), on_delete=models.CASCADE, related_name="assignments"
    )
    role = models.ForeignKey(
        Role, verbose_name=pgettext_lazy("of a volunteer", "role"), on_delete=models.PROTECT, related_name="assignments"
    )
    shift = models.ForeignKey(
        Shift, verbose_name=_("shift"), null=True, blank=True, on_delete=models.PROTECT, related_name="assignments"
    )
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.OFFERED, editable=False)
    state_changed_at = models.DateTimeField(_("state since"), default=timezone.now, editable=False)
    # When the volunteer gave it back; what a coordinator cancelled they cannot take again.
    given_back_at = models.DateTimeField(_("given back"), null=True, editable=False)
    minutes_served = models.PositiveIntegerField(_("minutes served"), null=True, blank=True)

    objects = AssignmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("assignment")
        verbose_name_plural = _("assignments")
        ordering = ["pk"]
        indexes = [models.Index(fields=["role", "state"])]
        constraints = [
            models.UniqueConstraint(
                fields=["application", "shift"],
                condition=Q(state__in=["offered", "confirmed", "checked_in"], shift__isnull=False),
                name="one_live_assignment_per_shift",
                violation_error_message=_("This volunteer already has that shift."),
            ),
            models.UniqueConstraint(
                fields=["application", "role"],
                condition=Q(state__in=["offered", "confirmed", "checked_in"], shift__isnull=True),
                name="one_live_assignment_per_role_without_shift",
                violation_error_message=_("This volunteer already has that role."),
            ),
        ]

    def __str__(self):
        return f"{self.application} · {self.shift or self.role}"

    def move_to(self, state):
        """Take one step on the map and save it; raises IllegalMove for a step that is not drawn."""
        if state not in self.MOVES[self.state]:
            raise IllegalMove(self, state)
        self.state, self.state_changed_at = state, timezone.now()
        self.save()
