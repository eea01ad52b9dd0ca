"""The verb of a schedule: release, which freezes where and when each session is, and what changed, in words."""

from collections import defaultdict
from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import translation
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from modeltranslation.utils import build_localized_fieldname

from events.models import Proposal, Release, ReleasedPlace, Speaking
from portal import dates, mail
from portal.api.fields import in_both
from portal.languages import CODES, fallback_lang
from portal.locking import locked
from portal.models.signups import normalise_email
from portal.models.webhooks import Topic
from portal.webhooks.announcing import announce, naming


class NothingToRelease(Exception):
    """No session of the conference has a time yet."""


@dataclass(frozen=True)
class Change:
    """What became of a session between two versions: `kind` is added, moved, cancelled, restored or withdrawn."""

    kind: str
    place: ReleasedPlace  # as it is now; as it last was, for one that is withdrawn
    sentences: list

    @property
    def session(self):
        return self.place.session

    @property
    def title(self):
        return (self.session and self.session.title) or self.place.title or self.place.code

    @property
    def lang(self):
        """The value of `lang` for the title; empty where the page's own will do."""
        return fallback_lang(self.session or self.place, "title")


def places_now(conference):
    """Return the list of `ReleasedPlace`, not saved, of the sessions that have a time, in order of time."""
    sessions = conference.sessions.exclude(starts_at=None).select_related("room__venue")
    return [_place(session) for session in sessions.order_by("starts_at", "position", "pk")]


def places_of(release):
    """Return the list of `ReleasedPlace` of a release, in order of time."""
    return list(release.places.select_related("session__conference", "room__venue"))


def _place(session):
    texts = {build_localized_fieldname("title", code): _said(session, "title", code) for code in CODES}
    if session.room:
        texts |= {build_localized_fieldname("room_name", code): _said(session.room, "name", code) for code in CODES}
    return ReleasedPlace(
        session=session,
        code=session.code,
        room=session.room,
        starts_at=session.starts_at,
        ends_at=session.ends_at,
        is_cancelled=session.is_cancelled,
        **texts,
    )


def _said(row, field, code):
    return getattr(row, build_localized_fieldname(field, code)) or ""


def release(conference, user, version="", **notes):
    """Freeze places and times as they are now; from here on visitors, exports and calendars go by them.

    Speakers whose address is known and whose session moved get one mail, all their changes in it. `notes` are
    `note_en` and `note_zh_hans`; without a `version` it is numbered. Returns the `Release`; raises NothingToRelease.
    """
    with locked(conference) as conference:
        last = conference.releases.order_by("-number").first()
        places = places_now(conference)
        if not places:
            raise NothingToRelease(conference.slug)
        number = last.number + 1 if last else 1
        row = Release.objects.create(
            conference=conference,
            number=number,
            version=version or next_version(conference),
            released_by=user,
            **notes,
        )
        if last:
            _tell_speakers(conference, places_of(last), places)
        for place in places:
            place.release = row
        ReleasedPlace.objects.bulk_create(places, batch_size=200)
        announce(Topic.RELEASED, f"released {row.pk}", lambda: _told_of(row))
    return row


def _told_of(release):
    """Return what other servers are told of a release."""
    named = {"conference": naming(release.conference), "version": release.version, "number": release.number}
    return {**named, "note": in_both(release, "note")}


def next_version(conference):
    """Return the number that the next release is called by, unless it is given a name."""
    taken = set(conference.releases.values_list("version", flat=True))
    return next(str(number) for number in range(len(taken) + 1, 2 * len(taken) + 2) if str(number) not in taken)


def changes(before, after, time_zone):
    """Return the list of `Change` between two lists of places, in order of time, in the active language.

    `time_zone` is the clock of the conference, for places whose venue has none of its own.
    """
    was = {place.code: place for place in before}
    found = [_change(was.pop(place.code, None), place, time_zone) for place in after]
    found += [_withdrawn(place, time_zone) for place in was.values()]
    return sorted((one for one in found if one), key=lambda one: one.place.starts_at)


def _change(before, after, time_zone):
    if before is None:
        return Change("added", after, [_("New: %(spot)s.") % {"spot": _spot(after, time_zone)}])
    if after.is_cancelled and not before.is_cancelled:
        return Change("cancelled", after, [_("Cancelled; it was %(spot)s.") % {"spot": _spot(before, time_zone)}])
    if before.is_cancelled and not after.is_cancelled:
        return Change("restored", after, [_("Takes place after all: %(spot)s.") % {"spot": _spot(after, time_zone)}])
    sentences = list(_moves(before, after, time_zone))
    return Change("moved", after, sentences) if sentences else None


def _withdrawn(place, time_zone):
    told = _("No longer in the programme; it was %(spot)s.") % {"spot": _spot(place, time_zone)}
    return Change("withdrawn", place, [told])


def _moves(before, after, time_zone):
    if (before.starts_at, before.ends_at) != (after.starts_at, after.ends_at):
        moments = {"before": _written(before, time_zone), "after": _written(after, time_zone)}
        yield _("Now %(after)s instead of %(before)s.") % moments
    if _room_key(before) != _room_key(after):
        rooms = {"before": _room(before), "after": _room(after)}
        yield _("Now in %(after)s instead of %(before)s.") % rooms


def _room_key(place):
    return place.room_id or place.room_name


def _room(place):
    return (place.room and place.room.name) or place.room_name or _("no room yet")


def _spot(place, time_zone):
    has_room = place.room_id or place.room_name
    return f"{_written(place, time_zone)}, {_room(place)}" if has_room else _written(place, time_zone)


def _written(place, time_zone):
    zone = (place.room and place.room.venue.time_zone) or time_zone
    return dates.written(dates.Span(place.starts_at, place.ends_at, str(ZoneInfo(zone))), get_language())


def _tell_speakers(conference, before, after):
    """Queue one mail for each speaker whose address is known, with what became of their sessions.

    Known are those of accounts, and of accepted proposals, whose mail holds the link by which it is forgotten.
    """
    codes = {one.place.code for one in changes(before, after, conference.time_zone) if one.kind != "added"}
    sessions = conference.sessions.filter(code__in=codes)
    for address, told in _addresses(sessions).items():
        with translation.override(told.language):
            found = changes(before, after, conference.time_zone)
        theirs = [one for one in found if one.session and one.session.pk in told.sessions]
        context = {"conference": conference, "changes": theirs, "links": told.links}
        mail.queue("schedule/moved", address, told.language, **context)


@dataclass
class _Told:
    """Someone to be told: in which language, of which sessions, and the links of their proposals."""

    language: str = settings.LANGUAGE_CODE
    sessions: set = field(default_factory=set)
    links: list = field(default_factory=list)


def _addresses(sessions):
    """Return {address: `_Told`} of whoever speaks in the sessions and can be written to."""
    found = defaultdict(_Told)
    speakings = Speaking.objects.filter(session__in=sessions, person__user__email__gt="")
    for speaking in speakings.select_related("person__user"):
        found[normalise_email(speaking.person.user.email)].sessions.add(speaking.session_id)
    for proposal in Proposal.objects.filter(session__in=sessions, email__gt=""):
        told = found[proposal.email_normalised]
        told.language = proposal.language
        told.sessions.add(proposal.session_id)
        told.links.append(proposal.status_path())
    return found
