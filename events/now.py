"""What is on in each room at a moment, and what comes next there."""

from dataclasses import dataclass
from datetime import timedelta

from events.models import Room, Venue
from events.schedule import Timed

# What begins later is no news to whoever stands before the door.
AHEAD = timedelta(hours=12)


@dataclass(frozen=True)
class RoomNow:
    """A room: the sessions on now, the one or the block that begins next, and what is later; each may be empty."""

    room: Room
    venue: Venue
    on: list[Timed]
    next: list[Timed]
    later: list[Timed]

    @property
    def has_something(self):
        return bool(self.on or self.next)


def now_and_next(schedule, moment):
    """Return the list of `RoomNow` of the rooms that have sessions, in the order of the venues.

    What is cancelled is left out; a session whose end is not known is on until the next one begins.
    """
    by_room = {}
    for session in schedule.sessions:
        if session.room and not session.is_cancelled:
            by_room.setdefault(session.room, []).append(session)
    in_order = sorted(by_room, key=lambda room: (room.venue.position, room.venue_id, room.position, room.pk))
    return [_room_now(room, by_room[room], moment) for room in in_order]


def _room_now(room, sessions, moment):
    ahead = [session for session in sessions if moment < session.starts <= moment + AHEAD]
    begun = [session for session in sessions if session.starts <= moment]
    on = [session for session in begun if session.ends and moment < session.ends]
    if not on and begun and begun[-1].ends is None and ahead:
        on = begun[-1:]
    following = [one for one in ahead if one.starts == ahead[0].starts]
    return RoomNow(room, room.venue, on, following, ahead[len(following) :])
