"""Duplicates: one person who signed up twice, by two addresses or to two calls."""

from collections import defaultdict

from django.utils.translation import gettext as _

from events.models import Application, Assignment
from events.volunteering.forgetting import blank
from events.volunteering.placing import give_back
from portal import mail
from portal.locking import locked_all
from portal.refused import Refused

State = Application.State
Place = Assignment.State


def address_key(email_normalised):
    """Return what is left of an address without tag and dots: mi.ng+coscon@example.org and ming@example.org are one."""
    local, _at, host = email_normalised.partition("@")
    return f"{local.partition('+')[0].replace('.', '')}@{host}"


def duplicates(applications):
    """Return lists of applications that look like one person's: the same `address_key`, or the same name and phone."""
    groups = defaultdict(dict)
    for one in applications:
        if one.email_normalised:
            groups[address_key(one.email_normalised)][one.pk] = one
        if one.phone:
            groups[one.name, one.phone][one.pk] = one
    return list({tuple(sorted(group)): list(group.values()) for group in groups.values() if len(group) > 1}.values())


def merge(duplicate, into):
    """Let one application take over what another holds; both links lead to it from now on.

    What was answered stays as it is in the one that is kept. A place that both hold is given back once.
    Raises Refused where both belong to different calls.
    """
    if duplicate.call_id != into.call_id or duplicate.pk == into.pk:
        raise Refused(_("Only two applications to the same call can be merged."))
    with locked_all(Application.objects.filter(pk__in=[duplicate.pk, into.pk])) as rows:
        by_key = {row.pk: row for row in rows}
        duplicate, into = by_key[duplicate.pk], by_key[into.pk]
        _refuse_merging(duplicate, into)
        _give_back_what_both_hold(duplicate, into)
        duplicate.assignments.update(application=into)
        duplicate.merged.update(merged_into=into)
        _move_consents(duplicate, into)
        duplicate.ranked_roles.all().delete()
        if duplicate.state == State.ACCEPTED and into.state in {State.SUBMITTED, State.WAITLISTED}:
            into.move_to(State.ACCEPTED)
        mail.forget(duplicate)
        duplicate.merged_into = into
        blank(duplicate)
        return into


def _refuse_merging(duplicate, into):
    if State.OFFERED in {duplicate.state, into.state}:
        raise Refused(_("An offer is open. Wait for its answer, then merge."))
    if duplicate.state == State.ACCEPTED and into.state not in {State.ACCEPTED, State.SUBMITTED, State.WAITLISTED}:
        raise Refused(_("Keep the accepted application, and merge the other into it."))
    if duplicate.merged_into_id or into.merged_into_id or State.ANONYMISED in {duplicate.state, into.state}:
        raise Refused(_("One of them is merged or erased already."))
    if any(one.state not in {Place.OFFERED, Place.CONFIRMED} for one, _kept in _held_by_both(duplicate, into)):
        raise Refused(_("Both were marked at the same place. Take the mark of one of the two back first."))


def _held_by_both(duplicate, into):
    """Return pairs of the duplicate's places and those in `into` that are the same; shifts first, by ascending key."""
    kept = {(one.role_id, one.shift_id): one for one in into.assignments.held()}
    places = [one for one in duplicate.assignments.held() if (one.role_id, one.shift_id) in kept]
    places.sort(key=lambda one: (one.shift_id is None, one.shift_id or one.role_id))
    return [(one, kept[one.role_id, one.shift_id]) for one in places]


def _give_back_what_both_hold(duplicate, into):
    """Free the places that are counted twice; a yes to either is a yes."""
    for place, kept in _held_by_both(duplicate, into):
        if (place.state, kept.state) == (Place.CONFIRMED, Place.OFFERED):
            kept.move_to(Place.CONFIRMED)
        give_back(place, None)


def _move_consents(duplicate, into):
    known = into.consents.filter(withdrawn_at=None).values("purpose")
    duplicate.consents.exclude(purpose__in=known).update(application=into)
    duplicate.consents.all().delete()
