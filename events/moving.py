"""The verb of whoever makes a schedule: move, which puts a session into a room and a time of the draft."""

from dataclasses import dataclass
from datetime import UTC, datetime

from events.models import Room
from portal.locking import locked


class MovedMeanwhile(Exception):
    """Someone else has moved the session since it was looked at; `session` is as it is now."""

    def __init__(self, session):
        super().__init__(session.code)
        self.session = session


@dataclass(frozen=True)
class Spot:
    """Where and when a session is to be; `starts_at` is None for one that is not placed yet."""

    room: Room | None = None
    starts_at: datetime | None = None
    ends_at: datetime | None = None


def mark_of(session):
    """Return what tells one place and time of a session from another, for `move` to compare."""
    moments = (moment.strftime("%Y%m%dT%H%M%S") if moment else "" for moment in _moments(session))
    return "~".join([str(session.room_id or ""), *moments])


def move(session, spot, was):
    """Put a session where `spot` says, if it is still where `was` (a `mark_of`) had it. Returns it as it then is.

    Raises MovedMeanwhile, and ValidationError for what can never be; visitors see it with the next release only.
    """
    with locked(session) as session:
        if mark_of(session) != was:
            raise MovedMeanwhile(session)
        session.room, session.starts_at, session.ends_at = spot.room, spot.starts_at, spot.ends_at
        session.clean()
        session.validate_constraints()
        session.save()
    return session


def _moments(session):
    return (moment and moment.astimezone(UTC) for moment in (session.starts_at, session.ends_at))
