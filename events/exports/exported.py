"""What the files of a schedule are made of, read once for all formats."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import NAMESPACE_URL, uuid5

from django.conf import settings
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import get_language

from events.models import Release
from events.plan import plan_of
from events.programme import scheduled, zone_of
from events.reaching import address_of_sessions
from events.timetable import Slot, days
from events.unmistakable import labels_of_forums, labels_of_rooms

SHORTEST_ACRONYM = 4  # characters, as both schemas want
# What XML 1.0 cannot hold, not even escaped.
NO_XML = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True)
class Talk:
    """A session as files tell it; `starts` and `ends` by the clock of its venue, None where it has no time."""

    session: object
    starts: datetime | None
    ends: datetime | None
    room: str
    forum: str
    slug: str
    url: str

    @property
    def length(self):
        """The duration, zero where the end is not known."""
        return self.ends.astimezone(UTC) - self.starts.astimezone(UTC) if self.ends else timedelta()

    @property
    def materials(self):
        """The links of the session as (kind, full address, title)."""
        return [(one.kind, absolute(one.address), one.title or "") for one in self.session.remains]


class Exported:
    """The schedule of a published conference, in the active language."""

    def __init__(self, conference):
        self.conference = conference

    @cached_property
    def release(self):
        pk = self.conference.release_pk
        return Release.objects.get(pk=pk) if pk else None

    @property
    def version(self):
        return self.release.version if self.release else "provisional"

    @property
    def address(self):
        return absolute(reverse("schedule", args=[self.conference.slug]))

    @cached_property
    def plan(self):
        return plan_of(self.conference)

    @cached_property
    def rooms(self):
        """Room -> the name that tells it from every other of the conference."""
        return labels_of_rooms(self.plan.rooms.values())[get_language()]

    @cached_property
    def forums(self):
        """Forum -> the title that tells it from every other."""
        return labels_of_forums(self.plan.forums.values())[get_language()]

    @cached_property
    def talks(self):
        """The list of `Talk` of all sessions, those with a time first and in order of time."""
        sessions = self.conference.sessions.defer("abstract_html").with_remains()
        return [self._talk(session) for session in scheduled(sessions, self.plan)]

    @property
    def timed(self):
        return [talk for talk in self.talks if talk.starts]

    @cached_property
    def days(self):
        """The list of `timetable.Day` of slots whose items are `Talk`, without what is cancelled."""
        standing = [talk for talk in self.timed if not talk.session.is_cancelled]
        return days([Slot(talk, talk.starts, talk.ends, talk.room) for talk in standing])

    @property
    def acronym(self):
        return acronym_of(self.conference)

    @cached_property
    def _address_of(self):
        return address_of_sessions(self.conference)

    def _talk(self, session):
        zone = zone_of(session)
        return Talk(
            session=session,
            starts=session.starts_at and session.starts_at.astimezone(zone),
            ends=session.ends_at and session.ends_at.astimezone(zone),
            room=self.rooms.get(session.room, ""),
            forum=self.forums.get(session.forum, ""),
            slug=f"{self.acronym}-{session.code.lower()}",
            url=absolute(self._address_of(session.code)),
        )


def acronym_of(conference):
    """Return the conference's slug in the letters that both schemas allow: a-z, 0-9 and `_`, at least four."""
    return conference.slug.replace("-", "_").ljust(SHORTEST_ACRONYM, "_")


def absolute(path):
    return path if "://" in path else f"{settings.SITE_URL}{path}"


def lasting_uuid(kind, pk):
    """Return the UUID of a row that has none of its own; it never changes."""
    return str(uuid5(NAMESPACE_URL, f"{settings.SITE_URL}/{kind}/{pk}"))


def speaker_uuid(who):
    """Return the UUID of whoever speaks: the person's in all their talks, else that of this appearance alone."""
    return lasting_uuid("people", who.person_id) if who.person_id else lasting_uuid("speakings", who.pk)


def clean(text):
    """Return a text without what XML cannot hold."""
    return NO_XML.sub("", text or "")


def hours_and_minutes(length):
    """Return a timedelta as "01:30"; beyond 99 hours as "5:04:30", days first."""
    minutes = int(length.total_seconds()) // 60
    hours, minutes = divmod(minutes, 60)
    if hours < 100:
        return f"{hours:02}:{minutes:02}"
    return f"{hours // 24}:{hours % 24:02}:{minutes:02}"
