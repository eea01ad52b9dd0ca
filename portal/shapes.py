"""Shapes that SVG and Pillow draw alike: dots, and smooth lines through points. Coordinates are units, downwards."""

import math
from typing import NamedTuple


class Dot(NamedTuple):
    x: float
    y: float
    radius: float


class Curve(NamedTuple):
    """A smooth line through points, a loop if `closed`; with a `floor`, all between the line and that height."""

    points: tuple
    closed: bool = False
    floor: float | None = None


class Layer(NamedTuple):
    """Shapes of one tone, all dots or all curves: filled, or drawn as lines `stroke` units wide."""

    tone: object
    shapes: tuple
    stroke: float = 0


def svg(layer, colour):
    """Return the layer as an SVG path, for a group with no fill and round line caps."""
    if isinstance(layer.shapes[0], Dot):
        path = "".join(f"M{dot.x:.0f} {dot.y:.0f}h0" for dot in layer.shapes)
        return f'<path stroke="{colour}" stroke-width="{2 * layer.shapes[0].radius:.0f}" d="{path}"/>'
    path = "".join(map(_svg_curve, layer.shapes))
    if layer.stroke:
        return f'<path stroke="{colour}" stroke-width="{layer.stroke:g}" d="{path}"/>'
    return f'<path fill="{colour}" d="{path}"/>'


def paint(pen, layer, colour, zoom, corner):
    """Draw the layer with Pillow's `ImageDraw`, `zoom` pixels a unit, the origin at `corner` (x, y)."""
    left, top = corner
    for shape in layer.shapes:
        if isinstance(shape, Dot):
            pen.circle((left + shape.x * zoom, top + shape.y * zoom), shape.radius * zoom, fill=colour)
            continue
        line = [(left + x * zoom, top + y * zoom) for x, y in _flattened(shape)]
        if layer.stroke:
            _paint_line(pen, line, layer.stroke * zoom / 2, shape.closed, colour)
        else:
            pen.polygon(line, fill=colour)


def _cubics(curve):
    """Return the spline through the curve's points as cubic Béziers of four points.

    Catmull-Rom, save that a line does not swing out where it comes from or goes on to a level stretch.
    """
    points = list(curve.points)
    if curve.closed:
        chain = [points[-1], *points, *points[:2]]
        points.append(points[0])
    else:
        chain = [points[0], *points, points[-1]]
    slopes = []
    for (ax, ay), (_, by), (cx, cy) in zip(chain, chain[1:], chain[2:], strict=False):
        slopes.append(((cx - ax) / 6, 0 if by in (ay, cy) else (cy - ay) / 6))
    return [
        ((ax, ay), (ax + aslope[0], ay + aslope[1]), (bx - bslope[0], by - bslope[1]), (bx, by))
        for (ax, ay), (bx, by), aslope, bslope in zip(points, points[1:], slopes, slopes[1:], strict=False)
    ]


def _svg_curve(curve):
    first, *rest = _cubics(curve)
    path = "M{:.0f} {:.0f}C{:.0f} {:.0f} {:.0f} {:.0f} {:.0f} {:.0f}".format(*(n for point in first for n in point))
    # The first handle of each further piece mirrors the last one before it, which is what S leaves out.
    path += "".join("S{:.0f} {:.0f} {:.0f} {:.0f}".format(*piece[2], *piece[3]) for piece in rest)
    return path + (f"V{curve.floor:.0f}H{curve.points[0][0]:.0f}z" if curve.floor else "z" if curve.closed else "")


def _paint_line(pen, line, half, closed, colour):
    pen.polygon(_ribbon(line, half, closed), fill=colour)
    if not closed:
        pen.circle(line[0], half, fill=colour)
        pen.circle(line[-1], half, fill=colour)


def _ribbon(line, half, closed):
    """Return the outline of a line `half` pixels to either side, smoother than Pillow's own wide lines."""
    left, right = [], []
    before, after = (line[-2:-1], line[1:2]) if closed else (line[:1], line[-1:])
    for (ax, ay), (x, y), (bx, by) in zip(before + line, line, line[1:] + after, strict=False):
        long = math.dist((ax, ay), (bx, by)) or 1
        aside, along = half * (ay - by) / long, half * (bx - ax) / long
        left.append((x + aside, y + along))
        right.append((x - aside, y - along))
    return left + right[::-1]


def _flattened(curve, steps=10):
    line = [curve.points[0]]
    for a, b, c, d in _cubics(curve):
        for step in range(1, steps + 1):
            t = step / steps
            weights = ((1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t * t * (1 - t), t**3)
            line.append(tuple(sum(w * p[axis] for w, p in zip(weights, (a, b, c, d), strict=True)) for axis in (0, 1)))
    if curve.floor:
        line += [(line[-1][0], curve.floor), (line[0][0], curve.floor)]
    return line
