"""How far a long command is, for whoever watches it."""

import time

SECONDS = 0.2


class Progress:
    """A line that counts what is done; on a terminal only, since a log has no use for it."""

    def __init__(self, out):
        self.out, self.done, self.told_at = out, 0, 0
        self.shown = out.isatty()

    def __enter__(self):
        return self

    def __call__(self, what):
        self.done += 1
        now = time.monotonic()
        if self.shown and now - self.told_at > SECONDS:
            self.told_at = now
            self.out.write(f"\r\033[K{self.done:,}: {what}", ending="")

    def __exit__(self, *_raised):
        if self.shown:
            self.out.write("\r\033[K", ending="")
