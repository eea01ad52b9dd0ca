"""Meetups and chapters in the words of schema.org; see portal/jsonld.py."""

from portal import jsonld
from portal.linked_data import absolute, offer, place, when_and_whether


def meetup_event(page):
    """Return the Event of a `MeetupPage`: its chapters organize it."""
    meetup = page.occasion
    here = absolute(meetup.get_absolute_url())
    locations = [place(meetup)] if meetup.mode != meetup.Mode.ONLINE else []
    if meetup.mode != meetup.Mode.ON_SITE:
        locations.append(jsonld.online_place(here))
    return jsonld.event(
        meetup.title,
        url=here,
        description=meetup.summary,
        image=absolute(meetup.cover.url) if meetup.cover else None,
        locations=locations,
        organizers=[chapter_organization(chapter) for chapter in page.chapters],
        performers=[jsonld.person(part.name, organization=part.organization_name) for part in page.parts],
        offer=offer(meetup, page.links),
        **when_and_whether(meetup),
    )


def chapter_organization(chapter):
    return jsonld.organization(chapter.name, url=absolute(chapter.get_absolute_url()))
