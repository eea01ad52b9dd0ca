"""Seats are never given twice, whoever presses first: real processes on one database. bin/prove seats does it large."""

from tests import seat_race


def test_seats_are_given_once_and_the_line_has_no_gaps(database):
    race = seat_race.Race(database, seats=3, people=12)

    race.confirm_all()
    seat_race.check_everyone_confirmed(race)
    race.release(2)
    seat_race.check_released(race)
