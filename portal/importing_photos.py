"""Photos of a folder or a ZIP, one after another, whatever the archive pretends.

Nothing is ever unpacked to a path that an archive names: a member is read into a
temporary file, as far as a photo may be large, and judged by its content.
"""

import zipfile
import zlib
from contextlib import contextmanager
from dataclasses import dataclass
from lzma import LZMAError
from pathlib import Path, PurePosixPath
from tempfile import SpooledTemporaryFile

from django.utils.translation import gettext as _

from portal.folders import files_within
from portal.images import MOST_BYTES, BadImage

MOST_FILES = 5000
MOST_BYTES_IN_ALL = 40 * 2**30
IN_MEMORY = 8 * 2**20
PIECE = 2**20
# What a member comes to that cannot be unpacked; bzip2 says OSError.
DAMAGED = (zipfile.BadZipFile, zlib.error, LZMAError, EOFError, NotImplementedError, RuntimeError, OSError)
# What systems add to folders and archives by themselves.
CLUTTER = {"Thumbs.db", "desktop.ini"}


class BadSource(ValueError):
    """A folder or an archive that is refused as a whole; `str()` of it is the reason."""


@dataclass(frozen=True)
class Found:
    """A file of the source: its name, for messages only, and its size as stated. `open()` gives its bytes."""

    name: str
    size: int
    source: object
    member: object

    @contextmanager
    def open(self):
        """Yield a seekable binary file. Raises `BadImage` for what cannot be read or grows beyond what it stated."""
        if isinstance(self.member, Path):
            with self.member.open("rb") as file:
                yield file
            return
        with SpooledTemporaryFile(IN_MEMORY) as file:
            for piece in _unpacked(self.source, self.member):
                file.write(piece)
            file.seek(0)
            yield file


def _unpacked(archive, member):
    """Yield what is packed in pieces, and stop one byte beyond what a photo may have. Raises `BadImage`."""
    left = MOST_BYTES + 1
    try:
        with archive.open(member) as packed:
            while left and (piece := packed.read(min(PIECE, left))):
                yield piece
                left -= len(piece)
    except DAMAGED as problem:
        raise BadImage(_("The archive is damaged, or locked, at this file.")) from problem


@contextmanager
def photos_in(path):
    """Yield the list of `Found` of a folder or a ZIP file, in the order of their names. Raises `BadSource`, OSError."""
    path = Path(path)
    if path.is_dir():
        yield _bounded(sorted(_in_folder(path), key=lambda found: found.name))
    elif zipfile.is_zipfile(path):
        with _opened(path) as archive:
            yield _bounded(sorted(_in_archive(archive), key=lambda found: found.name))
    else:
        raise _neither(path)


def _opened(path):
    try:
        return zipfile.ZipFile(path)
    except zipfile.BadZipFile as error:  # it has the end of one, and nothing before it
        raise _neither(path) from error


def _neither(path):
    return BadSource(_("This is neither a folder nor a ZIP file: %(path)s") % {"path": path})


def _in_folder(folder):
    """Yield the files of a folder; a link that leads out of it is left alone, since it may show what is private."""
    root = folder.resolve()
    for path in files_within(folder):
        if path.is_file() and path.resolve().is_relative_to(root) and not _is_clutter(path.relative_to(folder).parts):
            yield Found(str(path.relative_to(folder)), path.stat().st_size, None, path)


def _in_archive(archive):
    for member in archive.infolist():
        name = PurePosixPath(member.filename.replace("\\", "/"))
        if name.is_absolute() or ".." in name.parts or any(":" in part for part in name.parts[:1]):
            raise BadSource(_("The archive names a path outside of itself: %(name)s") % {"name": member.filename})
        if not member.is_dir() and not _is_clutter(name.parts):
            yield Found(str(name), member.file_size, archive, member)


def _is_clutter(parts):
    return any(part.startswith(".") or part == "__MACOSX" or part in CLUTTER for part in parts)


def _bounded(found):
    """Return the list, or raise `BadSource` if it holds more than anybody's camera makes in a day."""
    if len(found) > MOST_FILES:
        told = {"count": len(found), "most": MOST_FILES}
        raise BadSource(_("There are %(count)d files; the limit is %(most)d.") % told)
    total = sum(one.size for one in found)
    if total > MOST_BYTES_IN_ALL:
        raise BadSource(_("The files are %(size)d MB in all, which is too much.") % {"size": total // 2**20})
    return found
