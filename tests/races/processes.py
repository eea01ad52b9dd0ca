"""Calls functions in processes of their own that begin at the same moment, on a database that is named.

A process that loads Django takes longer than a race: one does, and forks those that race.
"""

import json
import os
import subprocess
import sys
import tempfile
from functools import cache

from tests.browser.site import ROOT


@cache
def starter():
    """Return (process, its folder) of `tests.races.starter`, which ends when this process does."""
    folder = tempfile.TemporaryDirectory(prefix="portal-race-")
    environment = {**os.environ, "PORTAL_VAR": folder.name, "DJANGO_SETTINGS_MODULE": "portal.settings"}
    command = [sys.executable, "-m", "tests.races.starter"]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    return subprocess.Popen(command, cwd=ROOT, env=environment, text=True, **pipes), folder


def at_once(database_url, function, calls):
    """Call a function, by "module:name", with each list of arguments; return the list of what the calls returned."""
    process, _folder = starter()
    print(json.dumps([database_url, function, calls]), file=process.stdin, flush=True)
    answer = json.loads(process.stdout.readline())
    assert "problem" not in answer, answer["problem"]
    return answer["returned"]


def alone(database_url, function, *arguments):
    """Call a function in one process; return what it returned."""
    [returned] = at_once(database_url, function, [arguments])
    return returned
