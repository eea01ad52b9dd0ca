"""Puts the page cache that settings name in front of the application."""

from django.conf import settings

from portal.pagecache.front import PageCache
from portal.pagecache.marking import is_public
from portal.pagecache.release import release
from portal.pagecache.stores import store


def behind_page_cache(application):
    """Return the application behind its page cache, or as it is where pages are not kept."""
    if store() is None:
        return application
    of_today = release()
    if store().files is not None:
        store().files.begin_release(of_today, store())
    return PageCache(application, store(), of_today, is_public, settings.CDN_SECONDS)
