"""Almost-programmes for the importers, almost-questions for the API, anything for the admin and as a guest's file.

No error of ours comes of it, no hang, and memory does not grow. FUZZ_SECONDS is how long the importers are tried, and
on either database the admin and the files of guests (120); FUZZ_QUESTIONS, how many questions are made up for each
address of the API in a round (200).
"""

import json
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

import requests

from tests import postgres
from tests.browser import site as demo
from tests.browser.site import ROOT
from tests.prove.processes import web_workers

SECONDS = os.environ.get("FUZZ_SECONDS", "120")
QUESTIONS = os.environ.get("FUZZ_QUESTIONS", "200")
SLOWEST = "10"  # seconds for one answer
MOST_GROWTH = 60  # MB of all web workers, after the first round has warmed them up
IN_DJANGO = "import django; django.setup(); from tests import fuzzing; print(fuzzing.importers({seconds}, {number}))"
IN_A_DATABASE = """
import django, json
django.setup()
from django.conf import settings
from django.core.management import call_command
from django.test import override_settings
call_command("migrate", verbosity=0)
call_command("createcachetable", verbosity=0)
from tests import {module}
unhashed = {{"staticfiles": {{"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}}}
with override_settings(STORAGES=settings.STORAGES | unhashed):
    print(json.dumps({module}.broken({seconds})))
"""
CHECKS = "not_a_server_error,status_code_conformance,content_type_conformance,response_schema_conformance"


def steps():
    for number in range(2):
        yield f"importers, dice {number}", lambda number=number: importers(number)
    yield "API", api
    yield "admin on SQLite", admin
    yield "admin on PostgreSQL", admin_on_postgresql
    yield "files of guests", files_of_guests
    yield "files of guests on PostgreSQL", files_of_guests_on_postgresql


def importers(number):
    with tempfile.TemporaryDirectory() as folder:
        environment = {**os.environ, "PORTAL_VAR": folder, "DJANGO_SETTINGS_MODULE": "portal.settings"}
        code = IN_DJANGO.format(seconds=SECONDS, number=number)
        done = _run([sys.executable, "-c", code], environment)
    return {"found": done.strip()}


def admin(**environment):
    """Ask the admin whatever comes up, as who may do everything, in a database with a row of each kind."""
    return _broken("admin_fuzz", environment)


def admin_on_postgresql():
    with postgres.running() as cluster:
        return admin(DATABASE_URL=cluster.fresh_database())


def files_of_guests(**environment):
    """Send whatever comes up as a photo or slides, from behind a guest's link."""
    return _broken("upload_fuzz", environment)


def files_of_guests_on_postgresql():
    with postgres.running() as cluster:
        return files_of_guests(DATABASE_URL=cluster.fresh_database())


def _broken(module, environment):
    """Run a module's `broken` in a database and a folder of its own; return its figures."""
    with tempfile.TemporaryDirectory() as folder:
        environment = {**os.environ, "PORTAL_VAR": folder, "DJANGO_SETTINGS_MODULE": "portal.settings", **environment}
        code = IN_A_DATABASE.format(module=module, seconds=SECONDS)
        done = json.loads(_run([sys.executable, "-c", code], environment).splitlines()[-1])
    assert not done["found"], "\n".join(map(str, done.pop("found")))
    return {name: count for name, count in done.items() if name != "found"}


def api():
    """Ask the demo's API for whatever comes up, then for rows that are there, then for whatever else comes up."""
    with tempfile.TemporaryDirectory() as folder:
        process, site = demo.start(folder)
        try:
            asked = [_asked(site, seed=1)]
            before = _memory(process.pid)
            asked += [_asked(site, seed=2, keys=_keys(site)), _asked(site, seed=3)]
            grown = _memory(process.pid) - before
        finally:
            demo.stop(process.pid)
    assert grown < MOST_GROWTH, f"memory grew by {grown} MB over {sum(asked)} questions"
    return {"asked": sum(asked), "memory grown, MB": grown}


def _asked(site, seed, keys=""):
    """Ask one round; return how many questions. `keys` is a configuration of schemathesis."""
    config = site.folder / "schemathesis.toml"
    config.write_text(keys)
    command = [sys.executable, "-m", "schemathesis.cli", "--config-file", config, "run"]
    command += [f"{site.url}/api/v1/openapi.json", "--url", f"{site.url}/api/v1", "--checks", CHECKS]
    command += ["--max-examples", QUESTIONS, "--request-timeout", SLOWEST, "--seed", str(seed)]
    environment = {**os.environ, "SCHEMATHESIS_HOOKS": "tests.short_questions", "PYTHONPATH": str(ROOT)}
    done = _run(command, environment, site.folder)  # where it leaves its record of what it did
    return int(re.search(r"(\d+) generated", done)[1])


def _keys(site):
    """Return the configuration that asks each list for the first of its rows; the demo has no photo of its own."""
    told = []
    for path, operations in _json(site, "openapi.json")["paths"].items():
        if path.endswith("{key}/"):
            schema = operations["get"]["parameters"][0]["schema"]
            rows = _json(site, path.removeprefix("/").removesuffix("{key}/"))["results"]
            if not rows:
                continue
            key = rows[0]["id" if schema["type"] == "integer" else schema.get("format", "slug")]
            told += ["[[operations]]", f'include-path = "{path}"', f'parameters = {{ "path.key" = "{key}" }}']
    return "\n".join(told)


def _json(site, path):
    return requests.get(f"{site.url}/api/v1/{path}", timeout=60).json()


def _memory(pid):
    """Return what the web workers hold, in MB: PSS, which counts what they share once."""
    rollups = [Path(f"/proc/{one}/smaps_rollup").read_text() for one in web_workers(pid)]
    return sum(int(re.search(r"^Pss:\s+(\d+)", rollup, re.MULTILINE)[1]) for rollup in rollups) // 1024


def _run(command, environment, folder=ROOT):
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, (done.stdout + done.stderr)[-3000:]
    return done.stdout
