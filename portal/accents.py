"""The text of /theme.css: the shades of each accent that pages use, readable by day and by night.

A community or a series chooses one colour. What is readable is computed here, once, so that the
stylesheet needs no colour functions, which older browsers (WeChat's among them) do not know.
"""

import re

from portal.colours import FALLBACK, colours_of, contrast

READABLE = 4.6  # WCAG AA asks for 4.5; the rest is for rounding
WHITE, INK = "#ffffff", "#0c1310"
WASH_BY_DAY, WASH_BY_NIGHT = "#f1f5f3", "#18201d"  # --wash in tokens.css
PAPER_BY_NIGHT = "#0f1513"  # --paper


def theme(community, series):
    """Return CSS: the community's colour, and a class `accent-<slug>` for each `(slug, colour)` of `series`."""
    rules = [_rule(":root", community), *(_rule(f".accent-{slug}", colour) for slug, colour in series)]
    return "\n".join(rules) + "\n"


def shades(accent):
    """Return the custom properties of an accent ("#c5341c"; anything else counts as the fallback), each a "#rrggbb".

    `--accent` is a field and `--on-accent` the words on it: the chosen colour, or the next darker one that carries
    white; a light colour carries ink. `--accent-text-*` are words in the accent, `--accent-wash-*` a pale ground.
    """
    if not re.fullmatch(r"#[0-9a-fA-F]{6}", accent or ""):
        accent = FALLBACK
    family = colours_of(accent).shades  # ten, from nearly black to nearly white
    darker, lighter = family[4::-1], family[5:]
    tint_by_night = _halfway(family[1], PAPER_BY_NIGHT)
    words = WHITE if contrast(accent, WHITE) >= 3 else INK
    return {
        "--accent": _readable([accent, *darker], words),
        "--on-accent": words,
        "--accent-text-light": _readable(darker, family[8], WASH_BY_DAY),
        "--accent-text-dark": _readable(lighter, tint_by_night, WASH_BY_NIGHT),
        "--accent-wash-light": family[8],
        "--accent-wash-dark": tint_by_night,
    }


def _rule(selector, accent):
    return f"{selector} {{ {' '.join(f'{name}: {colour};' for name, colour in shades(accent).items())} }}"


def _readable(candidates, *others):
    """Return the first candidate that can be read on, or under, all the others."""
    return next(colour for colour in candidates if all(contrast(colour, other) >= READABLE for other in others))


def _halfway(one, other):
    pairs = ((int(one[at : at + 2], 16), int(other[at : at + 2], 16)) for at in (1, 3, 5))
    return "#" + "".join(f"{(a + b) // 2:02x}" for a, b in pairs)
