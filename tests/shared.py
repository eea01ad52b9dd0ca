"""Files that lie beside the repository and are no part of it: samples, schemas, seeds; a test may have to skip them."""

import os
from pathlib import Path

import pytest

BESIDE = Path(__file__).resolve().parents[2] / "shared"


def folder(name, variable=""):
    """Return the folder of that name, or the one that the variable of the environment names."""
    return Path(os.environ.get(variable) or BESIDE / name)


def at_hand(path):
    """Return the path; a test that needs what is not there is skipped."""
    if not path.exists():
        pytest.skip(f"{path.parent.name}/{path.name} is not beside this repository")
    return path
