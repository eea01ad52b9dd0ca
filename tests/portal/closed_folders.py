"""A folder that may not be read; permissions do not stop root, as whom tests may run."""

import os


def closed(monkeypatch, folder):
    """Have the system refuse to list a folder."""
    scandir = os.scandir

    def refusing(path="."):
        if str(path) == str(folder):
            raise PermissionError(13, "Permission denied", str(path))
        return scandir(path)

    monkeypatch.setattr(os, "scandir", refusing)
