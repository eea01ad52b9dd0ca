"""Venues, forums, sessions, speakers, and one release of each schedule."""

from datetime import timedelta

from events.models import Forum, Production, Release, ReleasedPlace, Room, Session, Speaking, Venue
from tests.bench.archive.rows import FORUMS, ROOMS, SESSIONS, both, put


class Programme:
    """A part of `Archive`."""

    def make_programme(self):
        venues = [
            Venue(conference=one, slug="main", **both("name", "主会场", "Main venue"), **self.told("body"))
            for one in self.conferences
        ]
        venues = put(Venue, venues, "venues", len(venues))
        rooms = [
            Room(venue=venue, slug=f"room-{n}", position=n, **both("name", f"{n} 号厅", f"Room {n}"))
            for venue in venues
            for n in range(ROOMS)
        ]
        rooms = put(Room, rooms, "rooms", len(rooms))
        forums = [
            Forum(
                conference=venue.conference,
                venue=venue,
                slug=f"forum-{n}",
                position=n,
                **self.title(n),
                **both("summary", "论坛简介。", "What the forum is about."),
                **self.told("body"),
            )
            for venue in venues
            for n in range(FORUMS)
        ]
        forums = put(Forum, forums, "forums", len(forums))
        producers = (
            Production(forum=forum, person=self.draw.choice(self.people), position=n)
            for forum in forums
            for n in range(2)
        )
        put(Production, producers, "producers", 2 * len(forums))
        count = SESSIONS * len(self.conferences)
        sessions = (
            self.a_session(
                one, n, rooms[place * ROOMS : (place + 1) * ROOMS], forums[place * FORUMS : (place + 1) * FORUMS]
            )
            for place, one in enumerate(self.conferences)
            for n in range(SESSIONS)
        )
        self.sessions = put(Session, sessions, "sessions", count)
        put(
            Speaking,
            (self.a_speaking(one, n) for one in self.sessions for n in range(1 + one.position % 2)),
            "speakers",
            count * 3 // 2,
        )
        releases = {one.pk: Release.objects.create(conference=one, number=1, version="1") for one in self.conferences}
        put(ReleasedPlace, (self.a_place(one, releases[one.conference_id]) for one in self.sessions), "places", count)

    def a_session(self, conference, number, rooms, forums):
        row, column = divmod(number, ROOMS)
        day, slot = divmod(row, SESSIONS // ROOMS // 2)
        starts = conference.opens + timedelta(days=day, minutes=35 * slot)
        return Session(
            conference=conference,
            code=f"S{number:05}",
            forum=forums[number % FORUMS],
            room=rooms[column],
            kind="keynote" if number < 4 else "talk",
            language="zh",
            starts_at=starts,
            ends_at=starts + timedelta(minutes=30),
            position=number,
            **self.title(number),
            **self.told("abstract"),
        )

    def a_speaking(self, session, number):
        person = self.draw.choice(self.people)
        then = both("title_then", "工程师", "Engineer")
        return Speaking(session=session, person=person, organization=person.organization, position=number, **then)

    def a_place(self, session, release):
        where = {"room_name_zh_hans": "", "room_name_en": ""}
        times = {"starts_at": session.starts_at, "ends_at": session.ends_at}
        titles = both("title", session.title_zh_hans, session.title_en)
        return ReleasedPlace(
            release=release, session=session, code=session.code, room_id=session.room_id, **times, **titles, **where
        )
