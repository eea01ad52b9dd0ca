"""Names that tell rooms and forums of a conference apart, in files that know them by their name alone."""

from collections import defaultdict

from django.utils.translation import override

from events.imports.texts import compared
from portal.languages import HTML_LANG


def labels_of_rooms(rooms):
    """Return language -> room -> its name; with that of its venue, and at last its address, where another has it."""
    return _labels_of(rooms, "name", lambda room: room.venue.name, lambda room: f"{room.venue.slug}/{room.slug}")


def labels_of_forums(forums):
    """Return language -> forum -> its title; with its address where another has it."""
    return _labels_of(forums, "title", lambda forum: forum.slug)


def _labels_of(rows, name, *ways):
    """A table does not say in which language it names its rooms: so no label is another row's in any of them."""
    labels = {code: _in_language(code, rows, lambda row: getattr(row, name)) for code in HTML_LANG}
    for way in ways:
        meant = defaultdict(set)
        for of_language in labels.values():
            for row, label in of_language.items():
                meant[compared(label)].add(row)
        for code, of_language in labels.items():
            shared = [row for row, label in of_language.items() if len(meant[compared(label)]) > 1]
            for row, more in _in_language(code, shared, way).items():
                of_language[row] = f"{of_language[row]} · {more}"
    return labels


def _in_language(code, rows, tell):
    with override(code):
        return {row: tell(row) for row in rows}
