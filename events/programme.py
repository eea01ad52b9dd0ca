"""Forums and sessions as pages list them: with whoever produces or speaks, when and where."""

from dataclasses import dataclass
from datetime import date
from itertools import groupby
from zoneinfo import ZoneInfo

from django.db.models import Count, Prefetch, Q
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from events.models import Production, ReleasedPlace, Session, Speaking
from portal.templatetags.portal import text


@dataclass(frozen=True)
class Day:
    """The sessions of one day, by their own clock; `date` is None for those of which no day is known."""

    date: date | None
    sessions: list

LANGUAGE_NAMES = {"zh": _("Chinese"), "en": _("English")}


def forums_of(conference):
    """Return the forums, each with its `producers` (a list of Production), `session_count` and venue."""
    producers = Production.objects.published().select_related("person", "organization")
    # Venues through the conference, so that each of them knows it and its address costs nothing.
    venues = conference.venues.select_related("city")
    return conference.forums.annotate(
        session_count=Count("sessions", filter=~Q(sessions__kind=Session.Kind.BREAK))
    ).prefetch_related(Prefetch("productions", producers, to_attr="producers"), Prefetch("venue", venues))


def sessions_of(conference):
    """Return the sessions, each with its `speakers` (a list of Speaking), room and venue.

    Places and times are those of the latest release only once `scheduled()` has told them.
    """
    speakers = Speaking.objects.published().select_related("person", "organization")
    sessions = conference.sessions.select_related("room__venue").prefetch_related(
        Prefetch("speakings", speakers, to_attr="speakers")
    )
    return with_places_of(sessions, conference.release_pk) if conference.release_pk else sessions


def with_places_of(sessions, release_pk):
    """Return the queryset of sessions, each with the place a release gives it, as `released`: a list of one or none."""
    places = ReleasedPlace.objects.filter(release=release_pk).select_related("room__venue")
    return sessions.prefetch_related(Prefetch("released_places", places, to_attr="released"))


def scheduled(sessions):
    """Return the list of sessions in order of time, each told when and where it is, for `_session_list.html`.

    Once a conference has a release, a session is where and when that says, and nowhere if it does not know it.
    Sets `starts_on` (a date or None), `start_text` and `end_text` ("09:30", or empty), `machine_time` and
    `machine_end` (ISO 8601, or empty), `where_text` (HTML) and `is_now`, by the clock of the venue; and `languages`
    (a list of words).
    """
    now = timezone.now()
    placed = [_placed(session) for session in sessions]
    placed.sort(key=lambda one: (one.starts_at is None, one.starts_at or now, one.position, one.pk))
    return [_told(session, now) for session in placed]


def take_place(sessions):
    """Return where all of these sessions are, and leave it out of each; empty where they are in different places."""
    places = {session.where_text for session in sessions}
    if len(places) != 1:
        return ""
    for session in sessions:
        session.where_text = ""
    return places.pop()


def by_day(sessions):
    """Return the list of `Day` of sessions in order of time, as `scheduled()` returns them."""
    return [Day(day, list(of_day)) for day, of_day in groupby(sessions, key=lambda session: session.starts_on)]


def _placed(session):
    """Put a session where the release says; never save it afterwards."""
    if hasattr(session, "released"):
        [place] = session.released or [ReleasedPlace()]
        session.room, session.starts_at, session.ends_at = place.room, place.starts_at, place.ends_at
        session.is_cancelled = place.is_cancelled
    return session


def _told(session, now):
    zone, place = zone_of(session), session.room
    starts = session.starts_at and session.starts_at.astimezone(zone)
    ends = session.ends_at and session.ends_at.astimezone(zone)
    session.starts_on = starts and starts.date()
    session.start_text = f"{starts:%H:%M}" if starts else ""
    session.end_text = f"{ends:%H:%M}" if ends else ""
    session.machine_time = starts.isoformat(timespec="minutes") if starts else ""
    session.machine_end = ends.isoformat(timespec="minutes") if ends else ""
    session.where_text = format_html("{} · {}", text(place, "name"), text(place.venue, "name")) if place else ""
    session.languages = [LANGUAGE_NAMES.get(tag, tag) for tag in session.language.replace(" ", "").split(",") if tag]
    session.is_now = bool(starts and ends and starts <= now < ends and not session.is_cancelled)
    return session


def zone_of(session):
    """Return the clock that a session goes by: its venue's, else its conference's."""
    venue = session.room and session.room.venue
    return ZoneInfo((venue and venue.time_zone) or session.conference.time_zone)
