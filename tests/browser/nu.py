"""The Nu HTML checker, which bin/test installs under .tools."""

import json
import shutil
import subprocess
from collections import defaultdict

from tests.browser.site import ROOT

JAR = ROOT / ".tools" / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"


def errors_in(files):
    """Return "message: first file, how many more" for each kind of error in HTML files, in one run of the checker.

    Raises RuntimeError when Java or the checker is missing.
    """
    if not JAR.exists() or not shutil.which("java"):
        raise RuntimeError("The Nu HTML checker is missing: run bin/test, which installs it (it needs Java and npm).")
    options = ["--format", "json", "--errors-only", "--exit-zero-always", "--stdout"]
    run = subprocess.run(["java", "-Xss1m", "-jar", JAR, *options, *files], capture_output=True, text=True, check=True)
    places = defaultdict(list)
    for message in json.loads(run.stdout)["messages"]:
        places[message["message"]].append(f"{message['url'].rsplit('/', 1)[-1]}:{message.get('lastLine')}")
    return [f"{message}: {where[0]} and {len(where) - 1} more" for message, where in places.items()]
