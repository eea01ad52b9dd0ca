"""Names that tell the rooms of a conference apart, in files that know rooms by their name alone."""

from collections import Counter

from django.utils.translation import override


def labels_of(rooms, language):
    """Return room -> its name; with that of its venue, and at last its address, where two rooms share one."""
    with override(language):
        labels = {room: room.name for room in rooms}
        for more in (lambda room: room.venue.name, lambda room: f"{room.venue.slug}/{room.slug}"):
            shared = {label for label, count in Counter(labels.values()).items() if count > 1}
            labels = {room: f"{label} · {more(room)}" if label in shared else label for room, label in labels.items()}
    return labels
