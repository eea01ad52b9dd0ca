"""Every list and form of the admin with the demo fifty times over: CPU under 300 ms each, and as many queries.

The times are of the process, not of the clock, and of the second request on, as an organizer feels them who works
in the admin for a while; the least of some counts, for other work on the machine costs a process too. Of each model
the form of the row with the most that belongs to it is taken.
"""

import json
import os
import subprocess
import sys

from tests.browser.site import ROOT

TIMES = int(os.environ.get("PROVE_ADMIN_TIMES", 50))
MOST_MILLISECONDS = int(os.environ.get("PROVE_ADMIN_MILLISECONDS", 300))
MEASURE = """
import json, sys
import django
django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0)
call_command("createcachetable", verbosity=0)
call_command("load_demo", verbosity=0)
from tests.admin_cost import cost_of_everything
print(json.dumps(cost_of_everything(int(sys.argv[1]))))
"""


def steps():
    yield f"the demo times {TIMES}", measure


def measure():
    """Return the figures; AssertionError where a page costs more than it may, or asks more than once it had to."""
    # The settings of the tests bring a folder and a database of their own.
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "tests.settings", "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, "-c", MEASURE, str(TIMES)],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    costs = json.loads(done.stdout.splitlines()[-1])
    slow = {address: cost["ms"] for address, cost in costs.items() if cost["ms"] > MOST_MILLISECONDS}
    more = {address: cost for address, cost in costs.items() if cost["queries"] > cost["queries before"]}
    assert not slow, f"over {MOST_MILLISECONDS} ms: {slow}"
    assert not more, f"more queries than with one demo: {more}"
    worst = sorted(costs, key=lambda address: costs[address]["ms"], reverse=True)
    figures = [f"{address} {costs[address]['ms']} ms" for address in worst[:3]]
    return {"pages": len(costs), "slowest": ", ".join(figures)}
