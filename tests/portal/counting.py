"""A slow application behind the page cache, which notes each time it is asked: served by a test in two processes."""

import os
import time
from pathlib import Path

import django

django.setup()

from portal.pagecache.front import PageCache  # noqa: E402 - once Django is set up
from portal.pagecache.marking import FRESH_UNTIL  # noqa: E402
from portal.pagecache.stores import FileStore  # noqa: E402

folder = Path(os.environ["PORTAL_VAR"])


def slow(environ, start_response):
    """Take half a second; anything but the page itself is answered at once and not kept."""
    if environ["PATH_INFO"] != "/en/":
        start_response("404 Not Found", [])
        return [b""]
    with (folder / "rendered").open("a") as note:
        note.write("x")
    time.sleep(0.5)
    start_response("200 OK", [("Content-Type", "text/plain"), (FRESH_UNTIL, str(time.time() + 60))])
    return [b"rendered\n"]


application = PageCache(slow, FileStore(folder / "pages"))
