"""Where kept pages lie: files on one machine, or Redis for several.

Every store has a generation. Public content that is saved begins a new one,
and pages of an older generation are as good as gone: the next request to any
worker sees the change. What goes wrong with a store is an OSError.
"""

import hashlib
import os
import shutil
import threading
import time
from contextlib import contextmanager, nullcontext
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from portal.lazily import lazily
from portal.pagecache.files import PageFiles

in_redis = lazily("portal.pagecache.in_redis")

try:
    import fcntl
except ImportError:  # Windows has none; renders are then not taken in turns
    fcntl = None

# A generation has 256 shelves. A full one is cleared: whoever walks the whole archive, or asks for nonsense, pushes
# out a shelf at a time, and never everything.
PAGES_ON_A_SHELF = 80


class StoreAway(OSError):
    """The store of pages does not answer; the site goes on without it."""


class FileStore:
    """Pages as files below a folder; a new generation is a new folder, named by one small file.

    `files` are the same pages for a server in front, or None; see `portal.pagecache.files`.
    """

    def __init__(self, folder, files=None):
        self.folder, self.files = Path(folder), files
        self.marker = self.folder / "generation"
        self.pages = self.folder / "pages"
        self.locks = self.folder / "locks"
        for needed in (self.folder, self.pages, self.locks):
            needed.mkdir(parents=True, exist_ok=True)
        if not self.marker.exists():
            self.begin_generation()

    def generation(self):
        """Return a short name of the current generation; costs one `stat`."""
        try:
            facts = os.stat(self.marker)
        except FileNotFoundError:
            return self.begin_generation()
        return f"{facts.st_mtime_ns:x}-{facts.st_ino:x}"

    def begin_generation(self):
        fresh = self.folder / f"generation.{os.getpid()}.{time.monotonic_ns()}"
        fresh.touch()
        with self.files.hidden(self.generation) if self.files else nullcontext():
            fresh.replace(self.marker)
        generation = self.generation()
        former = [folder for folder in self.pages.iterdir() if folder.name != generation]
        # Thousands of files take a moment, and whoever saved need not wait; what is left when the process ends
        # goes next time. A worker may be writing its last page into one.
        sweeper = threading.Thread(target=lambda: [shutil.rmtree(folder, ignore_errors=True) for folder in former])
        sweeper.daemon = True
        sweeper.start()
        return generation

    def _path(self, generation, key):
        name = hashlib.sha256(key.encode()).hexdigest()
        return self.pages / generation / name[:2] / name[2:]

    def get(self, generation, key):
        """Return the bytes kept under a key, or None."""
        try:
            return self._path(generation, key).read_bytes()
        except (FileNotFoundError, NotADirectoryError):
            return None

    def put(self, generation, key, kept, seconds):
        """Keep bytes under a key. `seconds` is for stores that expire entries; here the entry itself knows."""
        path = self._path(generation, key)
        shelf = path.parent
        shelf.mkdir(parents=True, exist_ok=True)
        if len(os.listdir(shelf)) >= PAGES_ON_A_SHELF:
            shutil.rmtree(shelf, ignore_errors=True)
            shelf.mkdir(exist_ok=True)
        fresh = path.with_name(f"{path.name}.{os.getpid()}.{time.monotonic_ns()}")
        fresh.write_bytes(kept)
        fresh.replace(path)

    @contextmanager
    def turn(self, key):
        """Let one worker at a time render the page of a key; the others wait."""
        if fcntl is None:
            yield
            return
        # A few hundred lock files serve all keys, so that they need no cleaning up.
        name = hashlib.sha256(key.encode()).hexdigest()[:2]
        with open(self.locks / name, "w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield


@cache
def store():
    """Return the store that settings name, or None where pages are not kept."""
    where, folder = settings.PAGE_CACHE, settings.PAGE_FILES
    if where == "off":
        return None
    if urlsplit(where).scheme in {"redis", "rediss", "unix"}:
        if folder:
            raise ImproperlyConfigured("PAGE_FILES is for one machine: with PAGE_CACHE in Redis, leave it empty.")
        return in_redis.RedisStore(where)
    return FileStore(where, files=PageFiles(folder, settings.SITE_URL) if folder else None)
