"""500 people confirm at once for 50 seats from 4 processes; then 20 seats are given back while offers lapse."""

import tempfile
import time
from pathlib import Path

from tests import postgres, seat_race

SEATS, PEOPLE, RELEASED = 50, 500, 20


def steps():
    yield "SQLite", on_sqlite
    yield "PostgreSQL", on_postgresql


def on_sqlite():
    with tempfile.TemporaryDirectory() as folder:
        database = f"sqlite:///{Path(folder) / 'race.sqlite3'}"
        postgres.manage(database, "migrate", "--verbosity", "0")
        return race_on(database)


def on_postgresql():
    with postgres.running() as cluster:
        return race_on(cluster.fresh_database())


def race_on(database):
    """Run the race; return its figures, or raise AssertionError."""
    race = seat_race.Race(database, SEATS, PEOPLE)
    began = time.monotonic()
    race.confirm_all()
    confirmed = seat_race.check_everyone_confirmed(race)["states"]
    seconds = time.monotonic() - began
    race.release(RELEASED)
    after = seat_race.check_released(race)
    return {"confirmed": confirmed, "seconds": round(seconds, 1), "after": after["states"], "held": after["held"]}
