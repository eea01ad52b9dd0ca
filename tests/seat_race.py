"""Many people, four processes, one desk. Run by the tests and by bin/prove, on SQLite and on PostgreSQL.

Each process works through its share by the same verbs as the pages. A share
waits for a file called "go" in the working folder, so that all begin at once.
"""

import json
import os
import subprocess
import sys
import time
from pathlib import Path

from tests.browser.site import ROOT

PROCESSES = 4
SECONDS = 600

SET_UP = """
from datetime import timedelta
from django.utils import timezone
from meetups.models import Meetup
from portal.models import Desk, Registration
now = timezone.now()
meetup = Meetup.objects.create(slug="race", title_en="Race", starts_at=now + timedelta(days=9), published_at=now)
desk = Desk.objects.create(occasion=meetup, capacity={seats})
Registration.objects.bulk_create(
    Registration(desk=desk, name=f"p{{n}}", email=f"p{{n}}@example.org", email_normalised=f"p{{n}}@example.org",
                 language="en", state="unconfirmed")
    for n in range({people})
)
"""

SHARE = """
import json, sys, time
from datetime import timedelta
from pathlib import Path
from django.utils import timezone
from portal import registering
from portal.models import Desk, Registration
from portal.models.signups import IllegalMove

verb, share, shares, folder = {verb!r}, {share}, {shares}, Path({folder!r})
rows = [row for row in Registration.objects.order_by("pk") if row.pk % shares == share]
desk = Desk.objects.get()
seated = list(Registration.objects.filter(state="seated").order_by("pk"))[:{released}]
steps = {{
    "confirm": [lambda row=row: registering.confirm(row) for row in rows],
    "release": [lambda row=row: registering.release(row) for row in seated if row.pk % shares == share],
}}[verb]
lapse = lambda: registering.lapse_offers(desk, timezone.now() + timedelta(hours=25))
(folder / f"ready-{{share}}").touch()
while not (folder / "go").exists():
    time.sleep(0.002)
broken = []
for step in steps:
    try:
        step()
        if verb == "release":
            lapse()
    except Exception as problem:
        broken.append(repr(problem))
print(json.dumps(broken))
"""

COUNT = """
import json
from collections import Counter
from portal.models import Desk, Registration
desk = Desk.objects.get()
held = sum(row.seats for row in Registration.objects.filter(state__in=["seated", "offered"]))
line = list(Registration.objects.exclude(line_number=None).order_by("line_number").values_list("line_number", "state"))
print(json.dumps({"states": Counter(Registration.objects.values_list("state", flat=True)), "taken": desk.taken,
                  "held": held, "line": line}))
"""


class Race:
    """A database with a desk of so many seats and so many who registered, none of them confirmed yet."""

    def __init__(self, database_url, folder, seats, people):
        self.database_url, self.folder, self.seats, self.people = database_url, Path(folder), seats, people
        self._run(SET_UP.format(seats=seats, people=people))

    def confirm_all(self):
        """Everyone presses Confirm at once."""
        self._at_once("confirm", 0)

    def release(self, how_many):
        """So many seats are given back at once, while the offers made for them lapse."""
        self._at_once("release", how_many)

    def standing(self):
        """Return dict: states (how many of each), taken (the desk's count), held (counted), line [(number, state)]."""
        return json.loads(self._run(COUNT))

    def _at_once(self, verb, released):
        for old in self.folder.glob("ready-*"):
            old.unlink()
        (self.folder / "go").unlink(missing_ok=True)
        shares = [
            self._start(
                SHARE.format(verb=verb, share=share, shares=PROCESSES, folder=str(self.folder), released=released)
            )
            for share in range(PROCESSES)
        ]
        deadline = time.monotonic() + SECONDS
        while len(list(self.folder.glob("ready-*"))) < PROCESSES and time.monotonic() < deadline:
            time.sleep(0.02)
        (self.folder / "go").touch()
        for share in shares:
            out, problem = share.communicate(timeout=SECONDS)
            assert share.returncode == 0, problem
            assert json.loads(out.splitlines()[-1]) == []

    def _run(self, code):
        process = self._start(code)
        out, problem = process.communicate(timeout=SECONDS)
        if process.returncode:
            raise RuntimeError(problem)
        return out

    def _start(self, code):
        environment = {**os.environ, "DATABASE_URL": self.database_url, "PORTAL_VAR": str(self.folder)}
        environment["DJANGO_SETTINGS_MODULE"] = "portal.settings"
        command = [sys.executable, ROOT / "manage.py", "shell", "-v", "0", "-c", code]
        return subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


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
