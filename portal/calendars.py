"""Calendar files (RFC 5545, RFC 7986): one event to save, or many to subscribe to.

The same rows always make the same bytes, so that a file can be cached and
compared. What is called off stays in the file and says so, or a subscriber
would never hear of it.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from urllib.parse import urlsplit
from uuid import NAMESPACE_URL, uuid5

from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from icalendar import Calendar, Event, Timezone, vDuration

from portal.dates import calendar_span

CONTENT_TYPE = "text/calendar; charset=utf-8"
SEQUENCE_BEGINS = datetime(2020, 1, 1, tzinfo=UTC)
STATUS = {"scheduled": "CONFIRMED", "postponed": "TENTATIVE", "cancelled": "CANCELLED"}


@dataclass(frozen=True)
class Entry:
    """One event of a calendar.

    `starts` and `ends` are both dates (all day; `ends` is the day after the
    last) or both aware datetimes in the event's zone; `ends` may be None. `uid`
    never changes while the event lives; `changed_at` moves with every change.
    """

    uid: str
    summary: str
    starts: date | datetime
    ends: date | datetime | None
    changed_at: datetime
    url: str = ""
    description: str = ""
    location: str = ""
    latitude: float | None = None
    longitude: float | None = None
    standing: str = "scheduled"  # or "postponed", "cancelled"


def uid(kind, pk):
    """Return the lasting name of a row in calendars: `occasion-7@portal.example`."""
    return f"{kind}-{pk}@{urlsplit(settings.SITE_URL).hostname}"


def occasion_entry(occasion):
    """Return the `Entry` of a `portal.models.Occasion` in the active language, or None where its day is not known.

    Reads `occasion.city`: select it along.
    """
    span = calendar_span(occasion)
    if span is None:
        return None
    city = occasion.city.name if occasion.city else ""
    return Entry(
        uid=uid("occasion", occasion.pk),
        summary=occasion.title,
        starts=span[0],
        ends=span[1],
        changed_at=occasion.updated_at,
        url=settings.SITE_URL + occasion.get_absolute_url(),
        description="\n\n".join(filter(None, [occasion.standing_note, occasion.summary])),
        location=", ".join(filter(None, [occasion.place, occasion.address, city])),
        latitude=occasion.latitude,
        longitude=occasion.longitude,
        standing=occasion.standing,
    )


def calendar(entries, name, url, description=""):
    """Return the bytes of a calendar of these entries (None among them is skipped).

    `name` is what a subscriber sees in the list of calendars, `url` the page on the site.
    """
    entries = [entry for entry in entries if entry]
    frame = Calendar.new(
        name=name,
        description=description or None,
        prodid=f"-//{urlsplit(settings.SITE_URL).hostname}//portal//",
        uid=str(uuid5(NAMESPACE_URL, url)),
        url=url,
        method="PUBLISH",
        refresh_interval=timedelta(hours=6),
    )
    frame.add("X-PUBLISHED-TTL", vDuration(timedelta(hours=6)))
    begin, end, rest = frame.to_ical().rpartition(b"END:VCALENDAR")
    events = [_event(entry, get_language()) for entry in entries]
    return b"".join([begin, *_zones(entries), *events, end, rest])


def _zones(entries):
    """Return the rules of the zones in use, for the years in use: the full history of a zone outweighs the events.

    Without events they are those of the community, since a calendar must hold something (RFC 5545, 3.6).
    """
    if not entries:
        return [_zone(settings.TIME_ZONE, SEQUENCE_BEGINS.year, SEQUENCE_BEGINS.year + 2)]
    names = {entry.starts.tzinfo.key for entry in entries if isinstance(entry.starts, datetime)} - {"UTC"}
    years = [entry.starts.year for entry in entries]
    return [_zone(name, min(years), max(years) + 2) for name in sorted(names)]


@lru_cache(maxsize=256)
def _zone(name, first_year, end_year):
    return Timezone.from_tzid(name, first_date=date(first_year, 1, 1), last_date=date(end_year, 1, 1)).to_ical()


@lru_cache(maxsize=2048)
def _event(entry, language):
    """Return the lines of an event, which stay the same until the entry changes: a calendar is asked for for years."""
    event = Event.new(
        uid=entry.uid,
        summary=_summary(entry),
        description=entry.description or None,
        location=entry.location or None,
        url=entry.url or None,
        start=_unmistakable(entry.starts),
        end=_unmistakable(entry.ends),
        status=STATUS[entry.standing],
        stamp=entry.changed_at.astimezone(UTC),
        last_modified=entry.changed_at.astimezone(UTC),
        # Grows with every change and fits into 31 bits until 2088.
        sequence=int((entry.changed_at - SEQUENCE_BEGINS).total_seconds()),
    )
    if entry.latitude is not None and entry.longitude is not None:
        event.add("geo", (float(entry.latitude), float(entry.longitude)))
    return event.to_ical()


def _unmistakable(at):
    """Return the second of an hour that comes twice in UTC: by a local clock, calendars take it for the first."""
    return at.astimezone(UTC) if isinstance(at, datetime) and at.fold else at


def _summary(entry):
    if entry.standing == "cancelled":
        return _("Cancelled: %(title)s") % {"title": entry.summary}
    if entry.standing == "postponed":
        return _("Postponed: %(title)s") % {"title": entry.summary}
    return entry.summary
