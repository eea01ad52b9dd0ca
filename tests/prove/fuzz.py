"""Almost-programmes for the importers and almost-questions for the API: no error of ours, no hang, no growing memory.

FUZZ_SECONDS is how long the importers are tried (120), FUZZ_QUESTIONS how many questions each list of the API is asked
(200).
"""

import os
import subprocess
import sys
import tempfile

from tests.browser import site as demo
from tests.browser.site import ROOT

SECONDS = os.environ.get("FUZZ_SECONDS", "120")
QUESTIONS = os.environ.get("FUZZ_QUESTIONS", "200")
IN_DJANGO = "import django; django.setup(); from tests import fuzzing; print(fuzzing.importers({seconds}, {number}))"


def steps():
    for number in range(2):
        yield f"importers, dice {number}", lambda number=number: importers(number)
    yield "API", api


def importers(number):
    with tempfile.TemporaryDirectory() as folder:
        environment = {**os.environ, "PORTAL_VAR": folder, "DJANGO_SETTINGS_MODULE": "portal.settings"}
        code = IN_DJANGO.format(seconds=SECONDS, number=number)
        done = _run([sys.executable, "-c", code], environment)
    return {"found": done.strip()}


def api():
    with tempfile.TemporaryDirectory() as folder, demo.running(folder) as site:
        description = f"{site.url}/api/v1/openapi.json"
        command = [sys.executable, "-m", "schemathesis.cli", "run", description, "--url", f"{site.url}/api/v1"]
        checks = "not_a_server_error,status_code_conformance,content_type_conformance,response_schema_conformance"
        done = _run([*command, "--max-examples", QUESTIONS, "--checks", checks, "--seed", "1"], os.environ)
    return {"found": done.strip().splitlines()[-1]}


def _run(command, environment):
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, (done.stdout + done.stderr)[-3000:]
    return done.stdout
