"""Where the bench keeps its archives: a folder for each scale, made once and used by every run after."""

import datetime
import hashlib
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

from tests.browser.site import ROOT

BENCH = ROOT / "var" / "bench"
# What is ahead in an archive is a month ahead on the day it is made.
OLDEST = datetime.timedelta(days=14)


def archive_of(scale):
    """Return the folder of data of a scale; make it where it is missing, of other tables, or too old."""
    folder = BENCH / f"archive-{scale:g}"
    stamp, wanted = folder / "made.json", fingerprint()
    if stamp.exists():
        made = json.loads(stamp.read_text())
        age = datetime.date.today() - datetime.date.fromisoformat(made["on"])
        if made["of"] == wanted and age < OLDEST:
            return folder
    print(f"Making an archive of scale {scale:g} in {folder.relative_to(ROOT)}", file=sys.stderr)
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    manage(folder, "prepare")
    in_portal(folder, f"from tests.bench.archive import Archive; Archive({scale}).make()")
    stamp.write_text(json.dumps({"of": wanted, "on": datetime.date.today().isoformat()}))
    return folder


def fingerprint():
    """Return a digest of the tables and of what fills them."""
    digest = hashlib.sha256()
    filled_by = Path(__file__).parent / "archive"
    for path in sorted([*ROOT.glob("*/migrations/*.py"), *filled_by.glob("*.py")]):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def environment_of(folder):
    """Return the environment of a portal whose data lie in a folder, whatever is set outside."""
    inherited = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "SITE_URL", "DEBUG")}
    settings = {"PORTAL_VAR": str(folder), "PORTAL_DEMO": "0", "DJANGO_SETTINGS_MODULE": "portal.settings"}
    settings["MALLOC_ARENA_MAX"] = "2"  # as bin/serve has it
    return {**inherited, **settings, "ALLOWED_HOSTS": "127.0.0.1", "SITE_URL": "http://127.0.0.1:8000"}


def manage(folder, *arguments, environment=None, **options):
    command = [sys.executable, "manage.py", *arguments]
    environment = {**environment_of(folder), **(environment or {})}
    return subprocess.run(command, cwd=ROOT, env=environment, check=True, text=True, **options)


def in_portal(folder, code, **options):
    """Run Python in the portal whose data lie in a folder; `environment` is added to its own."""
    return manage(folder, "shell", "--no-imports", "-v", "0", "-c", code, **options)


def measured_inside(folder, *arguments, page_cache="off"):
    """Return what `inside.measure_all()` prints of that archive."""
    code = f"from tests.bench.inside import measure_all; measure_all{arguments!r}"
    environment = {"PAGE_CACHE": str(page_cache)}
    return json.loads(in_portal(folder, code, environment=environment, stdout=subprocess.PIPE).stdout)
