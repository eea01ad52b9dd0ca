"""What looks wrong in a schedule, told to whoever makes it. Nothing of it keeps a draft from being saved."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime, time, timedelta
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
    for session in sessions:
        session.conference = conference
    found = [doubt for session in sessions for doubt in _alone(session)]
    found += _taken_twice(_by_room(sessions), _("the room is taken by “%(other)s” at that time"))
    found += _taken_twice(_by_person(sessions), _("someone on stage is also in “%(other)s” at that time"))
    found += _too_close(_by_room(sessions))
    found += _no_time_to_walk(_by_person(sessions))
    found += _away(sessions, conference)
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
    elif not _is_open(session):
        yield Doubt(session, _("its venue is not open then (%(hours)s)") % {"hours": _hours(session.room.venue)})
    if not session.language:
        yield Doubt(session, _("its language is not given"))
    first, last = dates.first_day(session.conference), dates.last_day(session.conference)
    if not first <= session.starts_at.astimezone(zone_of(session)).date() <= last:
        yield Doubt(session, _("it is not within the days of the conference"))


def _is_open(session):
    """Whether the venue is open all the while, by its own clock; a night belongs to the day on which it opens."""
    venue, zone = session.room.venue, zone_of(session)
    if venue.opens_at is None and venue.closes_at is None:
        return True
    starts = session.starts_at.astimezone(zone).replace(tzinfo=None)
    ends = (session.ends_at or session.starts_at).astimezone(zone).replace(tzinfo=None)
    opens, closes = venue.opens_at or time(), venue.closes_at or time()
    over_midnight = timedelta(days=1 if closes <= opens else 0)
    days = (starts.date(), starts.date() - timedelta(days=1))
    return any(
        datetime.combine(day, opens) <= starts and ends <= datetime.combine(day, closes) + over_midnight for day in days
    )


def _hours(venue):
    return "–".join(f"{hour:%H:%M}" if hour else "" for hour in (venue.opens_at, venue.closes_at))


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


def _no_time_to_walk(groups):
    for group in groups:
        for one, other in pairwise(group):
            gap = one.ends_at and other.starts_at - one.ends_at
            rooms_differ = one.room_id and other.room_id and one.room_id != other.room_id
            if gap is not None and rooms_differ and timedelta() <= gap < SHORTEST_BREAK:
                told = _("someone on stage comes straight from “%(other)s”, in another room")
                yield Doubt(other, told % {"other": one.title})


def _away(sessions, conference):
    """Yield a doubt about each session at which someone on stage cannot be there, as far as that is known."""
    spans = defaultdict(list)
    for presence in conference.presences.all():
        spans[presence.person_id].append(presence)
    for session in sessions:
        ends = session.ends_at or session.starts_at
        for who in session.speakings.all():
            there = spans.get(who.person_id)
            if there and not any(one.starts_at <= session.starts_at and ends <= one.ends_at for one in there):
                yield Doubt(session, _("%(name)s cannot be there at that time") % {"name": who.person})
