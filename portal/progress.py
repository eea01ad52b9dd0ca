"""A bar for whoever watches a command at work; nothing for a log."""

import sys

WIDTH = 30


def bar(out=None):
    """Return a function that draws how much of how much is done: bar(done, total)."""
    out = out or sys.stderr

    def draw(done, total):
        if out.isatty():
            full = WIDTH * done // total
            out.write(f"\r[{'#' * full}{' ' * (WIDTH - full)}] {done}/{total}{chr(10) * (done == total)}")
            out.flush()

    return draw
