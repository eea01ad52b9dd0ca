"""Seats are never given twice, whoever presses first: real processes on one database. bin/prove seats does it large."""

import pytest
from django.db import connection

from tests import seat_race
from tests.database import copy_sqlite


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request, tmp_path):
    if request.param == "postgresql":
        return request.getfixturevalue("postgres").fresh_database()
    return a_migrated_sqlite(request, tmp_path)


def a_migrated_sqlite(request, folder):
    """Return the address of a migrated database in a file: a copy of the one that the tests run on."""
    request.getfixturevalue("django_db_setup")
    path = folder / "race.sqlite3"
    copy_sqlite(connection.settings_dict["TEST"]["NAME"], path)
    return f"sqlite:///{path}"


def test_seats_are_given_once_and_the_line_has_no_gaps(database, tmp_path):
    race = seat_race.Race(database, tmp_path, seats=3, people=12)

    race.confirm_all()
    seat_race.check_everyone_confirmed(race)
    race.release(2)
    seat_race.check_released(race)
