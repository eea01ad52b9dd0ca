"""schedule.ics (RFC 5545): a calendar of the sessions."""

from datetime import UTC
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import gettext as _

from portal import calendars

CONTENT_TYPE = calendars.CONTENT_TYPE


def make(exported):
    return calendars.calendar(entries(exported, exported.timed), name_of(exported), exported.address)


def name_of(exported):
    """Return what a subscriber sees in the list of calendars."""
    return _("%(title)s: schedule") % {"title": exported.conference.title}


def entries(exported, talks):
    """Return the list of `portal.calendars.Entry` of talks; what is cancelled stays and says so."""
    host = urlsplit(settings.SITE_URL).hostname
    return [_entry(exported, talk, host) for talk in talks]


def _entry(exported, talk, host):
    row = talk.session
    conference = exported.conference
    is_off = row.is_cancelled or conference.is_cancelled or (row.room and row.room.venue.is_cancelled)
    changed = [row.updated_at, exported.release.created_at if exported.release else row.updated_at]
    return calendars.Entry(
        uid=f"{row.uuid}@{host}",
        summary=row.title or row.code,
        starts=talk.starts,
        ends=talk.ends,
        changed_at=max(changed).astimezone(UTC),
        url=talk.url,
        description="\n".join(filter(None, [_speakers(row), row.forum and row.forum.title])),
        location=_location(row),
        standing="cancelled" if is_off else "scheduled",
    )


def _speakers(row):
    return ", ".join(who.name for who in row.speakers)


def _location(row):
    if not row.room:
        return ""
    return ", ".join(filter(None, [row.room.name, row.room.venue.name, row.room.venue.address]))
