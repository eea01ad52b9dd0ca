"""What looks wrong in a schedule, told to whoever makes it. Nothing of it keeps a draft from being saved."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import timedelta
from itertools import pairwise

from django.utils.translation import gettext as _

from events.models import Session
from events.programme import zone_of
from portal import dates

# What changing rooms and cables takes.
SHORTEST_BREAK = timedelta(minutes=5)


@dataclass(frozen=True)
class Doubt:
    """What looks wrong about a session, in words."""

    session: Session
    text: str


def doubts_about(conference):
    """Return the list of `Doubt` about the places and times of a conference as they are now, in order of time.

    The number of queries does not depend on how many sessions there are.
    """
    sessions = list(
        conference.sessions.exclude(starts_at=None)
        .filter(is_cancelled=False)
        .select_related("room__venue")
        .prefetch_related("speakings__person")
        .order_by("starts_at", "pk")
    )
    found = [doubt for session in sessions for doubt in _alone(session)]
    found += _taken_twice(_by_room(sessions), _("the room is taken by “%(other)s” at that time"))
    found += _taken_twice(_by_person(sessions), _("someone on stage is also in “%(other)s” at that time"))
    found += _too_close(_by_room(sessions))
    return sorted(found, key=lambda doubt: (doubt.session.starts_at, doubt.session.pk))


def _alone(session):
    if session.kind == Session.Kind.BREAK:
        return
    if session.ends_at is None:
        yield Doubt(session, _("its end is not known"))
    if session.room is None:
        yield Doubt(session, _("it has no room"))
    elif session.room.venue.is_cancelled:
        yield Doubt(session, _("its venue is cancelled"))
    if not session.language:
        yield Doubt(session, _("its language is not said"))
    first, last = dates.first_day(session.conference), dates.last_day(session.conference)
    if not first <= session.starts_at.astimezone(zone_of(session)).date() <= last:
        yield Doubt(session, _("it is not within the days of the conference"))


def _by_room(sessions):
    found = defaultdict(list)
    for session in sessions:
        if session.room_id:
            found[session.room_id].append(session)
    return found.values()


def _by_person(sessions):
    found = defaultdict(dict)
    for session in sessions:
        for who in session.speakings.all():
            if who.person_id:
                found[who.person_id][session.pk] = session
    return [list(of_person.values()) for of_person in found.values()]


def _taken_twice(groups, text):
    """Yield a doubt about each session that begins before an earlier one of its group ends."""
    for group in groups:
        running = None
        for session in group:
            if running and _meet(running, session):
                yield Doubt(session, text % {"other": running.title})
            if running is None or (session.ends_at or session.starts_at) > (running.ends_at or running.starts_at):
                running = session


def _meet(one, other):
    """Whether the other begins while one is on; talks that share a room to the minute are one block and do not."""
    is_one_block = (one.room_id, one.starts_at, one.ends_at) == (other.room_id, other.starts_at, other.ends_at)
    return one.ends_at is not None and other.starts_at < one.ends_at and not is_one_block


def _too_close(groups):
    for group in groups:
        for one, other in pairwise(group):
            gap = one.ends_at and other.starts_at - one.ends_at
            forums_differ = one.forum_id != other.forum_id
            if gap is not None and forums_differ and timedelta() <= gap < SHORTEST_BREAK:
                yield Doubt(other, _("another forum leaves the room only just before"))
