"""A bucket behind the portal's own addresses, so that visitors load nothing from another host."""

from urllib.parse import quote

from django.conf import settings
from storages.backends.s3 import S3Storage

from portal.folder import ShortNames


class BucketStorage(ShortNames, S3Storage):
    def url(self, name, parameters=None, expire=None, http_method=None):
        return settings.MEDIA_URL + quote(name)
