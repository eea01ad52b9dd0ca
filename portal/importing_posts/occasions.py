"""Which conferences and meetups a post tells of: those it names by address, by title, or by day and city."""

import re
from datetime import timedelta

from portal import dates
from portal.models import Occasion

NAMED = tuple(f"{word}{ending}" for word in ("occasion", "conference", "meetup", "event") for ending in ("", "s"))
PIECE = re.compile(r"[a-z]+|\d+|[㐀-鿿]+")
SHORTEST = 4  # Chinese characters that make a name by themselves
MOST = 3
# A report or an announcement is written no further from its day.
FURTHEST = timedelta(days=400)


class Occasions:
    """All occasions, read once. Whoever runs an import may tie drafts, too."""

    def __init__(self):
        self.rows = list(Occasion.objects.select_related("city").order_by("starts_at"))
        self.by_slug = {row.slug: row for row in self.rows}

    def of(self, post, words, dated, start):
        """Return (the list of occasions, a note in words or "").

        `words` are the title and the names of tags and categories, `start` the day that the post names, or None.
        """
        said = post.list(*NAMED)
        slugs = [one.strip("/").rpartition("/")[2] for one in said]
        named = [self.by_slug[slug] for slug in slugs if slug in self.by_slug]
        if named:
            return named, ""
        day = start or dated
        near = [row for row in self.rows if day is None or abs(dates.first_day(row) - day) <= FURTHEST]
        found = [row for row in near if any(is_named(title, words) for title in _titles(row))]
        where = f"{words} {post.text('address', 'location')} {post.text('city')}"
        found += [row for row in near if row not in found and start and _is_there(row, start, where)]
        if len(found) > MOST:
            return [], "it may tell of more than three: " + ", ".join(row.slug for row in found[:6])
        return found, f"not known here: {', '.join(said)}" if said else ""


def is_named(title, words):
    """Whether words hold every piece of an occasion's title, with 2023 for 23 and whatever stands between.

    >>> is_named("COSCon'23", "COSCon China 2023, day one")
    True
    """
    pieces, there = PIECE.findall(title.casefold()), PIECE.findall(words.casefold())
    found = {one[2:] if re.fullmatch(r"20\d\d", one) else one for one in there}
    run = "".join(one for one in there)
    is_enough = len(pieces) > 1 or any(len(one) >= SHORTEST for one in pieces if not one.isascii())
    return is_enough and all(
        (one[2:] if re.fullmatch(r"20\d\d", one) else one) in found if one.isascii() else one in run for one in pieces
    )


def _titles(row):
    return [title for title in (row.title_zh_hans, row.title_en) if title]


def _is_there(row, day, words):
    """Whether an occasion is on that day, in a city that the words name."""
    if not row.city or not dates.first_day(row) <= day <= dates.last_day(row):
        return False
    return any(name and name.casefold() in words.casefold() for name in (row.city.name_zh_hans, row.city.name_en))
