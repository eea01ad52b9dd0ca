"""The next edition of a conference from one there is: its bones, and nobody's data."""

import re
from datetime import timedelta

from django.db import transaction

from events.models import BoothCall, Forum, ProposalCall, Role, Room, Team, Venue, VolunteerCall
from portal.copying import like
from portal.models import Occasion

# What was this edition's own, and is left to be written.
OF_ONE_EDITION = ("theme", "summary", "body", "body_html", "standing_note", "cover", "cover_alt", "cover_credit")


def bones(conference):
    """Return the rows that the next edition would be given, as a list of (model, number)."""
    counted = [
        (Venue, {"conference": conference}),
        (Room, {"venue__conference": conference}),
        (Forum, {"conference": conference}),
        (ProposalCall, {"conference": conference}),
        (BoothCall, {"conference": conference}),
        (VolunteerCall, {"conference": conference}),
        (Team, {"call__conference": conference}),
        (Role, {"team__call__conference": conference}),
    ]
    return [(model, model.objects.filter(**where).count()) for model, where in counted]


def next_title(title):
    """Return the title with its year moved on: COSCon'23 becomes COSCon'24, GOTC 2023 becomes GOTC 2024.

    A title without a year stays as it is.
    """
    return re.sub(r"(?<=')\d\d\b|\b20\d\d\b", lambda year: f"{int(year[0]) + 1:0{len(year[0])}d}", title or "", count=1)


@transaction.atomic
def make_next_edition(conference, first_day, slug, **titles):
    """Make a draft of the next edition: venues, rooms, forums, calls, and the teams and roles of volunteers.

    Its dates move with `first_day`, by the conference's own clock. Speakers,
    sessions, producers, partners, figures, volunteers and whatever was sent to
    a call stay where they are.
    """
    edition = like(
        conference,
        "edition",
        *OF_ONE_EDITION,
        **titles,
        slug=slug,
        edition=conference.edition and conference.edition + 1,
        standing=Occasion.Standing.SCHEDULED,
        is_sample=False,
    )
    days = first_day - conference.starts_on
    edition.starts_at = _later(conference, conference.starts_at, days)
    edition.ends_at = _later(conference, conference.ends_at, days)
    edition.save()
    venues = _copy_venues(conference, edition)
    forums = _copy_forums(conference, edition, venues)
    for call in conference.proposal_calls.prefetch_related("forums"):
        copy = _copy_open_call(conference, call, edition, days)
        copy.forums.set(forums[forum.pk] for forum in call.forums.all())
    for call in conference.booth_calls.all():
        _copy_open_call(conference, call, edition, days)
    for call in conference.volunteer_calls.all():
        _copy_call(conference, call, edition, venues, days)
    return edition


def _copy_venues(conference, edition):
    """Return {primary key of a venue: that of its copy}."""
    copies = {}
    for venue in conference.venues.prefetch_related("rooms"):
        copy = like(venue, "standing_note", conference_id=edition.pk, standing=Occasion.Standing.SCHEDULED)
        copy.save()
        copies[venue.pk] = copy.pk
        for room in venue.rooms.all():
            like(room, venue_id=copy.pk).save()
    return copies


def _copy_forums(conference, edition, venues):
    """Return {primary key of a forum: its copy}."""
    copies = {}
    for forum in conference.forums.all():
        copies[forum.pk] = like(forum, conference_id=edition.pk, venue_id=venues.get(forum.venue_id))
        copies[forum.pk].save()
    return copies


def _copy_open_call(conference, call, edition, days):
    """Copy a call for proposals or for booths; nobody sees it, and it takes nothing, before the edition is public."""
    moments = {name: _later(conference, getattr(call, name), days) for name in ("opens_at", "closes_at")}
    copy = like(call, conference_id=edition.pk, **moments)
    copy.save()
    return copy


def _copy_call(conference, call, edition, venues, days):
    names = ("opens_at", "closes_at", "changes_until")
    moments = {name: _later(conference, getattr(call, name), days) for name in names}
    copy = like(call, conference_id=edition.pk, venue_id=venues.get(call.venue_id), **moments)
    copy.save()
    for team in call.teams.prefetch_related("roles"):
        new_team = like(team, call_id=copy.pk)
        new_team.save()
        for role in team.roles.all():
            like(role, "taken", "lead_name", "lead_contact", team_id=new_team.pk).save()


def _later(conference, moment, days):
    """Return the moment so many days later, at the same hour by the conference's clock."""
    return moment and moment.astimezone(conference.tzinfo) + timedelta(days=days.days)
