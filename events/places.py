"""Where and when the sessions of a conference are: by a release, or as they stand before the first."""

from datetime import datetime
from typing import NamedTuple

from events.models import ReleasedPlace
from portal.pagecache.known import once_a_generation

# Columns of a session, and of its place in a release.
PLACE = ("room_id", "starts_at", "ends_at", "is_cancelled")


class Place(NamedTuple):
    """Where and when a session is; `key` is its primary key."""

    key: int
    room_id: int | None
    starts_at: datetime
    ends_at: datetime | None
    is_cancelled: bool


@once_a_generation
def places_of(conference, release_pk):
    """Return the list of `Place` of a schedule, for every page that tells where or when some of its sessions are."""
    return [Place(*row.values()) for row in rows_of(conference, release_pk, *PLACE)]


def rows_of(conference, release_pk, *names, keys=None):
    """Return the session's primary key and columns of `PLACE` and of itself as dicts, in order of time."""
    if release_pk:
        places, of_session = ReleasedPlace.objects.filter(release=release_pk, session__isnull=False), "session__"
    else:
        places, of_session = conference.sessions.exclude(starts_at=None), ""
    if keys is not None:
        places = places.filter(**{f"{of_session}pk__in": keys})
    in_time = places.order_by("starts_at", f"{of_session}position", f"{of_session}pk")
    columns = [name if name in PLACE else f"{of_session}{name}" for name in ("pk", *names)]
    return [dict(zip(("pk", *names), values, strict=True)) for values in in_time.values_list(*columns)]
