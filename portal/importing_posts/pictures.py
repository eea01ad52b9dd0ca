"""The pictures of posts: where they lie in the folder, and where they are kept here.

A picture is kept once, under the digest of its bytes, upright and without what
the camera wrote into it; so importing again finds it there.
"""

from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from portal import images
from portal.images import BadImage
from portal.importing_posts.reading import is_within

FOLDER = "articles/posts/"
WIDTH = 1600
# Where generators keep what is addressed from the root of the site.
ROOTS = ("", "source", "static", "public", "assets", "images", "img")
SUFFIX = {"jpeg": ".jpg", "webp": ".webp"}


@dataclass
class Pictures:
    """The pictures of one folder. Nothing is stored before `store()`."""

    root: Path
    names: dict = field(default_factory=dict)  # path -> name in the store
    made: dict = field(default_factory=dict)  # name in the store -> bytes that are not stored yet

    def find(self, post, address):
        """Return the file that an address in a post means, or the reason in words why there is none."""
        try:
            path = unquote(urlsplit(address).path).replace("\\", "/")
        except ValueError:
            return "this is no address"
        if not path or "\0" in path or len(path) > 500:
            return "this is no address"
        is_there_outside = False
        for place in self._places(post, path):
            try:
                file = (place / path.lstrip("/")).resolve()
                if not is_within(self.root, file):
                    is_there_outside = True
                elif file.is_file():
                    return file
            except (OSError, RuntimeError):
                continue
        return "it leads out of the folder" if is_there_outside else "the picture is not there"

    def name(self, file):
        """Return the name under which a picture is kept here; raises BadImage."""
        if file not in self.names:
            if file.stat().st_size > images.MOST_BYTES:
                raise BadImage(f"it is larger than {images.MOST_BYTES // 2**20} MB")
            self.names[file] = self._name(file.read_bytes())
        return self.names[file]

    def store(self, names):
        """Write those of these names that are not in the store yet."""
        for name in names:
            content = self.made.pop(name, None)
            if content is not None and not default_storage.exists(name):
                default_storage.save(name, ContentFile(content))

    def _name(self, data):
        stem = FOLDER + sha256(data).hexdigest()[:32]
        for suffix in SUFFIX.values():
            if stem + suffix in self.made or default_storage.exists(stem + suffix):
                return stem + suffix
        with ContentFile(data) as upload:
            received = images.receive(upload, longest=WIDTH)
        for (_width, kind), content in images.renditions(received.image, [WIDTH]).items():
            if kind in SUFFIX:
                self.made[stem + SUFFIX[kind]] = content
                return stem + SUFFIX[kind]
        raise BadImage("it cannot be kept")

    def _places(self, post, path):
        """Yield the folders that an address may begin from: the post's own, its folder of assets, the site's roots."""
        if not path.startswith("/"):
            yield post.file.parent
            yield post.file.with_suffix("")
        for above in (self.root, *(one for one in (post.file.parent, *post.file.parents) if one != self.root)):
            if above.is_relative_to(self.root):
                yield from (above / place for place in ROOTS)


def address_of(name):
    return settings.MEDIA_URL + name
