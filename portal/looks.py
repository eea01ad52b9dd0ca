"""What browsers are given of the community's looks: the style that its colours make, and its icon.

The icon is the community's logo; without one it is the mark that stands beside its name, in its colour. Each has an
address that changes with it, so that a browser may keep it for ever and still shows a new one at once.
"""

import io
import logging

from django.urls import reverse
from PIL import Image, ImageDraw, ImageOps

from portal import accents, wings
from portal.files import digest
from portal.pagecache.known import once_a_generation
from portal.shapes import Curve, Dot, Layer, paint, svg

# The mark, in a square of 320 units: a branch that leaves a line and comes back to it.
UNITS, STROKE, RING = 320, 27.5, (43.75, 16.25)
TRUNK, BRANCH = Curve(((105, 120), (105, 200))), Curve(((135, 230), (178, 222), (212, 195), (225, 145)))
ENDS = ((105, 90), (105, 230), (225, 115))
OUTER, INNER = (tuple(Dot(x, y, radius) for x, y in ENDS) for radius in RING)
MARK = (Layer("line", (TRUNK, BRANCH), STROKE), Layer("line", OUTER), Layer("ground", INNER))

SIDE = 180  # pixels: as large as a phone shows an icon on its home screen
MARGIN = 14  # around a logo that does not fill its square
OVERSAMPLING = 4

logger = logging.getLogger(__name__)


@once_a_generation
def address(name, community):
    """Return where the "theme", the "icon" of a tab, or the "touch-icon" of a home screen is to be had now."""
    if name == "icon" and community.logo:
        return community.logo.url
    told = {"theme": style, "icon": mark_svg, "touch-icon": told_by_touch_icon}[name](community)
    return f"{reverse(name)}?v={version(told)}"


def version(told):
    """Return a short name for all that a part of the looks tells: another one when it changes."""
    return digest(told)[:8]


@once_a_generation
def style(community):
    """Return the text of /theme.css: the community's colour, and a class for each series."""
    return accents.theme(community.accent, [pair for wing in wings.every() for pair in wing.accents()])


def mark_svg(community):
    """Return an SVG document of the mark in the community's colour, with round corners."""
    colours = _colours(community.accent)
    body = "".join(svg(layer, colours[layer.tone]) for layer in MARK)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {UNITS} {UNITS}">'
        f'<rect width="{UNITS}" height="{UNITS}" rx="40" fill="{colours["ground"]}"/>'
        f'<g fill="none" stroke-linecap="round">{body}</g></svg>'
    )


def told_by_touch_icon(community):
    """Return as text what the touch icon is made from: the mark, and the file of the logo."""
    return f"{mark_svg(community)}{community.logo}"


def touch_icon(community):
    """Return the bytes of a square PNG: the logo on white, or the mark where there is none that Pillow can read."""
    icon = _logo(community) or _mark(community.accent)
    packed = io.BytesIO()
    icon.save(packed, "PNG", optimize=True)
    return packed.getvalue()


def _logo(community):
    """Return the logo in a square of SIDE pixels; None without one, and for a drawing, which Pillow cannot draw."""
    data = community.logo_bytes()
    if not data or b"<svg" in data:
        return None
    try:
        logo = ImageOps.exif_transpose(Image.open(io.BytesIO(data))).convert("RGBA")
    except (OSError, SyntaxError, ValueError) as problem:
        logger.warning("The logo of the community is no icon: %s", problem)
        return None
    fills_its_square = logo.width == logo.height and logo.getchannel("A").getextrema()[0] == 255
    side = SIDE if fills_its_square else SIDE - 2 * MARGIN
    logo = ImageOps.contain(logo, (side, side))
    icon = Image.new("RGB", (SIDE, SIDE), "white")
    icon.paste(logo, ((SIDE - logo.width) // 2, (SIDE - logo.height) // 2), logo)
    return icon


def _mark(accent):
    colours, side = _colours(accent), SIDE * OVERSAMPLING
    canvas = Image.new("RGB", (side, side), colours["ground"])
    pen = ImageDraw.Draw(canvas)
    for layer in MARK:
        paint(pen, layer, colours[layer.tone], side / UNITS, (0, 0))
    return canvas.reduce(OVERSAMPLING)


def _colours(accent):
    shades = accents.shades(accent)
    return {"ground": shades["--accent"], "line": shades["--on-accent"]}
