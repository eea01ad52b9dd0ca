"""Which release of the portal this process runs, so that it answers no page of another."""

import hashlib

from django.conf import settings

PARTS = ("portal", "events", "meetups", "templates")
KINDS = {".py", ".html", ".txt", ".mo"}


def release():
    """Return a short digest of the code, the templates, the messages and the names of the static files.

    Read once at start. The same on every machine that runs the same release,
    and another one after an upgrade: while old and new workers run side by
    side, each finds its own pages only.
    """
    digest = hashlib.sha256()
    for part in PARTS:
        for path in sorted((settings.BASE_DIR / part).rglob("*")):
            if path.suffix in KINDS:
                digest.update(path.read_bytes())
    manifest = settings.STATIC_ROOT / "staticfiles.json"
    if manifest.exists():
        digest.update(manifest.read_bytes())
    return digest.hexdigest()[:12]
