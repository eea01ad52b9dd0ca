"""A folder that is read in: all that is in it, or none of it."""

import os
from pathlib import Path


def files_within(folder):
    """Return the paths of all files in a folder and in those within it, sorted; links to folders are not followed.

    Raises OSError where one of the folders may not be read, which `Path.rglob` takes for empty.
    """
    found = os.walk(folder, onerror=_refuse)
    return sorted(Path(inner, name) for inner, _folders, names in found for name in names)


def _refuse(problem):
    raise problem
