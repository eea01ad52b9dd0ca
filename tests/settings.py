"""The portal's settings for the tests: the same, but in a folder of its own and with fast passwords."""

import os
import tempfile

_folder = tempfile.TemporaryDirectory(prefix="portal-tests-")
os.environ["PORTAL_VAR"] = _folder.name
os.environ.update(DEBUG="0", SITE_URL="http://testserver", ALLOWED_HOSTS="testserver,127.0.0.1,localhost")
os.environ.pop("DATABASE_URL", None)
# Playwright keeps an event loop in the thread of the tests, which Django takes for asynchronous code.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

from portal.settings import *  # noqa: E402, F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    **STORAGES,  # noqa: F405
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
POST_OFFICE = {**POST_OFFICE, "BACKENDS": {"default": "django.core.mail.backends.locmem.EmailBackend"}}  # noqa: F405

# A file, not memory: threads can share it, and tests/database.py can keep one that is migrated.
DATABASES["default"]["TEST"] = {"NAME": VAR / "test.sqlite3"}  # noqa: F405
STATIC_ROOT.mkdir()  # noqa: F405 - WhiteNoise warns with each request where it is missing
