"""Which row of ours a row of the file means: by the memory of the last import, by UUID or code, by name."""

import re
from collections import Counter, defaultdict
from uuid import NAMESPACE_URL, UUID, uuid5

from django.utils.functional import cached_property

from events.exports.exported import lasting_uuid
from events.importing.called import Called
from events.importing.texts import column
from events.imports.texts import WHOLE_NAME
from events.models import Forum, Room, Session, Speaking, Venue
from events.models.programme import make_code
from events.unmistakable import labels_of_forums, labels_of_rooms
from portal.importing import Row
from portal.languages import HTML_LANG
from portal.models import Person
from portal.slugs import Slugs

CODE = re.compile(r"[A-Z0-9]{6}")


class Finder:
    """Finds the rows of one conference, and holds them until they are written. Whatever it makes is not saved."""

    def __init__(self, conference, memory, read_file):
        self.conference, self.memory, self.read_file = conference, memory, read_file
        self.matched = []  # people found by their name
        self.exported_people = set()  # keys of whoever a file of our own names by our own identifier
        sessions = _held(conference.sessions.select_related("room", "forum"))
        self._sessions = {session.pk: session for session in sessions}
        self._uuids = {str(session.uuid): session for session in self._sessions.values()}
        self._codes = {session.code: session for session in self._sessions.values()}
        known = (memory.of(Session, read.key).object_id for read in read_file.sessions)
        self._claimed = {id(self._sessions[pk]) for pk in known if pk in self._sessions}

    # Sessions

    def session(self, read):
        """Return the `Row` of a session; None where it was deleted here since the last import."""
        memory = self.memory.of(Session, read.key)
        if memory.pk:
            found = self._sessions.get(memory.object_id)
            return found and Row(found, False, memory)
        uuid = _uuid(read.uuid)
        found = self._uuids.get(uuid) or self._codes.get(read.code)
        if found is not None and id(found) not in self._claimed:
            self._claimed.add(id(found))
            return Row(found, False, memory)
        made = Session(conference=self.conference, code=self._free_code(read.code))
        made.uuid = self._free_uuid(uuid, read.key)
        self._uuids[str(made.uuid)], self._codes[made.code] = made, made
        self._claimed.add(id(made))
        return Row(made, True, memory)

    def _free_uuid(self, uuid, key):
        if uuid and uuid not in self._uuids and not Session.objects.filter(uuid=uuid).exists():
            return UUID(uuid)
        return uuid5(NAMESPACE_URL, f"{self.memory.source}/{self.conference.pk}/{key}")

    def _free_code(self, code):
        while not CODE.fullmatch(code) or code in self._codes:
            code = make_code()
        return code

    def gone(self, rows):
        """Return the sessions that the last file had and this one has not."""
        found = {row.instance.pk for row in rows}
        known = [self._sessions.get(memory.object_id) for memory in self.memory.of_kind(Session)]
        return [session for session in known if session and session.pk not in found]

    # Rooms and forums

    @cached_property
    def rooms_called(self):
        rooms = _held(Room.objects.filter(venue__conference=self.conference).select_related("venue"))
        return Called(labels_of_rooms(rooms), "name")

    @cached_property
    def forums_called(self):
        return Called(labels_of_forums(_held(self.conference.forums.all())), "title")

    def rooms(self):
        """Return key -> `Row` of the rooms that the file names; without a name that several rooms here have."""
        return self._named(self.read_file.rooms, self.rooms_called, Room, venue=self._venue)

    def forums(self):
        """Return key -> `Row` of the forums that the file names; without a name that several forums here have."""
        return self._named(self.read_file.forums, self.forums_called, Forum, conference=self.conference)

    def _named(self, named, called, model, **parent):
        slugs, found = Slugs(row.slug for row in called.rows), {}
        by_pk = {row.pk: row for row in called.rows}
        last = max((row.position for row in called.rows), default=0)
        for number, (key, texts) in enumerate(named.items(), 1):
            memory, meant = self.memory.of(model, key), called.meant_by(texts)
            known = by_pk.get(memory.object_id) or (next(iter(meant)) if len(meant) == 1 else None)
            if known is not None:
                found[key] = Row(known, False, memory, is_everyones=True)
            elif not meant:
                slug = slugs.take(texts, model._meta.model_name)
                found[key] = Row(model(**parent, slug=slug, position=last + number), True, memory)
        return found

    @property
    def _venue(self):
        """The first venue; one is made where there is none."""
        if not hasattr(self, "_first_venue"):
            first = self.conference.venues.first()
            place = {column("name", code): getattr(self.conference, column("place", code)) or "" for code in HTML_LANG}
            if not any(place.values()):
                place = {"name_zh_hans": "主会场", "name_en": "Main venue"}
            self._first_venue = first or Venue(conference=self.conference, slug="main", **place)
        return self._first_venue

    # People

    def people(self):
        """Return key -> `Row` of everyone in the file.

        A name leads to somebody who is here already only where it is a whole one, and theirs alone, here and in the
        file. Left out is who in a file of our own is on stage without being a person: a guest with a name alone.
        """
        persons = {person.pk: person for person in Person.objects.prefetch_related("names")}
        by_name, by_uuid = defaultdict(set), {}
        on_stage = set(Speaking.objects.filter(session__conference=self.conference).values_list("person", flat=True))
        for person in persons.values():
            by_uuid[lasting_uuid("people", person.pk)] = person
            for name in (person.name_zh_hans, person.name_en, *(other.name for other in person.names.all())):
                if name:
                    by_name[name.casefold()].add(person)
        shared = Counter(name for read in self.read_file.people.values() for name in _names(read))
        slugs, taken, found = Slugs(person.slug for person in persons.values()), set(), {}
        guests = Speaking.objects.filter(session__conference=self.conference, person=None).values_list("pk", flat=True)
        guests = {lasting_uuid("speakings", pk) for pk in guests}
        self.exported_people = by_uuid.keys() & self.read_file.people.keys()
        for key, read in self.read_file.people.items():
            if key in guests:
                continue
            memory = self.memory.of(Person, key)
            names = _names(read)
            known = persons.get(memory.object_id) or by_uuid.get(key)
            if known is None and all(shared[name] == 1 and WHOLE_NAME.search(name) for name in names):
                alike = set().union(*(by_name[name] for name in names)) - taken
                known = alike.pop() if len(alike) == 1 else None
                self.matched += [known] if known and known.pk not in on_stage else []
            if known is not None:
                taken.add(known)
                found[key] = Row(known, False, memory, is_everyones=True)
            else:
                made = Person(slug=slugs.take(read.names, "speaker"), published_at=self.conference.published_at)
                found[key] = Row(made, True, memory)
        return found


def _names(read):
    return {name.casefold() for name in read.names.values() if name}


def _uuid(said):
    try:
        return str(UUID(said)) if said else ""
    except ValueError:
        return ""


def _held(rows):
    return rows.select_for_update(of=("self",))
