"""Plain questions to the database, for the tests of the demo's facts."""

from datetime import timedelta

from events.models import Conference, Forum, Session
from portal.models import Figure, Part, Partnership


def conference(slug):
    return Conference.objects.get(slug=slug)


def both(row, field):
    """Return a text in (Chinese, English)."""
    return getattr(row, f"{field}_zh_hans"), getattr(row, f"{field}_en")


def days(occasion):
    """Return the first and the last day, by the event's own clock."""
    last = occasion.ends_at.astimezone(occasion.tzinfo).date()
    return occasion.starts_on, last - timedelta(days=1)


def figures(slug):
    return {
        figure.measure: f"{figure.precision} {figure.value}" for figure in Figure.objects.filter(occasion__slug=slug)
    }


def partners(slug):
    """Return {level: set of organizations}, by their slugs."""
    found = {}
    for level, organization in Partnership.objects.filter(occasion__slug=slug).values_list(
        "level__slug", "organization__slug"
    ):
        found.setdefault(level, set()).add(organization)
    return found


def parts(slug, role):
    """Return {name in English: (title that day in English, organization)} of those who had a role."""
    return {
        part.person.name_en if part.person else part.name_then_en: (
            part.title_then_en or "",
            part.organization.name_en if part.organization else "",
        )
        for part in Part.objects.filter(occasion__slug=slug, role=role).select_related("person", "organization")
    }


def forums(slug):
    return {forum.slug: forum for forum in Forum.objects.filter(conference__slug=slug)}


def speakers(code):
    """Return the names of those on the stage of a session, a project's where no person is named."""
    return [speaking.name for speaking in Session.objects.get(code=code).speakings.all()]
