"""Conferences and meetups side by side: found and sorted as occasions, shown as the rows that they are."""

from portal import wings


def in_full(occasions):
    """Return the occasions in their order, each as its wing's own row; one query a wing.

    Lists and cards show what only the wing knows: whose the occasion is, its colour, its cover.
    """
    occasions = list(occasions)
    rows = {}
    for wing in wings.every():
        keys = [occasion.pk for occasion in occasions if occasion.wing == wing.name]
        if keys:
            rows |= {row.pk: row for row in wing.rows_of(keys)}
    return [rows[occasion.pk] for occasion in occasions]
