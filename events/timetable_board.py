"""The board on which a schedule is made: the sessions by forum and time, and what a grid needs to draw them.

Sessions, rooms and days are read once; what a user may move is decided by `editable_by`.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError
from django.utils.functional import cached_property
from django.utils.html import format_html
from django.utils.safestring import mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from events.models import Conference, Room, Session
from events.moving import Spot, mark_of
from events.programme import zone_of
from portal import dates
from portal.keys import key_in

FIELDS = ("day", "from", "to", "room", "was")


@dataclass(frozen=True)
class Line:
    """A session as the board shows it; times by the clock of its venue, empty where they are not known."""

    session: Session
    day: str
    starts: str
    ends: str
    was: str
    is_movable: bool
    room_options: str  # HTML


def conferences_for(user):
    """Return the conferences whose board is for the user: those that they may fill with sessions."""
    conferences = Conference.objects.all()
    return conferences.fillable_by(user) if user.has_perm("events.change_session") else conferences.none()


class TimetableBoard:
    """The sessions of a conference, for one user to place."""

    def __init__(self, conference, user):
        self.conference, self.user = conference, user

    @cached_property
    def sessions(self):
        """The list of sessions by time, those without one last."""
        sessions = list(self.conference.sessions.select_related("forum", "room__venue"))
        for session in sessions:
            session.conference = self.conference
        return sessions

    @cached_property
    def movable(self):
        """Primary key -> session, of those the user may move."""
        mine = set(self.conference.sessions.editable_by(self.user).values_list("pk", flat=True))
        return {session.pk: session for session in self.sessions if session.pk in mine}

    @cached_property
    def rooms(self):
        rooms = Room.objects.filter(venue__conference=self.conference).select_related("venue")
        return {room.pk: room for room in rooms.order_by("venue__position", "venue", "position", "pk")}

    @cached_property
    def days(self):
        """The list of (ISO date, words): the days of the conference, and any other on which something is."""
        first, last = dates.first_day(self.conference), dates.last_day(self.conference)
        found = {first + timedelta(days=number) for number in range(min((last - first).days, 30) + 1)}
        found |= {local(session, session.starts_at).date() for session in self.sessions if session.starts_at}
        return [(day.isoformat(), dates.written_days(day, day, get_language())) for day in sorted(found)]

    @cached_property
    def forums(self):
        """The list of (forum, lines) in the order of the forums; what belongs to none comes last, as None."""
        by_forum = defaultdict(list)
        for session in self.sessions:
            by_forum[session.forum].append(self.line(session))
        return sorted(by_forum.items(), key=lambda one: (one[0] is None, one[0] and (one[0].position, one[0].pk)))

    def line(self, session):
        starts, ends = local(session, session.starts_at), local(session, session.ends_at)
        return Line(
            session,
            day=starts.date().isoformat() if starts else "",
            starts=f"{starts:%H:%M}" if starts else "",
            ends=f"{ends:%H:%M}" if ends else "",
            was=mark_of(session),
            is_movable=session.pk in self.movable,
            room_options=self._room_options(session.room_id),
        )

    def card(self, session):
        """Return what the grid draws, as JSON can hold it."""
        line = self.line(session)
        return {
            "pk": session.pk,
            "title": str(session),
            "forum": str(session.forum or ""),
            "isCancelled": session.is_cancelled,
            "room": session.room_id,
            "day": line.day,
            "from": line.starts,
            "to": line.ends,
            "was": line.was,
            "isMovable": line.is_movable,
        }

    @property
    def drawn(self):
        rooms = [{"pk": room.pk, "name": str(room), "venue": str(room.venue)} for room in self.rooms.values()]
        days = [{"date": day, "words": words} for day, words in self.days]
        return {"days": days, "rooms": rooms, "cards": [self.card(session) for session in self.sessions]}

    def wanted(self, values):
        """Return the `Spot` that the values of a line ask for: day, from, to, room. Raises ValidationError."""
        room = self.rooms.get(key_in(values["room"])) if values["room"] else None
        if values["room"] and room is None:
            raise ValidationError(_("This room belongs to another conference."))
        if not values["day"]:
            return Spot(room)
        if not values["from"]:
            raise ValidationError(_("Enter when it begins, or clear its day."))
        zone = ZoneInfo((room and room.venue.time_zone) or self.conference.time_zone)
        try:
            day = date.fromisoformat(values["day"])
            starts = datetime.combine(day, time.fromisoformat(values["from"]), zone)
            ends = datetime.combine(day, time.fromisoformat(values["to"]), zone) if values["to"] else None
        except ValueError as error:
            raise ValidationError(_("This is not a time; write it as 09:30.")) from error
        if ends and ends.time() < starts.time():
            ends += timedelta(days=1)
        return Spot(room, starts, ends)

    def _room_options(self, chosen):
        """Return the `<option>`s of all rooms, the chosen one selected."""
        options = (
            option.replace(">", " selected>", 1) if pk == chosen else option for pk, option in self._options.items()
        )
        return mark_safe("".join(options))

    @cached_property
    def _options(self):
        several = len({room.venue_id for room in self.rooms.values()}) > 1
        named = [(pk, f"{room.venue} · {room}" if several else str(room)) for pk, room in self.rooms.items()]
        options = [(pk, format_html('<option value="{}">{}</option>', pk, name)) for pk, name in named]
        return {None: '<option value="">—</option>', **dict(options)}


def local(session, moment):
    """Return the moment by the clock of the session's venue; None stays None."""
    return moment and moment.astimezone(zone_of(session))
