"""What the posters of a session and of a forum say: when, where and who; see `portal.posters.Bill`."""

from django.utils.translation import get_language

from events.programme import zone_of
from portal import dates
from portal.poster_pages import named


def session_bill(session, told):
    """Return the words of a session as `programme.scheduled()` returns it; `told` is what its conference says."""
    words = {**told, "title": session.title, "kicker": session.conference.title, "guests": named(session.speakers)}
    if session.starts_at:
        words["when"] = _written([session])
    if session.room:
        words["where"] = f"{session.room.venue.name} · {session.room.name}"
    if session.is_cancelled:
        words["alert"] = str(session.conference.Standing.CANCELLED.label)
    return words


def forum_bill(forum, sessions, told):
    """Return the words of a forum and its scheduled sessions: who speaks, or who produces it where nobody does yet."""
    speakers = [speaking for session in sessions for speaking in session.speakers]
    words = {
        **told,
        "title": forum.title,
        "kicker": forum.conference.title,
        "guests": named(speakers or forum.producers),
    }
    timed = [session for session in sessions if session.starts_at and not session.is_cancelled]
    if timed:
        words["when"] = _written(timed)
    if forum.venue:
        rooms = {session.room.name for session in sessions if session.room}
        words["where"] = " · ".join([forum.venue.name, *(rooms if len(rooms) == 1 else ())])
    return words


def _written(sessions):
    """Return from when the first until when the last of them takes place."""
    ends = [session.ends_at for session in sessions if session.ends_at]
    zone = str(zone_of(sessions[0]))
    span = dates.Span(min(session.starts_at for session in sessions), max(ends, default=None), zone)
    return dates.written(span, get_language())
