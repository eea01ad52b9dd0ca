"""Many people, four processes, one desk. Run by the tests and by bin/prove, on SQLite and on PostgreSQL."""

from tests.races.processes import alone, at_once

DESK = "tests.races.desk"
PROCESSES = 4


class Race:
    """A database with a desk of so many seats and so many who registered, none of them confirmed yet."""

    def __init__(self, database_url, seats, people):
        self.database_url, self.seats, self.people = database_url, seats, people
        alone(database_url, f"{DESK}:set_up", seats, people)

    def confirm_all(self):
        """Everyone presses Confirm at once."""
        self._at_once("confirm")

    def release(self, how_many):
        """So many seats are given back at once, while the offers made for them lapse."""
        self._at_once("release", how_many)

    def standing(self):
        """Return dict: states (how many of each), taken (the desk's count), held (counted), line [[number, state]]."""
        return alone(self.database_url, f"{DESK}:standing")

    def _at_once(self, verb, *told):
        shares = [[share, PROCESSES, *told] for share in range(PROCESSES)]
        assert at_once(self.database_url, f"{DESK}:{verb}", shares) == [[]] * PROCESSES


def check_everyone_confirmed(race):
    """Raise AssertionError unless exactly the seats are given and the rest stand in a line without gaps or ties."""
    standing, waiting = race.standing(), race.people - race.seats
    assert standing["states"] == {"seated": race.seats, "waiting": waiting}, standing["states"]
    assert standing["taken"] == standing["held"] == race.seats
    assert [number for number, _state in standing["line"]] == list(range(1, waiting + 1))
    return standing


def check_released(race):
    """Raise AssertionError unless no seat too many is held and who was offered one stands before all who wait."""
    standing = race.standing()
    assert standing["taken"] == standing["held"] <= race.seats, standing["states"]
    waiting = [number for number, state in standing["line"] if state == "waiting"]
    called = [number for number, state in standing["line"] if state in ("offered", "lapsed")]
    assert called, standing["states"]
    assert max(called) < min(waiting, default=max(called) + 1)
    assert called == list(range(1, len(called) + 1))
    return standing
