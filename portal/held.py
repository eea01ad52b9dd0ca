"""Files kept between a preview and the button beneath it: for an hour, and for whoever sent them."""

import secrets
import time
from pathlib import Path

from django.conf import settings
from django.core import signing

KEPT = 3600  # seconds
SALT = "portal.held"


class NotHeld(Exception):
    """The file is gone, or was kept for somebody or something else."""


def hold(content, *facts):
    """Keep the bytes of a file; return what the button sends. Files left lying are thrown away.

    `facts` say for whom and for what: plain values, which `take` gives back.
    """
    for file in _folder().iterdir():
        if file.stat().st_mtime < time.time() - KEPT:
            file.unlink(missing_ok=True)
    name = secrets.token_hex(16)
    (_folder() / name).write_bytes(content)
    return signing.dumps([name, *facts], salt=SALT)


def take(held, *first_facts):
    """Return the bytes and the other facts, and forget the file. Raises NotHeld.

    The facts it was kept with must begin with `first_facts`.
    """
    try:
        name, *facts = signing.loads(held, salt=SALT, max_age=KEPT)
        if facts[: len(first_facts)] != list(first_facts):
            raise NotHeld
        file = _folder() / name
        content = file.read_bytes()
        file.unlink()
    except (signing.BadSignature, FileNotFoundError) as error:
        raise NotHeld from error
    return content, facts[len(first_facts) :]


def tell_progress(held, done, total):
    """Write down how far the work on a held file is: outside of the database, whose transaction nobody sees into."""
    file = _folder() / f"{signing.loads(held, salt=SALT)[0]}.progress"
    file.with_suffix(".new").write_text(f"{done} {total}")
    file.with_suffix(".new").replace(file)


def progress_of(held, *first_facts):
    """Return (done, total) of the work on a file that was held with these facts; (0, 0) before it begins."""
    try:
        name, *facts = signing.loads(held, salt=SALT, max_age=KEPT)
        done, total = (_folder() / f"{name}.progress").read_text().split()
    except (signing.BadSignature, FileNotFoundError):
        return 0, 0
    return (int(done), int(total)) if facts[: len(first_facts)] == list(first_facts) else (0, 0)


def _folder():
    folder = Path(settings.VAR) / "imports"
    folder.mkdir(exist_ok=True)
    return folder
