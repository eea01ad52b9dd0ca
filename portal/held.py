"""Files kept between a preview and the button beneath it: for an hour, and for whoever sent them.

They lie in a store that all machines of the portal share: the bucket where there is one, else a folder beside the
database. Nobody is answered from there.
"""

import secrets
import time
from datetime import timedelta

from django.core import signing
from django.core.cache import cache
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.utils import timezone

KEPT = timedelta(hours=1)
SALT = "portal.held"
# Between two words on how far something is; a bucket takes its time for each.
SECONDS = 0.5
# How long a second press of the button waits for the first one's answer; gunicorn gives a request sixty seconds.
PATIENCE = 40
AT_IT = "at it"


class NotHeld(Exception):
    """The file is gone, or was kept for somebody or something else."""


class StillAtIt(Exception):
    """Somebody pressed before, and has no answer yet."""


def hold(content, *facts):
    """Keep the bytes of a file; return what the button sends. Files left lying are thrown away.

    `facts` say for whom and for what: plain values, which `once` hands on.
    """
    name = secrets.token_hex(16)
    _store().save(name, ContentFile(content))
    _throw_away(before=timezone.now() - KEPT)
    return signing.dumps([name, *facts], salt=SALT)


def once(do, held, *first_facts):
    """Forget the file and return do(its bytes, *the other facts), which is plain values.

    Whoever presses the button again, be it in the same moment and at another machine, gets what was returned the first
    time, and waits for it; raises StillAtIt after a while. The facts that the file was kept with must begin with
    `first_facts`. Raises NotHeld, also where the first time ended by an error.
    """
    name, facts = _read(held, first_facts)
    answer = f"held.{name}"
    if not cache.add(answer, AT_IT, KEPT.total_seconds()):
        return first_answer(answer)
    try:
        returned = do(_taken(name), *facts)
    except BaseException:
        cache.delete(answer)
        raise
    cache.set(answer, [returned], KEPT.total_seconds())
    return returned


def _read(held, first_facts):
    """Return the file's name and the facts beyond the first. Raises NotHeld."""
    try:
        name, *facts = signing.loads(held, salt=SALT, max_age=KEPT)
    except signing.BadSignature as error:
        raise NotHeld from error
    if facts[: len(first_facts)] != list(first_facts):
        raise NotHeld
    return name, facts[len(first_facts) :]


def _taken(name):
    try:
        with _store().open(name) as file:
            content = file.read()
    except FileNotFoundError as error:
        raise NotHeld from error
    _store().delete(name)
    return content


def first_answer(answer):
    """Return what another press told the cache under this key: [what it returned]; wait for it while it is `AT_IT`.

    Raises NotHeld where it ended without an answer, StillAtIt after a while.
    """
    until = time.monotonic() + PATIENCE
    while (told := cache.get(answer)) == AT_IT:
        if time.monotonic() > until:
            raise StillAtIt
        time.sleep(SECONDS)
    if told is None:
        raise NotHeld
    return told[0]


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
        name, _facts = _read(held, first_facts)
        with _store().open(f"{name}.progress") as file:
            done, total = file.read().split()
    except (NotHeld, FileNotFoundError, ValueError):  # or it is being written at this moment
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
