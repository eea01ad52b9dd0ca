import pytest

from tests.organizers import an_administrator
from tests.portal.tables.bringing import speaking_english


@pytest.fixture
def chief():
    """The client of an administrator who reads English."""
    return speaking_english(an_administrator())
