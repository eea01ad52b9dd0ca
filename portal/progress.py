"""How far a long command is, for whoever watches it on a terminal; a log has no use for it."""

import sys
import time

WIDTH = 30
# A count is drawn no more often.
SECONDS = 0.2


def bar(out=None):
    """Return a function that draws how much of how much is done: bar(done, total)."""
    out = out or sys.stderr

    def draw(done, total):
        if out.isatty():
            full = WIDTH * done // total
            out.write(f"\r[{'#' * full}{' ' * (WIDTH - full)}] {done}/{total}{chr(10) * (done == total)}")
            out.flush()

    return draw


class Counter:
    """Where nobody knows how much there is: within `with`, a line that counts what is done and names the last."""

    def __init__(self, out):
        self.out, self.done, self.drawn_at = out, 0, 0
        self.is_watched = out.isatty()

    def __enter__(self):
        return self

    def __call__(self, what):
        self.done += 1
        now = time.monotonic()
        if self.is_watched and now - self.drawn_at > SECONDS:
            self.drawn_at = now
            self.out.write(f"\r\033[K{self.done:,}: {what}", ending="")

    def __exit__(self, *_raised):
        if self.is_watched:
            self.out.write("\r\033[K", ending="")
