"""What the verbs lock, and in which order.

First every application of the person in the event, by ascending key; then what
is scarce: shifts by ascending key, then roles. Places held are counted in
`taken`: of a role, one for each live assignment without a shift and one for
each offer; of a shift, one for each assignment that is not cancelled. They
change under those locks alone. Mails go into the outbox in the same
transaction.
"""

from contextlib import contextmanager

from django.db.models import Q

from events.models import Application
from portal import mail
from portal.locking import locked, locked_all


@contextmanager
def everything_of(application):
    """Lock every application of this person's address in the event, and yield this one as it is now."""
    with everything_of_all([application], application.call.conference_id) as by_key:
        if application.pk not in by_key:
            raise Application.DoesNotExist(application.pk)
        fresh = by_key[application.pk]
        if fresh.call_id == application.call_id:
            fresh.call = application.call  # with its conference; many of a call would else each ask for the two
        yield fresh


@contextmanager
def everything_of_all(applications, conference):
    """Lock every application of these people's addresses in the event; yield a dict of key -> it as it is now."""
    addresses = {one.email_normalised for one in applications} - {""}
    theirs = Q(pk__in=[one.pk for one in applications]) | Q(email_normalised__in=addresses)
    with locked_all(Application.objects.filter(theirs, call__conference=conference)) as rows:
        yield {one.pk: one for one in rows}


@contextmanager
def place_of(assignment):
    """Lock its person's applications, and yield the assignment as it is now."""
    with everything_of(assignment.application) as application:
        assignment.refresh_from_db()
        assignment.application = application
        yield assignment


def take_place(role):
    """Hold one place of a role; return whether there was one."""
    with locked(role) as role:
        if role.taken >= role.maximum:
            return False
        count(role, +1)
        return True


def free_offered_place(application):
    """Give back the place that an open offer holds, if there is one."""
    role, was_offered = application.offered_role, application.state == Application.State.OFFERED
    application.offered_role = application.offer_ends_at = None
    if role and was_offered:
        with locked(role) as role:
            count(role, -1)


def count(scarce, places):
    """Change the number of places held. By the base manager: kept pages and history have no part in it."""
    scarce.taken += places
    type(scarce)._base_manager.filter(pk=scarce.pk).update(taken=scarce.taken)


def tell(application, name, **context):
    """Queue the mail `volunteering/<name>` about the application, and return the application."""
    context |= {"application": application, "call": application.call, "conference": application.call.conference}
    mail.queue(f"volunteering/{name}", application.email, application.language, **context)
    return application
