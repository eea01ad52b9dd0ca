"""How races are run: a database is prepared, several processes start at the same moment, the result is read."""

import json
import os
import subprocess
import sys
import tempfile
import time
from collections import Counter

from tests.browser.site import ROOT

SECONDS_TO_START = 6


def run(database_url, scenario, people, places=0, processes=4):
    """Return (how the turns ended, what the database holds afterwards): two dicts."""
    with tempfile.TemporaryDirectory(prefix="portal-race-") as folder:
        environment = {
            **os.environ,
            "DATABASE_URL": database_url,
            "PORTAL_VAR": folder,
            "DJANGO_SETTINGS_MODULE": "portal.settings",
        }

        def start(*arguments):
            command = [sys.executable, "-m", "tests.races.racers", *map(str, arguments)]
            return subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True)

        def told(process):
            out, _none = process.communicate(timeout=300)
            assert process.returncode == 0
            return json.loads(out)

        keys = told(start("prepare", scenario, people, places))
        starts_at = time.time() + SECONDS_TO_START
        racers = [start("race", scenario, starts_at, *keys[number::processes]) for number in range(processes)]
        ended = sum((Counter(told(racer)) for racer in racers), Counter())
        return dict(ended), told(start("result", scenario))
