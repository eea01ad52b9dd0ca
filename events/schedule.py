"""The schedule as its pages show it: sessions as plain rows, laid out by day and venue.

Hundreds of sessions are shown at once. So they are read as values and not as
models, and whatever many of them share (a room, a forum, a face) is worked out once.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime
from types import SimpleNamespace
from zoneinfo import ZoneInfo

from django.core.files.storage import default_storage
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.html import format_html

from events.models import Forum, Release, Room, Session, Speaking, Venue
from events.places import PLACE, places_of, rows_of
from events.plan import plan_of
from events.reaching import address_of_sessions
from events.timetable import Grid, Slot, days, grid
from portal.templatetags.faces import face
from portal.texts import in_all_languages, said, said_otherwise, text_of

SESSION = ("code", "kind", "language", "forum_id", "position", *in_all_languages("title"))
NAMES = ("name_then", "person__name", "organization_then", "organization__name")
SPEAKER = ("session_id", "person_id", "person__slug", "person__portrait", *in_all_languages(*NAMES))


@dataclass
class Timed:
    """A session with a time, as the schedule shows it; `starts` and `ends` by the clock of its venue."""

    code: str
    kind: str
    title: str
    other_title: str  # HTML: in the other language, empty where there is none
    url: str
    tags: list
    starts: datetime
    ends: datetime | None
    is_cancelled: bool
    is_now: bool
    forum: Forum | None
    room: Room | None
    venue: Venue | None
    speakers: list = field(default_factory=list)

    @property
    def starts_on(self):
        return self.starts.date()

    @property
    def clock(self):
        """09:30–10:15"""
        return f"{self.starts:%H:%M}–{self.ends:%H:%M}" if self.ends else f"{self.starts:%H:%M}"

    @property
    def machine(self):
        return self.starts.isoformat(timespec="minutes")

    @property
    def machine_end(self):
        return self.ends.isoformat(timespec="minutes") if self.ends else ""

    @property
    def classes(self):
        marks = {"is-break": self.kind == Session.Kind.BREAK, "is-cancelled": self.is_cancelled, "is-now": self.is_now}
        return " ".join(["slot", *(name for name, applies in marks.items() if applies)])


@dataclass(frozen=True)
class Part:
    """One venue on one day; `venue` is None for what belongs to none."""

    venue: Venue | None
    grid: Grid

    @property
    def has_rooms(self):
        return any(column.room for column in self.grid.columns)


@dataclass(frozen=True)
class ScheduleDay:
    date: date
    parts: list

    @property
    def anchor(self):
        return f"day-{self.date.isoformat()}"


class Schedule:
    """The sessions of a conference that have a time: by a release, or live where `release_pk` is None.

    However many there are, reading them takes two queries, and three for what the conference's pages share.
    """

    def __init__(self, conference, release_pk):
        self.conference, self.release_pk = conference, release_pk
        self.plan = plan_of(conference)
        self.now = timezone.now()

    @cached_property
    def sessions(self):
        """The list of `Timed`, in order of time."""
        return list(self.told().values())

    def told(self, keys=None):
        """Return session's primary key -> `Timed`, in order of time; of those alone that `keys` names, if given."""
        rows = rows_of(self.conference, self.release_pk, *PLACE, *SESSION, keys=keys)
        speakers = self._speakers(keys) if rows else {}
        return {row["pk"]: self._timed(row, speakers.get(row["pk"], [])) for row in rows}

    @cached_property
    def places(self):
        """The list of `Place`, in order of time: all that is needed to choose which sessions to tell of."""
        return places_of(self.conference, self.release_pk)

    @cached_property
    def days(self):
        """The list of `timetable.Day` of slots whose items are `Timed`."""
        return days([Slot(one, one.starts, one.ends, one.room) for one in self.sessions])

    @cached_property
    def release(self):
        return Release.objects.get(pk=self.release_pk) if self.release_pk else None

    @cached_property
    def on_now(self):
        """The code of the first session that is on, None where none is."""
        return next((session.code for session in self.sessions if session.is_now), None)

    @cached_property
    def has_several_venues(self):
        return len({session.venue for session in self.sessions}) > 1

    def _speakers(self, keys):
        """Return session's primary key -> the HTML of each of its speakers: face and name."""
        of_these = {"session__conference": self.conference} if keys is None else {"session__in": keys}
        speakings = Speaking.objects.published().filter(**of_these)
        speakers, known = defaultdict(list), {}
        for session, *who in speakings.order_by("session_id", "position", "pk").values_list(*SPEAKER):
            who = tuple(who)
            if who not in known:
                known[who] = _speaker(dict(zip(SPEAKER[1:], who, strict=True)))
            speakers[session].append(known[who])
        return speakers

    @cached_property
    def _address_of(self):
        return address_of_sessions(self.conference)

    def _timed(self, row, speakers):
        room, forum = self.plan.rooms.get(row["room_id"]), self.plan.forums.get(row["forum_id"])
        venue = room.venue if room else self._venue_without_room(forum)
        zone = ZoneInfo((venue and venue.time_zone) or self.conference.time_zone)
        starts, ends = row["starts_at"], row["ends_at"]
        return Timed(
            code=row["code"],
            kind=row["kind"],
            title=said(row, "title"),
            other_title=said_otherwise(row, "title"),
            url=self._address_of(row["code"]),
            tags=[tag for tag in row["language"].replace(" ", "").split(",") if tag],
            starts=starts.astimezone(zone),
            ends=ends and ends.astimezone(zone),
            is_cancelled=row["is_cancelled"],
            is_now=bool(ends and starts <= self.now < ends and not row["is_cancelled"]),
            forum=forum,
            room=room,
            venue=venue,
            speakers=speakers,
        )

    def _venue_without_room(self, forum):
        if len(self.plan.venues) == 1:
            return next(iter(self.plan.venues.values()))
        return forum and forum.venue


def _speaker(values):
    name = next((field for field in NAMES if text_of(values, field)), NAMES[0])
    portrait = values["person__portrait"]
    person = values["person_id"] and SimpleNamespace(
        slug=values["person__slug"], portrait_url=default_storage.url(portrait) if portrait else ""
    )
    shown = face(SimpleNamespace(person=person, name=text_of(values, name)))
    return format_html("<span>{}{}</span>", shown, said(values, name))


def laid_out(wanted):
    """Return the list of `ScheduleDay` of a list of (date, slots)."""
    return [ScheduleDay(day, _parts(slots)) for day, slots in wanted]


def _parts(slots):
    by_venue = defaultdict(list)
    for slot in slots:
        by_venue[slot.item.venue or _interrupted(slot, slots)].append(slot)
    in_turn = sorted(by_venue, key=lambda venue: (venue is None, venue and (venue.position, venue.pk)))
    return [Part(venue, grid(by_venue[venue], _rooms(by_venue[venue]))) for venue in in_turn]


def _interrupted(slot, slots):
    """Return the one venue between whose sessions a break without a place falls; None where there are more, or none."""
    if slot.item.kind != Session.Kind.BREAK:
        return None
    placed = [other for other in slots if other.item.venue]
    before = {other.item.venue for other in placed if (other.ends or other.starts) <= slot.starts}
    after = {other.item.venue for other in placed if other.starts >= (slot.ends or slot.starts)}
    between = before & after
    return between.pop() if len(between) == 1 else None


def _rooms(slots):
    return sorted({slot.room for slot in slots if slot.room}, key=lambda room: (room.position, room.pk))
