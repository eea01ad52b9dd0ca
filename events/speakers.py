"""Everyone who spoke at a conference, once, with what they spoke about."""

from dataclasses import dataclass, field
from typing import NamedTuple

from events.models import Session, Speaking
from events.reaching import address_of_sessions
from portal.as_of_then import ReadAsOfThen, read_as_of_then
from portal.models import Part
from portal.texts import in_all_languages, said

SESSION = ("session__code", "session__kind", *in_all_languages("session__title"))


class Talk(NamedTuple):
    title: str  # HTML, with its language where it is a fallback
    url: str
    is_keynote: bool


@dataclass
class Speaker:
    """A person, a project or a name alone; `who` is their first appearance, with title and organization of that day."""

    who: ReadAsOfThen
    talks: list = field(default_factory=list)

    @property
    def is_keynote(self):
        return any(talk.is_keynote for talk in self.talks)

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
    speakings = Speaking.objects.published().filter(session__conference=conference)
    in_time = speakings.order_by("session__starts_at", "session__position", "position", "pk")
    address_of, speakers = address_of_sessions(conference), {}
    for who in read_as_of_then(in_time, *SESSION):
        speaker = speakers.setdefault(_identity(who), Speaker(who))
        speaker.talks.append(_talk(who, address_of))
    for who in read_as_of_then(conference.parts.published().filter(role=Part.Role.SPEAKER)):
        speakers.setdefault(_identity(who), Speaker(who))
    return sorted(speakers.values(), key=lambda speaker: speaker.sorting)


def _talk(who, address_of):
    is_keynote = who.session__kind == Session.Kind.KEYNOTE
    return Talk(said(vars(who), "session__title"), address_of(who.session__code), is_keynote)


def once(appearances):
    """Return the list of appearances without those of someone who is in it already."""
    first = {}
    for appearance in appearances:
        first.setdefault(_identity(appearance), appearance)
    return list(first.values())


def _identity(appearance):
    """A profile, or what is printed: two names without one are the same person where the organization agrees, too."""
    return appearance.person_id or (appearance.name, appearance.organization_name)
