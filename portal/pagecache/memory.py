"""What a worker process has at hand of the store: the pages asked for lately, and what it found not to be kept."""

import threading
from collections import OrderedDict

MOST_BYTES = 12_000_000
MOST_REFUSALS = 2_000


class Generation:
    """What is at hand of one generation of pages; another one begins with nothing."""

    def __init__(self, name):
        self.name, self.pages, self.bytes, self.refused = name, OrderedDict(), 0, OrderedDict()


class Memory:
    """Pages of one generation at a time, bounded by their bytes; whoever asks for another one finds nothing."""

    def __init__(self, most_bytes=MOST_BYTES):
        self.most_bytes = most_bytes
        self.lock = threading.Lock()
        self.now = Generation("")

    def find(self, generation, key):
        """Return the page if it is of this generation, else None. Takes no lock: every visitor comes by here."""
        now = self.now
        return now.pages.get(key) if now.name == generation else None

    def keep(self, generation, key, page):
        with self.lock:
            now = self._turned_to(generation)
            former = now.pages.pop(key, None)
            now.bytes += page.size - (former.size if former else 0)
            now.pages[key] = page
            while now.bytes > self.most_bytes and len(now.pages) > 1:
                _key, dropped = now.pages.popitem(last=False)
                now.bytes -= dropped.size

    def refuse(self, generation, key):
        """Note that an answer cannot be kept, so that Django is not asked twice for it again."""
        with self.lock:
            refused = self._turned_to(generation).refused
            refused[key] = True
            while len(refused) > MOST_REFUSALS:
                refused.popitem(last=False)

    def is_refused(self, generation, key):
        now = self.now
        return now.name == generation and key in now.refused

    def _turned_to(self, generation):
        if self.now.name != generation:
            self.now = Generation(generation)
        return self.now
