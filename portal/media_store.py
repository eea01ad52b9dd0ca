"""Where the files of organizers are kept: the folder `media`, or a bucket of a store that speaks S3."""

from urllib.parse import parse_qsl, unquote, urlsplit

# Originals, portraits, files that wait for a button: other accounts of the machine have no business with them.
PRIVATE = {"file_permissions_mode": 0o600, "directory_permissions_mode": 0o700}
FOLDER, BUCKET = "portal.folder.FolderStorage", "portal.bucket.BucketStorage"
MEMORY_BYTES = 4 * 2**20  # what is read beyond lies in a temporary file


class BadMediaStore(ValueError):
    """MEDIA_STORE cannot be read."""


def storage_of(address):
    """Return the entry of STORAGES for an address such as `s3://key:secret@host/bucket?region=eu-1`.

    Empty is the folder. `s3+http://` speaks plain HTTP, for a store on the same machine. The bucket is
    private: visitors get its files from the portal, under the addresses that a folder's would have.
    Raises `BadMediaStore`.
    """
    if not address:
        return {"BACKEND": FOLDER, "OPTIONS": PRIVATE}
    parts = urlsplit(address)
    bucket = parts.path.strip("/")
    schemes = {"s3": "https", "s3+http": "http"}
    if parts.scheme not in schemes or not (parts.username and parts.password and parts.hostname and bucket):
        raise BadMediaStore("MEDIA_STORE is not of the form s3://key:secret@host/bucket")
    host = parts.netloc.rpartition("@")[2]
    options = {
        "endpoint_url": f"{schemes[parts.scheme]}://{host}",
        "access_key": unquote(parts.username),
        "secret_key": unquote(parts.password),
        "bucket_name": bucket,
        "region_name": dict(parse_qsl(parts.query)).get("region", "us-east-1"),
        "addressing_style": "path",
        "default_acl": None,
        "max_memory_size": MEMORY_BYTES,
    }
    return {"BACKEND": BUCKET, "OPTIONS": options}


def held_beside(storage, folder):
    """Return the entry of STORAGES for files that wait for a button: `held/` in the same bucket, else a folder."""
    if storage["BACKEND"] == BUCKET:
        return {"BACKEND": BUCKET, "OPTIONS": {**storage["OPTIONS"], "location": "held"}}
    return {"BACKEND": FOLDER, "OPTIONS": {**PRIVATE, "location": folder, "allow_overwrite": True}}
