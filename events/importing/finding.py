"""Which row of ours a row of the file means: by the memory of the last import, by UUID or code, by name."""

import re
from collections import Counter, defaultdict
from uuid import NAMESPACE_URL, UUID, uuid5

from django.db.models import Max

from events.exports.exported import lasting_uuid
from events.importing.texts import column, told
from events.labelled_rooms import labels_of
from events.models import Forum, Room, Session, Speaking, Venue
from events.models.programme import make_code
from portal.importing import Row
from portal.languages import HTML_LANG
from portal.models import Person
from portal.slugs import Slugs

CODE = re.compile(r"[A-Z0-9]{6}")
# A surname and a given name; there are many Bens.
WHOLE_NAME = re.compile(r"\w\s+\w|[㐀-鿿]{2}")


class Finder:
    """Finds the rows of one conference. Whatever it makes is not saved."""

    def __init__(self, conference, memory, read_file):
        self.conference, self.memory, self.read_file = conference, memory, read_file
        self.matched = []  # people found by their name
        self.exported_people = set()  # keys of whoever a file of our own names by our own identifier
        self._sessions = {session.pk: session for session in conference.sessions.select_related("room", "forum")}
        self._uuids = {str(session.uuid): session for session in self._sessions.values()}
        self._codes = {session.code: session for session in self._sessions.values()}
        self._claimed = set()

    # Sessions

    def session(self, read):
        """Return the `Row` of a session; None where it was deleted here since the last import."""
        memory = self.memory.of(Session, read.key)
        if memory.pk:
            found = self._sessions.get(memory.object_id)
            return found and self._claim(Row(found, False, memory))
        uuid = _uuid(read.uuid)
        found = self._uuids.get(uuid) or self._codes.get(read.code)
        if found is not None and found.pk not in self._claimed:
            return self._claim(Row(found, False, memory))
        made = Session(conference=self.conference, code=self._free_code(read.code))
        made.uuid = self._free_uuid(uuid, read.key)
        self._uuids[str(made.uuid)], self._codes[made.code] = made, made
        return Row(made, True, memory)

    def _claim(self, row):
        self._claimed.add(row.instance.pk)
        return row

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

    def rooms(self):
        """Return key -> `Row` of the rooms that the file names."""
        existing = list(Room.objects.filter(venue__conference=self.conference).select_related("venue"))
        by_name = self._rooms_by_name(existing)
        slugs = Slugs(room.slug for room in existing)
        position = max((room.position for room in existing), default=0)
        found = {}
        for number, (key, texts) in enumerate(self.read_file.rooms.items(), 1):
            made = Room(venue=self._venue, position=position + number)
            found[key] = self._named(Room, key, texts, by_name, {room.pk: room for room in existing}, made, slugs)
        return found

    def _rooms_by_name(self, existing):
        """Return name -> the room it means: as files of ours label it in their language, else the one so called."""
        labels, names = defaultdict(set), defaultdict(set)
        for code in HTML_LANG:
            for room, label in labels_of(existing, code).items():
                names[told(label)].add(room)
                names[told(getattr(room, column("name", code)))].add(room)
                if self.read_file.language in ("", code):
                    labels[told(label)].add(room)
        found = [*names.items(), *labels.items()]
        return {name: next(iter(rooms)) for name, rooms in found if name and len(rooms) == 1}

    def forums(self):
        """Return key -> `Row` of the forums that the file names."""
        existing = list(self.conference.forums.all())
        by_name = {}
        for forum in existing:
            for code in HTML_LANG:
                by_name.setdefault(told(getattr(forum, column("title", code))), forum)
        slugs = Slugs(forum.slug for forum in existing)
        position = self.conference.forums.aggregate(last=Max("position"))["last"] or 0
        found = {}
        for number, (key, texts) in enumerate(self.read_file.forums.items(), 1):
            made = Forum(conference=self.conference, position=position + number)
            found[key] = self._named(Forum, key, texts, by_name, {forum.pk: forum for forum in existing}, made, slugs)
        return found

    def _named(self, model, key, texts, by_name, by_pk, made, slugs):
        memory = self.memory.of(model, key)
        known = by_pk.get(memory.object_id) or next(
            (by_name[told(text)] for text in texts.values() if text and told(text) in by_name), None
        )
        if known is not None:
            return Row(known, False, memory, is_everyones=True)
        made.slug = slugs.take(texts, made._meta.model_name)
        return Row(made, True, memory)

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
