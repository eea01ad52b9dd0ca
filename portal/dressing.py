"""Rows in their picture and colour, as the partials for lists and cards show them.

What these functions set on a row is read by `_occasion_list.html`, `_occasion_cards.html`,
`_album_cards.html` and `_article_cards.html`. `accent` is always the community's colour:
that of covers which belong to no series.
"""

from typing import NamedTuple

from portal import wings
from portal.drawings import cover_url


class Label(NamedTuple):
    """What a wing says of its occasion: whose it is ("COSCon", "KCC Changsha"), and its series' slug and colour, if any."""

    kind_text: str
    accent: str = ""
    colour: str = ""


def dressed(occasions, accent):
    """Return the occasions as a list, each with `kind_text`, `accent_class` and `cover_url`; one query a wing."""
    occasions = list(occasions)
    labels = {}
    for wing in wings.every():
        of_wing = [occasion for occasion in occasions if occasion.wing == wing.name]
        if of_wing:
            labels |= wing.labels_of(of_wing)
    return [dress(occasion, labels[occasion.pk], accent) for occasion in occasions]


def dress(occasion, label, accent):
    """Set what the partials read on one occasion, and return it."""
    occasion.kind_text = label.kind_text
    occasion.accent_class = f"accent-{label.accent}" if label.accent else ""
    occasion.cover_url = occasion.cover.url if occasion.cover else cover_url(occasion.slug, label.colour or accent)
    return occasion
