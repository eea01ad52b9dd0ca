"""Files kept between a preview and the button beneath it: for an hour, and for whoever sent them.

They lie in a store that all machines of the portal share: the bucket where there is one, else a folder beside the
database. Nobody is answered from there.
"""

import secrets
import time
from datetime import timedelta

from django.core import signing
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.utils import timezone

KEPT = timedelta(hours=1)
SALT = "portal.held"
# Between two words on how far something is; a bucket takes its time for each.
SECONDS = 0.5


class NotHeld(Exception):
    """The file is gone, or was kept for somebody or something else."""


def hold(content, *facts):
    """Keep the bytes of a file; return what the button sends. Files left lying are thrown away.

    `facts` say for whom and for what: plain values, which `take` gives back.
    """
    name = secrets.token_hex(16)
    _store().save(name, ContentFile(content))
    _throw_away(before=timezone.now() - KEPT)
    return signing.dumps([name, *facts], salt=SALT)


def take(held, *first_facts):
    """Return the bytes and the other facts, and forget the file. Raises NotHeld.

    The facts it was kept with must begin with `first_facts`.
    """
    try:
        name, *facts = signing.loads(held, salt=SALT, max_age=KEPT)
        if facts[: len(first_facts)] != list(first_facts):
            raise NotHeld
        with _store().open(name) as file:
            content = file.read()
    except (signing.BadSignature, FileNotFoundError) as error:
        raise NotHeld from error
    _store().delete(name)
    return content, facts[len(first_facts) :]


class Progress:
    """Writes down how far the work on a held file is: outside of the database, whose transaction nobody sees into."""

    def __init__(self, held):
        self.name, self.told_at = f"{signing.loads(held, salt=SALT)[0]}.progress", -SECONDS

    def __call__(self, done, total):
        if done == total or time.monotonic() - self.told_at >= SECONDS:
            _store().save(self.name, ContentFile(f"{done} {total}".encode()))
            self.told_at = time.monotonic()


def progress_of(held, *first_facts):
    """Return (done, total) of the work on a file that was held with these facts; (0, 0) before it begins."""
    try:
        name, *facts = signing.loads(held, salt=SALT, max_age=KEPT)
        if facts[: len(first_facts)] != list(first_facts):
            return 0, 0
        with _store().open(f"{name}.progress") as file:
            done, total = file.read().split()
    except (signing.BadSignature, FileNotFoundError, ValueError):  # or it is being written at this moment
        return 0, 0
    return int(done), int(total)


def _throw_away(before):
    _folders, names = _store().listdir("")
    for name in names:
        try:
            if _store().get_modified_time(name) < before:
                _store().delete(name)
        except FileNotFoundError:
            continue  # somebody else was faster


def _store():
    return storages["held"]
