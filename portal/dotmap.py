"""A map of cities as lit dots in a raster, drawn as SVG by `templates/portal/_dotmap.html`.

It shows where cities lie to each other and nothing else: no coast, no border, no
tile from another host. Each city takes the raster's free dot next to its place, so
that neighbours stay apart however many there are; names stand beside their dots
where there is room (`labelling`), and are told by every link in any case.

Coordinates are SVG units, close to CSS pixels: a map 300 wide for phones and one of 756.
"""

import math
from dataclasses import dataclass
from functools import lru_cache

from django.template.loader import render_to_string

from portal.labelling import Label, text_width, write_labels

LEAST_ACROSS, LEAST_DOWN = 20, 9  # degrees, so that a few near cities do not fill the map
CROWD = 24  # places, from which on dots are smaller
HALO = 4  # units around a dot
TARGET = 24  # least side of what a finger has to hit (WCAG 2.2, 2.5.8)


@dataclass(frozen=True)
class Place:
    """A city to show: where it is in degrees, where its link leads, what the link says (the name, at least).

    `lively` ones have a halo: something is about to happen there.
    """

    name: str
    latitude: float
    longitude: float
    url: str
    title: str
    lively: bool = False


@dataclass(frozen=True)
class Target:
    """The square to hit."""

    left: int
    top: int
    side: int


@dataclass(frozen=True)
class Spot:
    """A place on the map: its dot, what one hits to follow its link, and its label or None."""

    place: Place
    x: int
    y: int
    target: Target
    label: Label | None


@dataclass(frozen=True)
class Drawing:
    """One map: `name` is "narrow" or "wide"; dots of `radius` lie in a raster `pitch` units apart."""

    name: str
    width: int
    height: int
    pitch: int
    radius: int
    font_size: int
    spots: tuple

    @property
    def centre(self):
        """Where the dot is in each square of the raster."""
        return self.pitch // 2

    @property
    def halo(self):
        return self.radius + HALO


def dot_maps(places):
    """Return a narrow and a wide `Drawing` of the places, of which a page shows what fits; [] for no places."""
    return _drawn(tuple(places)) if places else []


def dot_maps_html(places, label):
    """Return the maps as HTML; `label` says what they are of."""
    return _written(tuple(places), label)


@lru_cache(maxsize=8)
def _written(places, label):
    return render_to_string("portal/_dotmap.html", {"drawings": dot_maps(places), "label": label})


@lru_cache(maxsize=8)  # the same places, language by language, make the same map
def _drawn(places):
    if len(places) > CROWD:
        return [_drawing("narrow", places, 300, 8, 3, 12, stretch=1.3), _drawing("wide", places, 756, 12, 5, 15)]
    return [_drawing("narrow", places, 300, 10, 4, 13), _drawing("wide", places, 756, 14, 6, 15)]


def _drawing(name, places, width, pitch, radius, font_size, stretch=1):
    points, (across, down) = _flat(places, stretch)
    margin = 3 * pitch
    aside = margin + min(width / 6, max(text_width(place.name, font_size) for place in places))  # names stand right
    zoom = (width - margin - aside) / across
    height = round(min(max(down * zoom + 2 * margin, 0.4 * width), width) / pitch) * pitch
    zoom = min(zoom, (height - 2 * margin) / down)
    left, top = (width - aside + margin - across * zoom) / 2, (height - down * zoom) / 2
    cells = _cells([((left + x * zoom) / pitch, (top + y * zoom) / pitch) for x, y in points], width, height, pitch)
    dots = [(column * pitch + pitch // 2, row * pitch + pitch // 2) for column, row in cells]
    names = [place.name for place in places]
    clear = [radius + HALO if place.lively else radius for place in places]
    labels = write_labels(
        names, [(*dot, room) for dot, room in zip(dots, clear, strict=True)], font_size, (width, height)
    )
    spots = tuple(
        Spot(place, *dot, _target(dot, dots), label) for place, dot, label in zip(places, dots, labels, strict=True)
    )
    return Drawing(name, width, height, pitch, radius, font_size, spots)


def _flat(places, stretch):
    """Return each place's (x, y) in degrees of latitude, from the top left, and the extent of all.

    Equirectangular, true at the middle; or `stretch` times as tall, where a phone has room below and none beside.
    """
    west = _west(place.longitude for place in places)
    latitudes = [place.latitude for place in places]
    north, south = max(latitudes), min(latitudes)
    narrowing = math.cos(math.radians((north + south) / 2))
    xs = [(place.longitude - west) % 360 * narrowing for place in places]
    ys = [(north - latitude) * stretch for latitude in latitudes]
    across, down = max(max(xs), LEAST_ACROSS), max(max(ys), LEAST_DOWN)
    aside, above = (across - max(xs)) / 2, (down - max(ys)) / 2
    points = [(x + aside, y + above) for x, y in zip(xs, ys, strict=True)]
    return points, (across, down)


def _west(longitudes):
    """Return the longitude that the map begins with.

    It is the westernmost, as on any map, save where beginning after the widest empty stretch makes the map far
    narrower: for cities on both sides of the date line.
    """
    around = sorted(longitudes)
    gap, west = max((east - west, east) for west, east in zip(around, [*around[1:], around[0] + 360], strict=True))
    return west if 360 - gap < 0.6 * (around[-1] - around[0]) else around[0]


def _cells(points, width, height, pitch):
    """Return for each point (in cells) the free cell (column, row) nearest to it, the first come first."""
    columns, rows = width // pitch, height // pitch
    free = {(column, row) for column in range(1, columns - 1) for row in range(1, rows - 1)}
    taken = []
    for x, y in points:
        nearest = min(free, key=lambda cell: (math.dist((x - 0.5, y - 0.5), cell), cell))
        free.remove(nearest)
        taken.append(nearest)
    return taken


def _target(dot, dots):
    """Return the square around a dot: of `TARGET`, or less where the next dot is closer, so that each has its own."""
    nearest = min((max(abs(dot[0] - x), abs(dot[1] - y)) for x, y in dots if (x, y) != dot), default=TARGET)
    side = min(TARGET, nearest)
    return Target(dot[0] - side // 2, dot[1] - side // 2, side)
