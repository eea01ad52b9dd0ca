"""What gunicorn serves: the portal, behind its page cache."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
application = get_wsgi_application()

from django.urls import get_resolver  # noqa: E402 - once Django is set up

from portal.pagecache.starting import behind_page_cache  # noqa: E402

# Addresses, and with them every view, are read before workers part from here: so they share that memory.
get_resolver().url_patterns  # noqa: B018
application = behind_page_cache(application)
