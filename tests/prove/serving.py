"""Asking a portal that is being served, from beside it, in the words of Python."""

import json
import os
import subprocess
import sys

from tests.browser import site as demo


def manage_json(site, code, environment=()):
    """Run Python in the portal that has its data in `site.folder`; return what it prints, read as JSON."""
    told = {"PORTAL_VAR": str(site.folder), "DJANGO_SETTINGS_MODULE": "portal.settings", **dict(environment)}
    command = [sys.executable, "manage.py", "shell", "--no-imports", "-c", f"import json\n{code}"]
    ran = subprocess.run(
        command, cwd=demo.ROOT, env={**os.environ, **told}, capture_output=True, text=True, check=False
    )
    assert ran.returncode == 0, ran.stderr[-3000:]
    return json.loads(ran.stdout.strip().splitlines()[-1])
