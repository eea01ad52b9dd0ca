"""The folder of uploaded files: names are cut to what a file system holds."""

from pathlib import PurePath

from django.core.files.storage import FileSystemStorage

# Of the 255 bytes that file systems hold; some are left for what tells files of one name apart. A Chinese character
# takes three, so that 85 of them, which fields and browsers pass, are too many.
MOST_BYTES = 200


class ShortNames:
    """For storages, buckets too: their files can be taken along into a folder."""

    def get_valid_name(self, name):
        return cut(super().get_valid_name(name))


class FolderStorage(ShortNames, FileSystemStorage):
    pass


def cut(name):
    """Return a file's name as far as a folder holds it, with its suffix where that leaves any of the rest."""
    suffix = PurePath(name).suffix
    room = MOST_BYTES - len(suffix.encode())
    if room < 1:
        return name.encode()[:MOST_BYTES].decode(errors="ignore")
    return name.removesuffix(suffix).encode()[:room].decode(errors="ignore") + suffix
