"""How races are run: a database is prepared, several processes start at the same moment, the result is read."""

from collections import Counter

from tests.races.processes import alone, at_once

RACERS = "tests.races.racers"


def run(database_url, scenario, people, places=0, processes=4):
    """Return (how the turns ended, what the database holds afterwards): two dicts."""
    keys = alone(database_url, f"{RACERS}:prepare", scenario, people, places)
    shares = [[scenario, keys[number::processes]] for number in range(processes)]
    ended = sum(map(Counter, at_once(database_url, f"{RACERS}:race", shares)), Counter())
    return dict(ended), alone(database_url, f"{RACERS}:result", scenario)
