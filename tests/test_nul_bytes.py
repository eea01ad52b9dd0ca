"""NUL in an address, a form or a cookie is no error of ours, on either database."""

import pytest

from tests.nul_bytes import broken
from tests.postgres import manage


@pytest.mark.django_db
def test_nul_breaks_nothing():
    assert broken() == []


ON_POSTGRESQL = """
from django.conf import settings
from django.test import override_settings
from tests.nul_bytes import broken
unhashed = {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
with override_settings(STORAGES=settings.STORAGES | unhashed):
    found = broken()
assert found == [], found
"""


def test_nul_breaks_nothing_on_postgresql(postgres):
    manage(postgres.fresh_database(), "shell", "-v", "0", "-c", ON_POSTGRESQL)
