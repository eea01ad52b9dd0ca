"""Everyone who spoke at a conference, once, with what they spoke about."""

from dataclasses import dataclass, field

from events.models import Session, Speaking
from portal.models import Part
from portal.models.people import AsOfThen


@dataclass
class Speaker:
    """A person, a project or a name alone; `who` is their first appearance, with title and organization of that day."""

    who: AsOfThen
    speakings: list = field(default_factory=list)

    @property
    def is_keynote(self):
        return any(speaking.session.kind == Session.Kind.KEYNOTE for speaking in self.speakings)

    @property
    def row(self):
        """The profile, or the page of the project that spoke for itself; None for a name alone."""
        return self.who.person or (None if self.who.name_then else self.who.organization)

    @property
    def url(self):
        return self.row.get_absolute_url() if self.row and self.row.is_published else ""

    @property
    def sorting(self):
        """By address, which is the same in both languages (pinyin); names alone come last."""
        return (self.row is None, self.row.slug if self.row else self.who.name)


def speakers_of(conference):
    """Return the list of `Speaker` in alphabetical order. Two queries.

    Someone whose session is not known is a Part in the role of a speaker.
    """
    speakings = (
        Speaking.objects.published()
        .filter(session__conference=conference)
        .select_related("person", "organization", "session")
        .order_by("session__starts_at", "session__position", "position", "pk")
    )
    speakers = {}
    for speaking in speakings:
        speaking.session.conference = conference
        speakers.setdefault(_identity(speaking), Speaker(speaking)).speakings.append(speaking)
    for part in parts_of(conference).filter(role=Part.Role.SPEAKER):
        speakers.setdefault(_identity(part), Speaker(part))
    return sorted(speakers.values(), key=lambda speaker: speaker.sorting)


def parts_of(conference):
    """Return what people did besides speaking, with their names."""
    return conference.parts.published().select_related("person", "organization")


def once(appearances):
    """Return the list of appearances without those of someone who is in it already."""
    first = {}
    for appearance in appearances:
        first.setdefault(_identity(appearance), appearance)
    return list(first.values())


def _identity(appearance):
    """A profile, or what is printed: two names without one are the same person where the organization agrees, too."""
    return appearance.person_id or (appearance.name, appearance.organization_name)
