"""What is on in each room at a moment, and what comes next there."""

from dataclasses import dataclass
from datetime import timedelta

from events.models import Room, Venue
from events.schedule import Timed
from portal.pagecache.moments import next_of

# What begins later is no news to whoever stands before the door.
AHEAD = timedelta(hours=12)
# How long what has no known end is on where nothing follows it.
ALONE = timedelta(hours=1)


def changes_of(model, now):
    """Yield when that changes next by the clock, of the times that rows of a model hold."""
    yield from next_of(model, "starts_at", now)
    yield from next_of(model, "ends_at", now)
    yield from (starts_at - AHEAD for starts_at in next_of(model, "starts_at", now + AHEAD))
    yield from (starts_at + ALONE for starts_at in next_of(model, "starts_at", now - ALONE, ends_at=None))


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

    What is cancelled is left out; a session whose end is not known is on until the next one begins, or for an hour.
    """
    by_room = {}
    for place in schedule.places:
        if place.room_id and not place.is_cancelled:
            by_room.setdefault(place.room_id, []).append(place)
    rooms = {room: on_next_later(by_room[key], moment) for key, room in schedule.plan.rooms.items() if key in by_room}
    shown = {place.key for parts in rooms.values() for part in parts for place in part}
    told = schedule.told(shown) if shown else {}
    return [RoomNow(room, room.venue, *(_told(part, told) for part in parts)) for room, parts in rooms.items()]


def on_next_later(places, moment):
    """Return three lists of the places of a room: those on, those that begin next, and those later."""
    ahead = [place for place in places if moment < place.starts_at <= moment + AHEAD]
    begun = [place for place in places if place.starts_at <= moment]
    on = [place for place in begun if place.ends_at and moment < place.ends_at]
    if not on and begun and begun[-1].ends_at is None and (ahead or moment < begun[-1].starts_at + ALONE):
        on = begun[-1:]
    following = [one for one in ahead if one.starts_at == ahead[0].starts_at]
    return on, following, ahead[len(following) :]


def _told(places, told):
    """Return the `Timed` of places; one that was taken away in between is left out."""
    return [told[place.key] for place in places if place.key in told]
