"""The filters of a schedule: each choice is a link that can be shared."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.utils.translation import gettext as _

from events.models import Session
from events.programme import LANGUAGE_NAMES
from portal import dates
from portal.filters import LEFT_OUT
from portal.languages import fallback_lang

NAMES = ("day", "venue", "room", "forum", "language", "kind")


@dataclass(frozen=True)
class Choice:
    """One value of a filter: a link that asks for it, or, where it is chosen, for the schedule without it."""

    value: str
    label: str
    url: str
    is_chosen: bool
    lang: str = ""


@dataclass(frozen=True)
class Facet:
    name: str
    label: str
    choices: list

    @property
    def is_used(self):
        return any(choice.is_chosen for choice in self.choices)


class ScheduleFilters:
    """What a query string asks of the sessions of one conference.

    `schedule` is a `Schedule`, `language` the reader's. Templates read `facets` (a list of `Facet`), `told` (what
    made no sense, in words) and `is_used`.
    """

    def __init__(self, schedule, query, language):
        self.all_days, self.language, self.sessions = schedule.days, language, schedule.sessions
        offered = {
            "day": self._days(),
            "venue": self._venues(),
            "room": self._rooms(),
            "forum": self._forums(),
            "language": self._languages(),
            "kind": self._kinds(),
        }
        asked = {name: query[name][:80] for name in offered if query.get(name)}
        self.chosen = {name: value for name, value in asked.items() if value in offered[name]}
        self.told = [LEFT_OUT["invalid_choice"] % {"value": asked[name]} for name in asked if name not in self.chosen]
        self.facets = [
            Facet(name, label, [self._choice(name, value, *told) for value, told in offered[name].items()])
            for name, label in self._labels().items()
            if len(offered[name]) > 1
        ]

    @property
    def is_used(self):
        return bool(self.chosen)

    @property
    def query(self):
        """What belongs into the page's own address."""
        return urlencode(self.chosen)

    def days(self):
        """Return the list of (date, slots) that were asked for."""
        wanted = [(day.date, [slot for slot in day.slots if self._fits(slot.item)]) for day in self.all_days]
        return [(date, slots) for date, slots in wanted if slots and self.chosen.get("day") in (None, date.isoformat())]

    def _fits(self, session):
        chosen = self.chosen
        return (
            chosen.get("venue") in (None, session.venue and session.venue.slug)
            and chosen.get("room") in (None, _room_key(session))
            and chosen.get("forum") in (None, session.forum and session.forum.slug)
            and chosen.get("language") in (None, *session.tags)
            and chosen.get("kind") in (None, session.kind)
        )

    def _choice(self, name, value, label, lang=""):
        is_chosen = self.chosen.get(name) == value
        others = {key: chosen for key, chosen in self.chosen.items() if key != name}
        query = urlencode(others if is_chosen else others | {name: value})
        return Choice(value, label, f"?{query}" if query else "?", is_chosen, lang)

    @staticmethod
    def _labels():
        return {
            "day": _("Day"),
            "venue": _("Venue"),
            "forum": _("Forum"),
            "room": _("Room"),
            "kind": _("Type"),
            "language": _("Language"),
        }

    # What there is to choose: a dict of value -> (label, lang of the label), in the order of the page.

    def _days(self):
        return {day.date.isoformat(): (dates.written_days(day.date, day.date, self.language),) for day in self.all_days}

    def _venues(self):
        venues = {session.venue for session in self.sessions if session.venue}
        return {venue.slug: _named(venue, "name") for venue in sorted(venues, key=_position)}

    def _rooms(self):
        rooms = {_room_key(session): session.room for session in self.sessions if session.room}
        in_order = sorted(rooms.items(), key=lambda one: (_position(one[1].venue), _position(one[1])))
        return {key: _named(room, "name") for key, room in in_order}

    def _forums(self):
        forums = {session.forum for session in self.sessions if session.forum}
        return {forum.slug: _named(forum, "title") for forum in sorted(forums, key=_position)}

    def _languages(self):
        tags = {tag for session in self.sessions for tag in session.tags}
        return {tag: (LANGUAGE_NAMES.get(tag, tag),) for tag in sorted(tags)}

    def _kinds(self):
        used = {session.kind for session in self.sessions}
        return {kind.value: (kind.label,) for kind in Session.Kind if kind in used}


def _named(row, field):
    return getattr(row, field), fallback_lang(row, field)


def _position(row):
    return row.position, row.pk


def _room_key(session):
    """Name a room within the conference: "main-hall.room-1"."""
    return session.room and f"{session.room.venue.slug}.{session.room.slug}"
