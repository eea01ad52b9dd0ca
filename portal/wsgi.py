"""What gunicorn serves: the portal, behind its page cache."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
application = get_wsgi_application()

from portal.pagecache.starting import behind_page_cache  # noqa: E402 - once Django is set up

application = behind_page_cache(application)
