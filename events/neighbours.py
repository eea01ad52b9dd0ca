"""What is around a session: before and after it in the room, and what its speakers talked about in other years."""

from dataclasses import dataclass
from datetime import timedelta

from django.urls import reverse

from events.models import ReleasedPlace, Speaking
from portal.as_of_then import ReadAsOfThen, read_as_of_then
from portal.texts import in_all_languages, said

# A day on either side is enough: the one before or after is of the same day, or there is none worth telling.
AROUND = timedelta(hours=18)
MOST_TALKS = 12
FIELDS = ("code", "kind", *in_all_languages("title"))
ELSEWHERE = (
    *("session__code", "session__conference__slug"),
    *in_all_languages("session__title", "session__conference__title"),
)


@dataclass(frozen=True)
class Neighbour:
    title: str  # HTML, with its language where it is a fallback
    url: str


@dataclass(frozen=True)
class OtherTalk:
    who: ReadAsOfThen
    title: str  # HTML, as the conference
    url: str
    conference: str


def neighbours_of(session):
    """Return (previous, next) `Neighbour` in the room, None where there is none. At most one query.

    `session` is as `programme.scheduled()` returns it.
    """
    if not session.room or not session.starts_at:
        return None, None
    release, conference = session.conference.release_pk, session.conference
    if release:
        places, prefix = ReleasedPlace.objects.filter(release=release, session__isnull=False), "session__"
    else:
        places, prefix = conference.sessions.all(), ""
    around = (session.starts_at - AROUND, session.starts_at + AROUND)
    in_room = places.filter(room=session.room, starts_at__range=around, is_cancelled=False)
    in_time = in_room.order_by("starts_at", f"{prefix}pk").values_list(*(f"{prefix}{name}" for name in FIELDS))
    rows = [dict(zip(FIELDS, values, strict=True)) for values in in_time]
    rows = [row for row in rows if row["kind"] != "break" or row["code"] == session.code]
    at = next((number for number, row in enumerate(rows) if row["code"] == session.code), None)
    if at is None:
        return None, None
    before, after = (rows[at - 1] if at else None), (rows[at + 1] if at + 1 < len(rows) else None)
    return _neighbour(conference, before), _neighbour(conference, after)


def _neighbour(conference, row):
    return row and Neighbour(said(row, "title"), reverse("session", args=[conference.slug, row["code"]]))


def other_talks(session):
    """Return the list of `OtherTalk` of the same people, the latest first. One query."""
    people = [who.person_id for who in session.speakers if who.person_id]
    if not people:
        return []
    speakings = Speaking.objects.published().filter(person__in=people).exclude(session=session.pk)
    by_year = speakings.order_by("-session__conference__starts_at", "session__position", "pk")
    return [_other_talk(who) for who in read_as_of_then(by_year[:MOST_TALKS], *ELSEWHERE)]


def _other_talk(who):
    told = vars(who)
    url = reverse("session", args=[told["session__conference__slug"], told["session__code"]])
    return OtherTalk(who, said(told, "session__title"), url, said(told, "session__conference__title"))
