"""Kept pages as plain files, so that a server in front (nginx) answers most visitors without asking the portal.

The way to a page is `current/<slot>/<host>/<path>/index.html`, with `.gz` and `.br` beside it. `current` leads to
the generation and release of today, and a slot is a hundred seconds of the clock, which nginx counts, too. A page is
put into a slot only if it holds until the slot's end. So a save, an upgrade and a change by the clock need nobody
who cleans up in time: from that moment on, the way leads nowhere, and nginx asks the portal.

What is told beside a page stands in the server's configuration, which `manage.py nginx` writes; a page with other
headers than those is not offered.
"""

import json
import os
import re
import shutil
import time
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.parse import urlsplit

SLOT_SECONDS = 100
# What becomes the name of a folder: no dot can lead out of it, and nginx and we spell it in the same way.
PATH = re.compile(r"^/(?P<language>[a-z-]+)/(?:[A-Za-z0-9_-]+/)*\Z")
NOWHERE = "nothing"


class PageFiles:
    """The folder of one machine; `site_url` is the one address whose pages lie there."""

    def __init__(self, folder, site_url):
        self.folder, site = Path(folder), urlsplit(site_url)
        self.scheme, self.netloc, self.host = site.scheme, site.netloc, site.hostname
        self.current, self.release = self.folder / "current", self.folder / "release"
        self.told = self.folder / "headers.json"
        self.folder.mkdir(parents=True, exist_ok=True)
        self._own_release = ""
        self._place, self._offered, self._headers = None, set(), []

    def begin_release(self, release, store):
        """Called at the start of a release: pages of another are found no longer, nor what its workers still make."""
        self._own_release = release
        if not self.release.exists() or self.release.read_text() != release:
            self.release.write_text(release)
            store.begin_generation()

    def tell(self, headers):
        """Note which headers the server in front adds to every page: a list of pairs."""
        self.told.write_text(json.dumps(headers))

    @contextmanager
    def hidden(self, generation):
        """Hide all pages before a generation ends, and lead to those of the next, which `generation()` names then."""
        self._lead_to(NOWHERE)
        yield
        release = self.release.read_text() if self.release.exists() else ""
        self._lead_to(self._folder_of(generation(), release))
        for former in self.folder.glob("pages-*"):
            if former.name != os.readlink(self.current):
                shutil.rmtree(former, ignore_errors=True)

    def _lead_to(self, name):
        fresh = self.folder / f"current.{os.getpid()}.{time.monotonic_ns()}"
        fresh.symlink_to(name)
        fresh.replace(self.current)

    def _folder_of(self, generation, release):
        return f"pages-{generation}-{release}"

    def offer(self, generation, key, page):
        """Put a page where the server in front finds it during this slot, if it may lie there and does not yet."""
        slot = int(time.time()) // SLOT_SECONDS
        if self._place is None or self._place[:2] != (generation, slot):
            self._turn_to(generation, slot)
        if key in self._offered:
            return
        self._offered.add(key)
        if self._may_lie_there(key, page) and (slot + 1) * SLOT_SECONDS <= page.fresh_until:
            self._write(self._place[2] / self.host / key[2].strip("/"), page)

    def _turn_to(self, generation, slot):
        in_generation = self.folder / self._folder_of(generation, self._own_release)
        self._offered, self._headers = set(), json.loads(self.told.read_text()) if self.told.exists() else []
        self._place = (generation, slot, in_generation / str(slot))
        if in_generation.exists():
            for former in in_generation.iterdir():
                if int(former.name) < slot - 1:  # the last one may still be being read
                    shutil.rmtree(former, ignore_errors=True)

    def _may_lie_there(self, key, page):
        scheme, host, path, query, in_wechat = key
        named = PATH.match(path)
        here = (scheme, host) == (self.scheme, self.netloc) and named and not (query or in_wechat or page.vary)
        return here and in_order(page.headers) == in_order([*self._headers, ["Content-Language", named["language"]]])

    def _write(self, folder, page):
        folder.mkdir(parents=True, exist_ok=True)
        bodies = {".gz": page.bodies.get("gzip"), ".br": page.bodies.get("br"), "": page.body("identity")}
        for suffix, body in bodies.items():
            if body is not None:
                fresh = folder / f"new.{os.getpid()}.{time.monotonic_ns()}"
                fresh.write_bytes(body)
                os.utime(fresh, (page.made_at, page.made_at))  # its validator, the same in every slot
                with suppress(FileNotFoundError):  # a save has just swept the folder away
                    fresh.replace(folder / f"index.html{suffix}")


def in_order(headers):
    """Return headers as a sorted list of pairs with names in lower case, to be compared.

    The words of a policy come in another order from every process, and mean the same.
    """
    return sorted(
        (name.lower(), _sorted_policy(value) if "policy" in name.lower() else value) for name, value in headers
    )


def _sorted_policy(value):
    return sorted(sorted(directive.split()) for directive in value.split(";"))
