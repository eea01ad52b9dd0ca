"""Asking a portal that is being served, from beside it, in the words of Python."""

import json
import os
import subprocess
import sys

from tests.browser import site as demo


def manage(folder, environment, *arguments):
    """Run a command of the portal that has its data in a folder; return what it prints."""
    told = {"PORTAL_VAR": str(folder), "DJANGO_SETTINGS_MODULE": "portal.settings", **dict(environment)}
    command = [sys.executable, "manage.py", *map(str, arguments)]
    ran = subprocess.run(
        command, cwd=demo.ROOT, env={**os.environ, **told}, capture_output=True, text=True, check=False
    )
    assert ran.returncode == 0, ran.stderr[-3000:]
    return ran.stdout.strip()


def manage_json(site, code, environment=()):
    """Run Python in the portal that has its data in `site.folder`; return what it prints, read as JSON."""
    printed = manage(site.folder, environment, "shell", "--no-imports", "-c", f"import json\n{code}")
    return json.loads(printed.splitlines()[-1])
