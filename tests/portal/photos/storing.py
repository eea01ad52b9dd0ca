"""Looking into the store of files, whatever it is."""

import pytest
from django.core.files.storage import default_storage


def stored_names(folder=""):
    """Return the names of all files in the store."""
    try:
        folders, files = default_storage.listdir(folder)
    except FileNotFoundError:
        return set()
    names = {f"{folder}{name}" for name in files if name}
    return names.union(*(stored_names(f"{folder}{inner}/") for inner in folders))


@pytest.fixture
def store(settings, tmp_path):
    """An empty store."""
    settings.MEDIA_ROOT = tmp_path / "media"
