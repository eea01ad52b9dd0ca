"""The verbs of an application for a booth: apply, change, accept, say yes, withdraw.

An acceptance makes the booth in the public list, with its place; a withdrawal takes it off, so that
another may stand there, and undoing that puts it back where nobody does yet.
"""

from django.db.models import Max, Q
from django.utils.translation import gettext as _

from events.models import Booth, BoothApplication
from events.models.booths import SPOT_TAKEN
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
from portal.models import Organization
from portal.models.signups import IllegalMove
from portal.refused import Refused

TOLD = ("title_zh_hans", "title_en", "summary_zh_hans", "summary_en")


def apply_for(call, *, consents=(), **told):
    """Write an unconfirmed application and the mail with its link; who is known gets their link again.

    Raises Refused where the call is closed.
    """
    with locked(call) as call:
        refuse_closed(call)
        known = known_already(call.applications, told["email"])
        if known:
            return link_again(known)
        return tell(write_down(BoothApplication(call=call, **told), consents), "confirm")


def change(application, **told):
    """Change anything, while an answer is awaited."""
    with locked(application) as application:
        if application.state not in UNDECIDED:
            raise Refused(_("This has been decided. To change something, please write to the organizers."))
        for name, value in told.items():
            setattr(application, name, value)
        application.save()
        return application


def accept(application, venue=None, spot="", answer=""):
    """Give a stand its place in the public list. Twice is once; another place then moves it, without a mail.

    Raises IllegalMove for who has withdrawn: to come back is theirs.
    """
    with locked(application) as application:
        if application.state == State.WITHDRAWN:
            raise IllegalMove(application, State.ACCEPTED)
        booth = (application.booth and lock(application.booth)) or _make_booth(application)
        booth.venue, booth.spot = venue, spot
        if holder := booth.spot_holder():
            raise Refused(SPOT_TAKEN % {"spot": spot, "holder": holder})
        booth.save()
        if application.state in BoothApplication.TAKEN:
            return application
        application.booth, application.answer = booth, answer
        application.move_to(State.ACCEPTED)
        return tell(application, "state")


def come(application):
    """They say yes."""
    with locked(application) as application:
        if application.state != State.CONFIRMED:
            application.move_to(State.CONFIRMED)
        return application


def withdraw(application):
    with locked(application) as application:
        if application.state == State.WITHDRAWN:
            return application
        booth, application.booth = application.booth, None
        application.gave_back = {"venue": booth.venue_id, "spot": booth.spot} if booth else {}
        application.move_to(State.WITHDRAWN)
        if booth is not None:
            booth.delete()
        return tell(application, "withdrawn")


def take_back(application):
    """Undo a withdrawal: accepted as before while the place is free, else an answer is awaited again."""
    with locked(application) as application:
        refuse_to_come_back(application)
        booth = _as_before(application)
        if booth is not None:
            booth.save()
            application.booth = booth
            application.move_to(State.ACCEPTED)
        else:
            application.move_to(State.SUBMITTED)
        return tell(application, "state")


def _as_before(application):
    """Return an unsaved booth at the place that was given back; None where somebody was given it since.

    Without a spot, that is any place of the call.
    """
    place = application.gave_back
    if not place:
        return None
    booth = _make_booth(application)
    booth.venue = application.call.conference.venues.filter(pk=place["venue"]).first()
    booth.spot = place["spot"]
    if booth.spot:
        return None if booth.spot_holder() else booth
    given_since = {"state__in": BoothApplication.TAKEN, "state_changed_at__gt": application.state_changed_at}
    return None if application.call.applications.filter(**given_since).exists() else booth


def _make_booth(application):
    """Return an unsaved booth, under the organization of its name where visitors know one."""
    conference = application.call.conference
    last = conference.booths.aggregate(last=Max("position"))["last"] or 0
    return Booth(
        conference=conference,
        kind=application.call.kind,
        organization=_organization_of(application),
        url=application.url,
        position=last + 1,
        **{name: getattr(application, name) for name in TOLD},
    )


def _organization_of(application):
    called = Q()
    for name in filter(None, (application.title_zh_hans, application.title_en)):
        called |= Q(name_zh_hans__iexact=name) | Q(name_en__iexact=name)
    found = list(Organization.objects.published().filter(called)[:2])
    return found[0] if len(found) == 1 else None
