"""Sessions as pages list them: with whoever speaks, when and where."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from events.models import Speaking
from events.places import Place, places_of
from portal.as_of_then import read_as_of_then

NOWHERE = Place(None, None, None, None, is_cancelled=False)


@dataclass(frozen=True)
class Day:
    """The sessions of one day, by their own clock; `date` is None for those of which no day is known."""

    date: date | None
    sessions: list


LANGUAGE_NAMES = {"zh": _("Chinese"), "en": _("English")}


def scheduled(sessions, plan):
    """Return sessions of the conference of a plan as a list in order of time: when, where, and who speaks.

    Once a conference has a release, a session is where and when that says, and nowhere if it does not know it.
    Sets `forum`, `room` (of the `Plan`) and `speakers` (a list of `ReadAsOfThen`); `starts_on` (a date or None),
    `start_text` and `end_text` ("09:30", or empty), `machine_time` and `machine_end` (ISO 8601, or empty),
    `where_text` (HTML) and `is_now`, by the clock of the venue; and `languages` (a list of words).
    """
    now, sessions = timezone.now(), list(sessions)
    on_stage, release = _speakers_of(sessions), plan.conference.release_pk
    places = {place.key: place for place in places_of(plan.conference, release)} if release else None
    for session in sessions:
        session.forum = plan.forums.get(session.forum_id)
        session.speakers = on_stage[session.pk]
        _put(session, plan, places)
    sessions.sort(key=lambda one: (one.starts_at is None, one.starts_at or now, one.position, one.pk))
    return [_told(session, now) for session in sessions]


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


def _speakers_of(sessions):
    """Return session's primary key -> the list of `ReadAsOfThen` on its stage."""
    speakings = Speaking.objects.published().filter(session__in=[session.pk for session in sessions])
    on_stage = defaultdict(list)
    for who in read_as_of_then(speakings, "session_id", "role"):
        on_stage[who.session_id].append(who)
    return on_stage


def _put(session, plan, places):
    """Put a session into its room, or where the release says; never save it afterwards."""
    if places is not None:
        where = places.get(session.pk, NOWHERE)
        session.room_id, session.starts_at, session.ends_at, session.is_cancelled = where[1:]
    session.room = plan.rooms.get(session.room_id)


def _told(session, now):
    zone, place = zone_of(session), session.room
    starts = session.starts_at and session.starts_at.astimezone(zone)
    ends = session.ends_at and session.ends_at.astimezone(zone)
    session.starts_on = starts and starts.date()
    session.start_text = f"{starts:%H:%M}" if starts else ""
    session.end_text = f"{ends:%H:%M}" if ends else ""
    session.machine_time = starts.isoformat(timespec="minutes") if starts else ""
    session.machine_end = ends.isoformat(timespec="minutes") if ends else ""
    session.where_text = format_html("{} · {}", place.label, place.venue.label) if place else ""
    session.languages = [LANGUAGE_NAMES.get(tag, tag) for tag in session.language.replace(" ", "").split(",") if tag]
    session.is_now = bool(starts and ends and starts <= now < ends and not session.is_cancelled)
    return session


def zone_of(session):
    """Return the clock that a session goes by: its venue's, else its conference's."""
    venue = session.room and session.room.venue
    return ZoneInfo((venue and venue.time_zone) or session.conference.time_zone)
