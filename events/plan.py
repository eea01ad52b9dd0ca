"""What a programme stands on: the venues of a conference, their rooms, and its forums with who produces them."""

from django.db.models import Count
from django.utils.functional import cached_property
from django.utils.html import format_html_join
from django.utils.translation import gettext as _

from events.models import Production, Room, Session
from portal.as_of_then import read_as_of_then
from portal.pagecache.known import once_a_generation
from portal.templatetags.faces import called, face
from portal.templatetags.portal import text


class Plan:
    """Primary key -> row, in the order of the organizers; each row with its `label`, its name as HTML.

    Each is read when the first page asks for it. Requests share a plan, so that nothing may be set on its rows.
    """

    def __init__(self, conference):
        self.conference = conference

    @cached_property
    def venues(self):
        """Each with its conference and city; the cancelled ones among them, since people look for these, too."""
        return _labelled(self.conference.venues.select_related("city").defer("body", "body_html"), "name")

    @cached_property
    def rooms(self):
        """Each with its venue."""
        rooms = _labelled(Room.objects.filter(venue__in=list(self.venues)), "name")
        for room in rooms.values():
            room.venue = self.venues[room.venue_id]
        in_turn = sorted(rooms.values(), key=lambda room: (room.venue.position, room.venue_id, room.position, room.pk))
        return {room.pk: room for room in in_turn}

    @cached_property
    def forums(self):
        """Each with its conference and venue."""
        forums = _labelled(self.conference.forums.defer("body", "body_html"), "title")
        for forum in forums.values():
            forum.venue = self.venues.get(forum.venue_id)
        return forums

    @cached_property
    def producers(self):
        """Forum's primary key -> the list of `ReadAsOfThen` of who produces it."""
        producers = {forum: [] for forum in self.forums}
        for who in read_as_of_then(Production.objects.published().filter(forum__in=list(producers)), "forum_id"):
            producers[who.forum_id].append(who)
        return producers

    @cached_property
    def listed_forums(self):
        """The list of forums with all that `_forum_list.html` shows of each."""
        forums = list(self.forums.values())  # at hand: another request may be reading them, too
        sessions = Session.objects.filter(forum__in=forums).exclude(kind=Session.Kind.BREAK)
        counted = dict(sessions.order_by().values_list("forum").annotate(Count("pk")))
        for forum in forums:
            forum.url, forum.session_count = forum.get_absolute_url(), counted.get(forum.pk, 0)
            producers = self.producers.get(forum.pk, [])
            forum.faces = format_html_join("", "{}", ([face(who)] for who in producers))
            forum.produced_by = format_html_join(_(", "), "{}", ([called(who)] for who in producers))
        return forums


@once_a_generation
def plan_of(conference):
    """Return the `Plan` of a published conference."""
    return Plan(conference)


def _labelled(rows, field):
    """Return primary key -> row, in order."""
    found = {row.pk: row for row in rows}
    for row in found.values():
        row.label = text(row, field)
    return found
