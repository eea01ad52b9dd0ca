"""What the tests of photos share."""

from tests.portal.photos.storing import store

__all__ = ["store"]
