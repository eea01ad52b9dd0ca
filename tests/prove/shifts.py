"""200 people claim the last 20 places of a shift from 4 processes, on both databases; offers and withdrawals race."""

import tempfile
from functools import partial
from pathlib import Path

from tests import postgres
from tests.races.running import run


def steps():
    with tempfile.TemporaryDirectory() as folder, postgres.running() as cluster:
        for name in ("sqlite", "postgresql"):
            for scenario, people in (("claim", 200), ("offer-twice", 100), ("accept-and-withdraw", 200)):
                database = partial(fresh, name, cluster, Path(folder) / f"{scenario}.sqlite3")
                yield f"{scenario} on {name}", partial(holds, scenario, people, database)


def fresh(name, cluster, path):
    if name == "postgresql":
        return cluster.fresh_database()
    postgres.manage(f"sqlite:///{path}", "migrate", "--verbosity", "0")
    return f"sqlite:///{path}"


def holds(scenario, people, database):
    ended, result = run(database(), scenario, people, places=20)
    if scenario == "claim":
        assert ended == {"done": 20, "Refused": people - 20}, ended
        assert result == {"taken": 20, "held": 20}, result
    elif scenario == "offer-twice":
        assert ended == {"done": people}, ended
        assert result == {"taken": 1, "held": 1}, result
    else:
        assert set(ended) <= {"done", "IllegalMove"}, ended
        assert result["withdrawn and holding"] == result["taken"] == result["held"] == 0, result
    return {**ended, **result}
