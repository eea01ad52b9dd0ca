"""Covers drawn from an event's own slug and accent, for where there is no picture.

Six families on the conferences' own themes: ranges of hills by the sea, the
scales of waves, contour lines, woven threads, branches that fork and merge, a
raster of dots. The slug picks family, light and shape, and always the same. A
drawing is a list of layers that SVG (`pattern_svg`) and Pillow (`pattern_image`,
for posters) both draw. It is measured in units: `HEIGHT` of them high, as wide as its ratio says.
"""

import math
from random import Random

from PIL import Image, ImageDraw

from portal.colours import colours_of
from portal.shapes import Curve, Dot, Layer, paint, svg

HEIGHT = 400
OVERSAMPLING = 3
# Six tones each, from the ground to what stands out most, as shades of the accent (0 dark, 9 light).
LIGHTS = {"night": (1, 2, 3, 4, 5, 7), "day": (5, 4, 3, 2, 1, 8), "dawn": (7, 6, 5, 4, 3, 2)}


def pattern_svg(seed, accent, ratio=3 / 2):
    """Return an SVG document of the cover: `seed` is any text (the slug), `ratio` is width by height."""
    width, ground, layers = _drawing(seed, accent, ratio)
    body = "".join(svg(layer, colour) for layer, colour in layers)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {HEIGHT}" width="{width}" height="{HEIGHT}"'
        f' preserveAspectRatio="xMidYMid slice"><path fill="{ground}" d="M0 0h{width}v{HEIGHT}H0z"/>'
        f'<g fill="none" stroke-linecap="round">{body}</g></svg>'
    )


def pattern_image(seed, accent, size):
    """Return the same cover as an RGB image of `size` (width, height) pixels; a strip shows the middle of it."""
    ratio = min(2.6, max(1, size[0] / size[1]))
    width, ground, layers = _drawing(seed, accent, ratio)
    zoom = max(size[0] / width, size[1] / HEIGHT) * OVERSAMPLING
    canvas = Image.new("RGB", (size[0] * OVERSAMPLING, size[1] * OVERSAMPLING), ground)
    corner = (canvas.width - width * zoom) / 2, (canvas.height - HEIGHT * zoom) / 2
    pen = ImageDraw.Draw(canvas)
    for layer, colour in layers:
        paint(pen, layer, colour, zoom, corner)
    return canvas.reduce(OVERSAMPLING)


def _drawing(seed, accent, ratio):
    """Return width in units, the ground's colour, and the layers each with its colour."""
    random = Random(f"cover {seed}")
    family, light = random.choice(FAMILIES), random.choice(list(LIGHTS))
    width, colours = round(HEIGHT * ratio), colours_of(accent)

    def colour(tone):
        return colours.spot if tone == "spot" else colours.shades[LIGHTS[light][tone]]

    return width, colour(0), [(layer, colour(layer.tone)) for layer in family(random, width, HEIGHT)]


# Families: (random, width, height) -> layers, far to near


def ranges(random, width, height):
    """Hills one behind another, a sun, and its light on the sea."""
    sun = width * random.uniform(0.2, 0.8)
    yield Layer("spot", (Dot(sun, height * random.uniform(0.22, 0.38), height * 0.13),))
    steps = max(5, round(width / 110))
    for tone in range(1, 5):
        foot, peak = height * (0.34 + 0.13 * tone), height * (0.24 - 0.035 * tone)
        points = [
            (width * (step - 0.5) / (steps - 1), foot - peak * random.uniform(-0.6, 1)) for step in range(steps + 1)
        ]
        yield Layer(tone, (Curve(tuple(points), floor=height),))
    glints = []
    for row in range(5):
        y, half = height * (0.885 + 0.024 * row), (row + 1) * random.uniform(7, 11)
        glints.append(Curve(((sun - half, y), (sun + half, y))))
    yield Layer("spot", tuple(glints), 3)


def waves(random, width, height):
    """Scales of the sea, as on old textiles, and a moon on the horizon."""
    radius = random.choice((72, 90, 108))
    horizon = height * random.uniform(0.34, 0.52)
    yield Layer("spot", (Dot(width * random.uniform(0.15, 0.85), horizon - radius * 0.8, radius * 0.62),))
    row = 0
    while (y := horizon + row * radius / 2) < height + radius:
        centres = range(-radius if row % 2 else 0, width + radius, 2 * radius)
        for tone, share in ((1, 1), (2, 0.84), (3, 0.66), (4, 0.48), (5, 0.2)):
            yield Layer(tone, tuple(Dot(x, y, radius * share) for x in centres))
        row += 1


def contours(random, width, height):
    """The contour lines of a summit."""
    x = width * (random.choice((0.2, 0.62)) + random.uniform(0, 0.18))
    y = height * random.uniform(0.35, 0.65)
    two, three, turn = (random.uniform(0, math.tau) for _ in range(3))
    rings = 10
    for ring in range(rings, 0, -1):
        points = []
        for corner in range(10):
            angle = math.tau * corner / 10 + turn
            bend = 1 + 0.2 * math.cos(2 * angle + two + ring * 0.12) + 0.1 * math.cos(3 * angle + three - ring * 0.3)
            reach = width * (0.012 + 0.075 * ring) * bend
            points.append((x + reach * math.cos(angle), y + 0.8 * reach * math.sin(angle)))
        loop = (Curve(tuple(points), closed=True),)
        yield Layer((rings - ring) // 2, loop) if ring % 2 == 0 else Layer((rings - ring) // 2 + 1, loop, 2.5)
    yield Layer("spot", (Dot(x, y, 11),))


def threads(random, width, height):
    """A ribbon of threads that twists as it crosses."""
    count, steps = 17, max(6, round(width / 100))
    lean, phase, twist = random.uniform(-0.3, 0.3), random.uniform(0, math.tau), random.uniform(0, math.tau)
    for number in range(count):
        offset = (number + 0.5) / count - 0.5
        points = []
        for step in range(steps + 1):
            along = step / steps
            middle = height * (0.5 + lean * (along - 0.5) + 0.14 * math.sin(math.tau * along * 0.9 + phase))
            spread = height * (0.2 + 0.75 * math.cos(math.tau * along * 0.7 + twist))
            points.append((width * along, middle + offset * spread))
        tone = "spot" if number == count // 3 else (1, 2, 3, 4, 5)[number % 5]
        yield Layer(tone, (Curve(tuple(points)),), 7)


def branches(random, width, height):
    """Lines of work that fork and merge, with a dot for each contribution."""
    count, step = 6, 100
    lanes = [height * (number + 0.5) / count for number in range(count)]
    dots = []
    for number, tone in enumerate((1, 2, 3, 4, 2, "spot")):
        lane, x = number if tone != "spot" else random.randrange(1, count - 1), -step / 2
        points = []
        while x < width + step:
            points.append((x + 0.2 * step, lanes[lane]))
            lane = min(count - 1, max(0, lane + random.choice((-1, 0, 1))))
            points.append((x + 0.8 * step, lanes[lane]))
            x += step
            if random.random() < 0.6:
                dots.append(Dot(x, lanes[lane], 11))
        yield Layer(tone, (Curve(tuple(points)),), 8)
    yield Layer(5, tuple(dots))
    yield Layer(0, tuple(Dot(dot.x, dot.y, 5.5) for dot in dots))


def raster(random, width, height):
    """A raster of dots that swell in rings around one of them."""
    pitch = 28
    rows, columns = height // pitch + 2, width // pitch + 2
    centre = (random.randrange(columns // 6, columns * 5 // 6) * pitch, random.randrange(2, rows // 2 - 1) * 2 * pitch)
    length = random.uniform(0.55, 0.8) * height
    sizes = {}
    for row in range(rows):
        for column in range(columns):
            x, y = (column + row % 2 / 2) * pitch, row * pitch
            away = math.dist((x, y), centre) / length
            sizes.setdefault(round(4.5 + 4.5 * math.cos(math.tau * away) / (1 + 0.5 * away)), []).append((x, y))
    for size, places in sorted(sizes.items()):
        yield Layer(1 + size * 5 // 10, tuple(Dot(x, y, 2.5 + 1.15 * size) for x, y in places))
    yield Layer("spot", (Dot(*centre, 13),))


FAMILIES = (ranges, waves, contours, threads, branches, raster)
