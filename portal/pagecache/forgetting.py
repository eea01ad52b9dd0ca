"""When kept pages are forgotten: after the commit of whatever changes public content."""

import logging

from django.db import transaction
from django.db.models.signals import m2m_changed, post_delete, post_save

from portal.pagecache.stores import store

logger = logging.getLogger(__name__)


def forget_pages():
    """Begin a new generation of pages once the current transaction is committed."""
    if store() is None:
        return
    waiting = transaction.get_connection().run_on_commit
    if not any(entry[1] is _begin_generation for entry in waiting):  # once is enough for an import of thousands
        transaction.on_commit(_begin_generation)


def _begin_generation():
    """Begin a new generation; a store that is down has nothing to forget, and the save it follows stands."""
    try:
        store().begin_generation()
    except OSError:
        logger.exception("The page store does not answer; kept pages may be shown until they expire")


def _after_change(sender, instance, update_fields=None, **kwargs):
    if getattr(instance, "SHOWN_ON_PAGES", False) and not (update_fields and update_fields <= {*instance.NOT_ON_PAGES}):
        forget_pages()


def watch():
    """Forget pages after every save and deletion of a row that pages show. `QuerySet.update()` sees to itself."""
    for signal in (post_save, post_delete, m2m_changed):
        signal.connect(_after_change, dispatch_uid="portal.pagecache")
