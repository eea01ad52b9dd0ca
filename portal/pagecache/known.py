"""What many pages share, read once a generation of pages and at hand in each process until the next one.

Public content that is saved, or that appears by the clock, begins with nothing known; so whoever asks reads what a
page made at that moment would read. Without a page cache nothing is kept, and everything is read whenever it is asked
for. What is kept is shared by all threads and requests: it must not be changed, nor depend on who asks.
"""

import logging
import threading
import time
from collections import OrderedDict
from functools import wraps

from django.utils.translation import get_language

from portal.pagecache.moments import next_change
from portal.pagecache.stores import store
from portal.publishing import is_previewing

logger = logging.getLogger(__name__)

MOST = 1_000
MISSING = object()
# A store that does not answer is left alone for so long: a page must not wait for it at every fact.
SECONDS_OF_PEACE = 5


class Known:
    """What is known of one generation; `until` is when the next change by the clock is due, in seconds since 1970."""

    def __init__(self, generation):
        self.generation, self.since, self.facts = generation, time.time(), OrderedDict()
        self.until = next_change().timestamp()
        self.lock = threading.Lock()

    def holds(self, now):
        """Return whether it is still true; not what was learnt later than now, when the clock had gone ahead."""
        return self.since <= now < self.until

    def find(self, key):
        """Return the fact, or MISSING; what is asked for again stays longest."""
        with self.lock:
            if key not in self.facts:
                return MISSING
            self.facts.move_to_end(key)
            return self.facts[key]

    def keep(self, key, fact):
        with self.lock:
            self.facts[key] = fact
            while len(self.facts) > MOST:
                self.facts.popitem(last=False)


class _Process:
    """What this process knows now; `asked_again_at` is by the clock that nobody sets."""

    known, asked_again_at = None, 0.0


def once_a_generation(find):
    """Decorate a function of hashable arguments, whose answer depends on them, the language and public content alone.

    What it returns must be read already, or be read at most once by itself (`events/plan.py`): rows in a list, never a
    queryset.
    """

    @wraps(find)
    def found(*arguments):
        known = current()
        if known is None:
            return find(*arguments)
        key = (find, get_language(), arguments)
        hash(key)  # a lazy argument is read now: under the lock it would wait for what it asks for itself
        fact = known.find(key)
        if fact is MISSING:
            fact = find(*arguments)
            known.keep(key, fact)
        return fact

    return found


def next_change_at():
    """Return when some page next changes by the clock, in seconds since 1970."""
    known = current()
    return known.until if known else next_change().timestamp()


def current():
    """Return the `Known` of the generation of this moment.

    None where pages are not kept, where their store is down, and in a preview, which sees what nobody else may.
    """
    if store() is None or is_previewing() or time.monotonic() < _Process.asked_again_at:
        return None
    try:
        generation = store().generation()
    except OSError:
        logger.exception("The page store does not answer; what pages share is read for each")
        _Process.asked_again_at = time.monotonic() + SECONDS_OF_PEACE
        return None
    known = _Process.known
    if known is None or known.generation != generation or not known.holds(time.time()):
        known = _Process.known = Known(generation)
    return known
