"""An album as a ZIP file, made while it is sent: whatever its size, a piece of one photo is in memory."""

import zipfile

from django.utils.translation import gettext as _

PIECE = 2**16


class _Outgoing:
    """A file that can only be written to; `taken()` hands over what was written since."""

    def __init__(self):
        self.pieces = []

    def write(self, data):
        self.pieces.append(bytes(data))
        return len(data)

    def flush(self):
        pass

    def taken(self):
        data, self.pieces = b"".join(self.pieces), []
        return data


def archive_of(album):
    """Yield the bytes of a ZIP with the album's photos that anybody may have, and whose they are.

    Photos are stored as they are, since they do not compress. One that was taken down meanwhile is left out.
    """
    outgoing, credits = _Outgoing(), []
    photos = album.photos.published().free().select_related("album", "photographer", "album__photographer")
    with zipfile.ZipFile(outgoing, "w", zipfile.ZIP_STORED) as archive:
        for number, photo in enumerate(photos.iterator(chunk_size=200), 1):
            name = f"{album.slug}-{number:04}.{photo.image.name.rpartition('.')[2]}"
            try:
                original = photo.image.open()
            except FileNotFoundError:
                continue
            with original, archive.open(name, "w", force_zip64=True) as entry:
                while piece := original.read(PIECE):
                    entry.write(piece)
                    yield outgoing.taken()
            credits.append(f"{name}: {credit_line(photo)}")
        archive.writestr("CREDITS.txt", "\n".join(credits) + "\n")
        yield outgoing.taken()
    yield outgoing.taken()


def credit_line(photo):
    """Return whose a photo is and under which licence, on one line."""
    album = photo.album
    photographer = photo.photographer or album.photographer
    credit = photo.credit or album.credit or (photographer.name if photographer else _("not said"))
    return f"{credit} · {(photo if photo.licence else album).get_licence_display()}"
