"""Conferences, forums and sessions in the words of schema.org; see portal/jsonld.py."""

from django.conf import settings

from portal import dates, jsonld
from portal.models import OccasionLink, PartnerLevel

Role = PartnerLevel.Role
ORGANIZING = {Role.HOST, Role.CO_HOST, Role.ORGANIZER, Role.CO_ORGANIZER}


def absolute(path):
    return path if path.startswith("http") else f"{settings.SITE_URL}{path}"


def conference_event(page):
    """Return the Event of a `ConferencePage`, its forums as events of their own."""
    conference = page.conference
    return jsonld.event(
        conference.title,
        url=absolute(conference.get_absolute_url()),
        description=conference.summary or conference.theme,
        locations=_locations(page),
        organizers=[_organizer(one) for one in page.partners if one.level.role in ORGANIZING],
        performers=[jsonld.person(who.name, organization=who.organization_name) for who in page.keynotes],
        sub_events=[forum_event(forum, conference) for forum in page.forums],
        offer=_offer(page),
        image=absolute(conference.cover.url) if conference.cover else None,
        **_when(conference),
    )


def forum_event(forum, conference):
    """Return the Event of a forum; of its time no more is said than that of its conference."""
    return jsonld.event(
        forum.title,
        url=absolute(forum.get_absolute_url()),
        description=forum.summary,
        locations=[venue_place(forum.venue)] if forum.venue_id else [],
        **_when(conference),
    )


def session_event(session, conference):
    """Return the Event of a session."""
    when = _when(conference)
    if session.starts_at:
        when |= {"starts": session.machine_time, "ends": session.ends_at and session.ends_at.isoformat()}
    if session.is_cancelled:
        when["standing"] = conference.Standing.CANCELLED
    return jsonld.event(
        session.title,
        url=absolute(session.get_absolute_url()),
        performers=[jsonld.person(who.name, organization=who.organization_name) for who in session.speakers],
        in_language=session.language or None,
        **when,
    )


def venue_place(venue):
    if venue.is_online:
        return jsonld.online_place(absolute(venue.get_absolute_url()))
    return jsonld.place(
        venue.name,
        address=venue.address,
        city=venue.city.name if venue.city_id else "",
        latitude=venue.latitude,
        longitude=venue.longitude,
    )


def _when(conference):
    return {
        "starts": dates.machine(conference),
        "ends": dates.machine_end(conference),
        "mode": conference.mode,
        "standing": conference.standing,
    }


def _locations(page):
    """The venues that take place; without any, the conference's own place."""
    conference = page.conference
    standing = [venue for venue in page.venues if not venue.is_cancelled]
    if standing:
        return [venue_place(venue) for venue in standing]
    if conference.mode == conference.Mode.ONLINE:
        return [jsonld.online_place(absolute(conference.get_absolute_url()))]
    if not (conference.place or conference.city_id):
        return []
    return [
        jsonld.place(
            conference.place,
            address=conference.address,
            city=conference.city.name if conference.city_id else "",
            latitude=conference.latitude,
            longitude=conference.longitude,
        )
    ]


def _organizer(partnership):
    return jsonld.organization(partnership.name, url=absolute(partnership.organization.get_absolute_url()))


def _offer(page):
    conference = page.conference
    registration = next((link for link in page.links if link.kind == OccasionLink.Kind.REGISTRATION), None)
    if registration is None or conference.phase == "past":
        return None
    return jsonld.offer(registration.url, free=conference.admission == conference.Admission.FREE or None)
