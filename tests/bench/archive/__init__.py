"""Ten years of a community, made up, in the database that settings name.

At scale 1: 20 conferences of 300 sessions, 60 chapters with 3,000 meetups, 100,000 photos in 1,500 albums, 50,000
registrations, and the people, organizations, articles and partners that go with them. A tenth is a tenth of each, but
a conference keeps its 300 sessions. What pages never read (versions, files of photos) is not made.
"""

import sys

from django.db import transaction

from portal import search
from tests.bench.archive.albums import Albums
from tests.bench.archive.chapters import Chapters
from tests.bench.archive.conferences import Conferences
from tests.bench.archive.ground import Ground
from tests.bench.archive.programme import Programme


class Archive(Ground, Conferences, Programme, Chapters, Albums):
    """The rows of one scale; always the same ones, but for the day on which they are made."""

    @transaction.atomic
    def make(self):
        """Make everything. The order matters: what is referred to comes first."""
        self.ground()
        self.make_conferences()
        self.make_programme()
        self.make_meetups()
        self.make_seats()
        self.make_albums()
        self.make_articles()
        print("Search index …", end=" ", file=sys.stderr, flush=True)
        print(f"{search.rebuild():,} entries", file=sys.stderr)
