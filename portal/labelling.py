"""Names beside dots, so that none covers another, a dot or the edge of the map.

Each name tries the places around its dot, right first; then places a little
further off, at the end of a line. One that finds no room is left out. Names with
the fewest places to go are written first.
"""

import math
import unicodedata
from dataclasses import dataclass
from typing import NamedTuple

LINE_HEIGHT = 1.25  # em
AIR = 2  # units between a name and whatever is next
FURTHER = (16, 26, 38)  # units from dot to name where a line leads there
AROUND = ((1, 0), (-1, 0), (0, -1), (0, 1), (1, -1), (1, 1), (-1, -1), (-1, 1))  # right and down are positive
ANCHORS = {1: "start", 0: "middle", -1: "end"}


class Box(NamedTuple):
    left: float
    top: float
    right: float
    bottom: float

    def overlaps(self, other):
        return (
            self.left < other.right and other.left < self.right and self.top < other.bottom and other.top < self.bottom
        )

    def within(self, other):
        return (
            self.left >= other.left
            and self.top >= other.top
            and self.right <= other.right
            and self.bottom <= other.bottom
        )


@dataclass(frozen=True)
class Label:
    """A name: SVG's `x`, `y` of its baseline and `anchor`; the ends of the line to it, or None; the boxes it takes."""

    text: str
    x: int
    y: int
    anchor: str
    line: tuple | None
    boxes: tuple  # of the name, and of the line bit by bit


def text_width(text, font_size):
    """Return how wide `text` is at most, in any of the fonts that pages are shown in."""
    return font_size * sum(_em(character) for character in text)


def _em(character):
    if unicodedata.east_asian_width(character) in "WF":
        return 1.03
    if character.isupper() or character in "mwMW@—…":
        return 0.85 if character in "MW@—…m" else 0.74
    return 0.32 if character in " iIjl.,'’:;|!" else 0.62


def write_labels(names, dots, font_size, size):
    """Return a `Label`, or None where there is no room, for each name at its dot (x, y, radius) of a map of `size`."""
    view = Box(AIR, AIR, size[0] - AIR, size[1] - AIR)
    taken = [_square(dot, dot[2] + 1) for dot in dots]
    written = [None] * len(names)
    for distances in ((), FURTHER):
        choices = {}
        for at, (name, dot) in enumerate(zip(names, dots, strict=True)):
            if not written[at]:
                others = taken[:at] + taken[at + 1 :]
                candidates = _candidates(name, dot, distances, font_size)
                choices[at] = [each for each in candidates if each.boxes[0].within(view) and _is_free(each, others)]
        while choices := {at: labels for at, labels in choices.items() if labels}:
            scarcest = min(choices, key=lambda at: len(choices[at]))
            written[scarcest] = choices.pop(scarcest)[0]
            covered = written[scarcest].boxes
            taken += covered
            choices = {at: [each for each in labels if _is_free(each, covered)] for at, labels in choices.items()}
    return written


def _candidates(name, dot, distances, font_size):
    """Yield the labels that `name` could be, the best first: next to the dot, or at a line of one of the distances."""
    width, height = text_width(name, font_size), LINE_HEIGHT * font_size
    for distance in distances or (dot[2] + 3,):
        for across, down in AROUND:
            length = distance / math.hypot(across, down)
            x, y = dot[0] + across * length, dot[1] + down * length
            left, top = x - width * (1 - across) / 2, y - height * (1 - down) / 2
            box = Box(left - AIR, top, left + width + AIR, top + height)
            line = (dot[:2], (round(x), round(y))) if distances else None
            baseline = round(top + height / 2 + 0.36 * font_size)
            yield Label(name, round(x), baseline, ANCHORS[across], line, (box, *_bits(line)))


def _bits(line):
    """Return small boxes along a line, from off its dot on."""
    if not line:
        return ()
    (x, y), (end_x, end_y) = line
    return (_square((x + (end_x - x) * at / 7, y + (end_y - y) * at / 7), 1) for at in range(2, 8))


def _is_free(label, taken):
    return not any(mine.overlaps(other) for mine in label.boxes for other in taken)


def _square(centre, half):
    x, y = centre[:2]
    return Box(x - half, y - half, x + half, y + half)
