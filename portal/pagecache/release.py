"""Which release of the portal this process runs, so that it answers no page of another."""

import hashlib
from pathlib import Path

from django.apps import apps
from django.conf import settings

KINDS = {".py", ".html", ".txt", ".mo"}


def release():
    """Return a short digest of the code, the templates, the messages and the names of the static files.

    Read once at start. The same on every machine that runs the same release,
    and another one after an upgrade: while old and new workers run side by
    side, each finds its own pages only.
    """
    digest = hashlib.sha256()
    for folder in _folders():
        for path in sorted(folder.rglob("*")):
            if path.suffix in KINDS:
                digest.update(path.read_bytes())
    manifest = settings.STATIC_ROOT / "staticfiles.json"
    if manifest.exists():
        digest.update(manifest.read_bytes())
    return digest.hexdigest()[:12]


def _folders():
    """Return the folders of our own apps, and of the templates."""
    ours = [Path(app.path) for app in apps.get_app_configs() if Path(app.path).parent == settings.BASE_DIR]
    return [*ours, *settings.TEMPLATES[0]["DIRS"]]
