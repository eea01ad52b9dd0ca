"""Conferences, forums, sessions and venues in the words of schema.org; see portal/jsonld.py."""

from portal import jsonld
from portal.linked_data import absolute, place, when_and_whether
from portal.models import OccasionLink, PartnerLevel

Role = PartnerLevel.Role
ORGANIZING = {Role.HOST, Role.CO_HOST, Role.ORGANIZER, Role.CO_ORGANIZER}


def conference_event(page):
    """Return the Event of a `ConferencePage`, its forums being events of their own."""
    conference = page.occasion
    return jsonld.event(
        conference.title,
        url=absolute(conference.get_absolute_url()),
        description=conference.summary or conference.theme,
        image=absolute(conference.cover.url) if conference.cover else None,
        locations=_locations(page),
        organizers=[_organizer(one) for one in page.partnerships if one.level.role in ORGANIZING],
        performers=_performers(page.keynotes),
        sub_events=[forum_event(forum) for forum in page.forums],
        offer=_offer(page),
        **when_and_whether(conference),
    )


def forum_event(forum):
    """Return the Event of a forum; of its time no more is said than that of its conference."""
    return jsonld.event(
        forum.title,
        url=absolute(forum.get_absolute_url()),
        description=forum.summary,
        locations=[venue_place(forum.venue)] if forum.venue_id else [],
        **when_and_whether(forum.conference),
    )


def session_event(session):
    """Return the Event of a session, as `programme.scheduled()` returns it."""
    when = when_and_whether(session.conference)
    if session.starts_at:
        when |= {"starts": session.machine_time, "ends": session.machine_end}
    if session.is_cancelled:
        when |= {"standing": session.conference.Standing.CANCELLED}
    return jsonld.event(
        session.title,
        url=absolute(session.get_absolute_url()),
        performers=_performers(session.speakers),
        in_language=session.language.replace(" ", "").split(",") if session.language else None,
        **when,
    )


def venue_place(venue):
    """Return where a venue is, be it online. Reads `city`."""
    if venue.is_online:
        return jsonld.online_place(absolute(venue.get_absolute_url()))
    return jsonld.place(
        venue.name,
        address=venue.address,
        city=venue.city.name if venue.city_id else "",
        latitude=venue.latitude,
        longitude=venue.longitude,
    )


def _locations(page):
    """The venues that take place; where none is known, the conference's own place."""
    conference = page.occasion
    standing = [venue for venue in page.venues if not venue.is_cancelled]
    if standing:
        return [venue_place(venue) for venue in standing]
    if conference.mode == conference.Mode.ONLINE:
        return [jsonld.online_place(absolute(conference.get_absolute_url()))]
    return [place(conference)]


def _performers(speakings):
    return [jsonld.person(who.name, organization=who.organization_name) for who in speakings]


def _organizer(partnership):
    return jsonld.organization(partnership.name, url=absolute(partnership.organization.get_absolute_url()))


def _offer(page):
    """The first registration link, while one can still register."""
    conference = page.occasion
    registration = next((link for link in page.links if link.kind == OccasionLink.Kind.REGISTRATION), None)
    if registration is None or conference.phase == "past":
        return None
    return jsonld.offer(registration.url, free=conference.admission == conference.Admission.FREE)
