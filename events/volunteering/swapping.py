"""Two volunteers take over each other's shift, in one step of their coordinator."""

from django.utils.translation import gettext as _

from events.models import Assignment, Shift
from events.volunteering.locks import everything_of_all, tell
from events.volunteering.placing import refuse_hours, refuse_person
from portal.locking import locked_all
from portal.refused import Refused

Place = Assignment.State
# Who is marked at the door is there, or was not: that shift is nobody else's any more.
MAY_BE_SWAPPED = (Place.OFFERED, Place.CONFIRMED)


def swap(place, other):
    """Let two volunteers of one conference take over each other's shift, and tell each by one mail.

    Both go on as they stand: who said yes is not asked anew, who was asked still is. No place is free in between, so
    nobody else can take it, and the shifts count as many as before. To swap the two once more takes it back, so
    a second press must not: the shifts are those that the places had when they were read.
    Raises Refused with the reason, and for whom.
    """
    applications = [place.application, other.application]
    with everything_of_all(applications, place.application.call.conference_id) as people:
        places = _as_they_are_now([place, other], people)
        shifts = Shift.objects.filter(pk__in=[one.shift_id for one in places])
        with locked_all(shifts.select_related("role__team__call__conference")) as found:
            by_key = {shift.pk: shift for shift in found}
            former, latter = (by_key[one.shift_id] for one in places)
            _refuse(places[0], former, latter)
            _refuse(places[1], latter, former)
            _hand_over(places[0], former, latter)
            _hand_over(places[1], latter, former)


def _as_they_are_now(places, people):
    """Return the places as they are under the locks of their people; raises Refused where one is none to swap."""
    fresh = Assignment.objects.filter(state__in=MAY_BE_SWAPPED, application__in=people)
    by_key = fresh.in_bulk([one.pk for one in places])
    if any(one.pk not in by_key or by_key[one.pk].shift_id != one.shift_id for one in places):
        raise Refused(_("This has changed in the meantime. Here is how it stands now."))
    first, second = (by_key[one.pk] for one in places)
    if (
        None in {first.shift_id, second.shift_id}
        or first.shift_id == second.shift_id
        or first.application_id == second.application_id
    ):
        raise Refused(_("Only two shifts of two people can be swapped."))
    for one in (first, second):
        one.application = people[one.application_id]
    return first, second


def _refuse(place, own, wanted):
    try:
        refuse_person(place.application, wanted.role_id)
        refuse_hours(place.application, wanted, instead_of=own)
    except Refused as reason:
        words = {"name": place.application.name, "reason": reason}
        raise Refused(_("Not swapped, because of %(name)s: %(reason)s") % words) from reason


def _hand_over(place, former, latter):
    place.shift, place.role = latter, latter.role
    place.save()
    tell(place.application, "changed", assignment=place, instead_of=former, cancelled=False)
