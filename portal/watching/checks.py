"""Whether this process can serve: what `/readyz` says, and what the worker raises an alarm about."""

import logging
from datetime import timedelta
from uuid import uuid4

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import Error, connection
from django.utils import timezone

from portal import outbox
from portal.pagecache.stores import store

logger = logging.getLogger(__name__)

# A mail that waits longer than this, retries included, is worth a look.
LATE = timedelta(minutes=30)
MINUTE = timedelta(minutes=1)


def readiness():
    """Return (whether this process can serve, a dict of what was looked at -> "ok" or what is wrong).

    Late mail is told and keeps nobody out: the site serves while a mail server is down.
    """
    told = {"database": _database()}
    told["pages"] = _pages()
    told["storage"] = _storage()
    ready = all(word == "ok" for word in told.values())
    told["outbox"] = _outbox() if told["database"] == "ok" else "not looked at"
    return ready, told


def late_by():
    """Return how long the mail that has waited longest is overdue, as a timedelta; zero where none is."""
    now = timezone.now()
    oldest = outbox.waiting().order_by("created").values_list("created", flat=True).first()
    return max(now - oldest - LATE, timedelta()) if oldest else timedelta()


def alarm_of_late_mail():
    """Log an error, which reaches whoever is told of errors, where mail is not going out. Return whether it was."""
    overdue = late_by()
    if overdue:
        logger.error("Mail has been waiting for %d minutes; look at the mail server.", (overdue + LATE) // MINUTE)
    return bool(overdue)


def _database():
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except Error:
        logger.exception("The database does not answer")
        return "does not answer"
    return "ok"


def _pages():
    if store() is None:
        return "ok"
    try:
        store().generation()
    except OSError:
        logger.exception("The store of pages does not answer")
        return "does not answer"
    return "ok"


def _storage():
    """Write and delete a small file: a disk may be there and full."""
    name = f"readiness/{uuid4().hex}"
    try:
        default_storage.delete(default_storage.save(name, ContentFile(b"ready")))
    except Exception:  # whatever a disk or a client of S3 says: any of it means that nothing can be stored
        logger.exception("Files cannot be written")
        return "cannot be written"
    return "ok"


def _outbox():
    overdue = late_by()
    return f"late: {(overdue + LATE) // MINUTE} minutes" if overdue else "ok"
