"""What the tests of photos share."""

from tests.portal.photos.storing import bucket, folder, s3_server, store

__all__ = ["bucket", "folder", "s3_server", "store"]
