"""What gunicorn serves: the portal, behind its page cache."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
application = get_wsgi_application()

from portal.pagecache.front import PageCache  # noqa: E402 - once Django is set up
from portal.pagecache.release import release  # noqa: E402
from portal.pagecache.stores import store  # noqa: E402

if store() is not None:
    application = PageCache(application, store(), release())
