"""A family of colours grown from one accent, evenly light whatever its hue.

Lightness and chroma are OKLCH (Björn Ottosson, https://bottosson.github.io/posts/oklab/):
two accents of different hue get shades of the same visible weight, so that white
text on `shade(5)` of any series is legible without being looked at.
"""

import math
import re
from functools import lru_cache
from typing import NamedTuple

FALLBACK = "#1f6f78"
LIGHTNESS = (0.17, 0.25, 0.34, 0.44, 0.545, 0.68, 0.79, 0.88, 0.945, 0.98)
FULLNESS = (0.35, 0.55, 0.75, 0.95, 1.0, 0.9, 0.7, 0.42, 0.2, 0.07)
AMBER, CREAM = (0.80, 0.155, 72), (0.96, 0.035, 90)


class Colours(NamedTuple):
    """`shades` from nearly black to nearly white, ten of them, and one `spot` that stands out; all "#rrggbb"."""

    shades: tuple
    spot: str

    def __call__(self, tone):
        """Return the colour of a tone: 0-9, or "spot"."""
        return self.spot if tone == "spot" else self.shades[tone]


@lru_cache(maxsize=256)
def colours_of(accent):
    """Return the `Colours` of an accent such as "#d7263d"; anything else counts as the fallback accent."""
    if not re.fullmatch(r"#[0-9a-fA-F]{6}", accent or ""):
        accent = FALLBACK
    _, chroma, hue = _oklch(accent)
    chroma = min(chroma, 0.17)
    shades = tuple(_hex(light, chroma * full, hue) for light, full in zip(LIGHTNESS, FULLNESS, strict=True))
    apart = abs((hue - AMBER[2] + 180) % 360 - 180)
    return Colours(shades, _hex(*(AMBER if apart > 40 and chroma > 0.02 else CREAM)))


def contrast(one, other):
    """Return the contrast ratio of two colours, 1 to 21 (WCAG 2.2, "contrast ratio")."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _linear(colour):
    channels = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]


def _luminance(colour):
    red, green, blue = _linear(colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _oklch(colour):
    r, g, b = _linear(colour)
    long = math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b)
    medium = math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b)
    short = math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b)
    light = 0.2104542553 * long + 0.7936177850 * medium - 0.0040720468 * short
    a = 1.9779984951 * long - 2.4285922050 * medium + 0.4505937099 * short
    b = 0.0259040371 * long + 0.7827717662 * medium - 0.8086757660 * short
    return light, math.hypot(a, b), math.degrees(math.atan2(b, a)) % 360


def _hex(light, chroma, hue):
    """The nearest colour that a screen can show: chroma gives way before lightness and hue do."""
    while min(channels := _srgb(light, chroma, hue)) < -0.0005 or max(channels) > 1.0005:
        chroma -= 0.004
    return "#" + "".join(f"{round(255 * min(1, max(0, c))):02x}" for c in channels)


def _srgb(light, chroma, hue):
    a, b = chroma * math.cos(math.radians(hue)), chroma * math.sin(math.radians(hue))
    long = (light + 0.3963377774 * a + 0.2158037573 * b) ** 3
    medium = (light - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (light - 0.0894841775 * a - 1.2914855480 * b) ** 3
    linear = (
        4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * medium + 1.7076147010 * short,
    )
    return [12.92 * c if c <= 0.0031308 else 1.055 * c ** (1 / 2.4) - 0.055 for c in linear]
