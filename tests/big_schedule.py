"""A conference of 300 sessions, as large ones are, and what its schedule costs. For bin/test and bin/prove."""

import gzip
import statistics
import time
from datetime import datetime, timedelta

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from events.models import Session, Speaking
from events.releasing import release
from tests.make import SHANGHAI, a_conference, a_forum, a_person, a_room, a_venue

SLUG, SESSIONS, ROOMS, A_DAY = "large-conference", 300, 15, 10
PATH = f"/en/conferences/{SLUG}/schedule/"


def fill(sessions=SESSIONS):
    """Make the conference: a session in each room and hour of two days, with two speakers, a forum and a language."""
    begins = datetime(2023, 10, 28, tzinfo=SHANGHAI)
    conference = a_conference("Large Conference", slug=SLUG, starts_at=begins, ends_at=begins + timedelta(days=2))
    venue = a_venue(conference)
    rooms = [a_room(venue, f"Room {number}") for number in range(ROOMS)]
    forums = [a_forum(conference, f"Forum of open source {number}") for number in range(ROOMS)]
    people = [a_person(f"Speaker {number}") for number in range(min(2 * sessions, 200))]
    made = []
    for number in range(sessions):
        turn, room = divmod(number, ROOMS)
        starts = begins + timedelta(days=turn // A_DAY, hours=9 + turn % A_DAY)
        made.append(
            Session(
                conference=conference,
                title_en=f"What {number} maintainers would like to have known before they began",
                title_zh_hans=f"{number} 位维护者希望早点知道的事",
                language="en" if number % 2 else "zh",
                room=rooms[room],
                forum=forums[room],
                starts_at=starts,
                ends_at=starts + timedelta(minutes=45),
            )
        )
    Session.objects.bulk_create(made)
    Speaking.objects.bulk_create(
        Speaking(session=session, person=people[(2 * number + turn) % len(people)], position=turn)
        for number, session in enumerate(made)
        for turn in range(2)
    )
    release(conference, None)
    return conference


def measure(rounds=9):
    """Return what the schedule costs while no page is kept: CPU in milliseconds (median), bytes, queries."""
    client = Client(SERVER_NAME="localhost")
    client.get(PATH)
    spent = []
    for _round in range(rounds):
        began = time.process_time()
        response = client.get(PATH)
        spent.append(1000 * (time.process_time() - began))
    assert response.status_code == 200, response.status_code
    with CaptureQueriesContext(connection) as queries:
        client.get(PATH)
    return {
        "cpu_ms": round(statistics.median(spent), 1),
        "bytes": len(response.content),
        "compressed": len(gzip.compress(response.content, 6)),
        "queries": len(queries),
    }
