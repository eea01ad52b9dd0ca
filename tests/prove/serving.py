"""Asking a portal that is being served, from beside it, in the words of Python."""

import json
import os
import subprocess
import sys

from tests.browser import site as demo


def manage(folder, environment, *arguments, code=demo.ROOT):
    """Run a command of the portal that has its data in a folder; return what it prints. `code`: another release's."""
    told = {"PORTAL_VAR": str(folder), "DJANGO_SETTINGS_MODULE": "portal.settings", **dict(environment)}
    command = [sys.executable, "manage.py", *map(str, arguments)]
    ran = subprocess.run(command, cwd=code, env={**os.environ, **told}, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr[-3000:]
    return ran.stdout.strip()


def manage_json(site, words, environment=(), code=demo.ROOT):
    """Run words of Python in the portal that has its data in `site.folder`; return what they print, read as JSON."""
    printed = manage(site.folder, environment, "shell", "--no-imports", "-c", f"import json\n{words}", code=code)
    return json.loads(printed.splitlines()[-1])
