"""Setting text for bitmaps, Chinese and Latin in one line: fonts, line breaks, fitting a box.

What CSS does for a page, in small: no line begins with a closing mark or ends
with an opening one (W3C, "Requirements for Chinese Text Layout", 3.1.3), the
lines of a heading are about equally long and rather broken between words
(`portal.phrases`), a hair of space parts Han from Latin,
and a character that the font cannot draw never shows as an empty box.
Sizes and positions are pixels.
"""

import re
import unicodedata
from functools import lru_cache
from itertools import accumulate
from pathlib import Path
from typing import NamedTuple

from PIL import ImageFont

from portal.lazily import lazily
from portal.phrases import phrases

ttlib = lazily("fontTools.ttLib")

FONTS = Path(__file__).parent / "fonts"
FILES = {"regular": FONTS / "NotoSansSC-Regular.ttf", "bold": FONTS / "NotoSansSC-Bold.ttf"}
LONGEST = 600  # characters of one text; a poster is no place for more

HAN = "\u2e80-\u2fdf\u3005-\u3007\u3021-\u30ff\u31c0-\u31ef\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
WIDE_MARKS = "\u3000-\u3004\u3008-\u3020\uff00-\uffef"
WORD = re.compile(rf"( ?)([{HAN}{WIDE_MARKS}]|[—…]+|[^ —…{HAN}{WIDE_MARKS}]+)")
INSIDE_WORD = re.compile(r"(?<=[^\W\d]-)(?=[^\W\d])|(?<=[^\W\d]/)(?=[^\W\d])")
NEVER_FIRST = "，。、；：！？）》」』】〉〕”’…—·～％℃,.;:!?)]}%-–|/"
NEVER_LAST = "（《「『【〈〔“‘([{@#$¥€£&"
WITHOUT_STROKE = str.maketrans("łŁđĐıħĦ", "lLdDihH")  # letters that do not decompose
NO_BREAK = "\u00a0"  # a space that a line is not broken at
MISSING_HAN = "〓"  # the printers' own mark for a sort they lack

SPACE, HAIR = 0.25, 0.16  # em: between words; between Han and Latin
# What parting phrases, a word, or a number from its unit, costs against uneven lines.
SPLIT_HAN, SPLIT_WORD, SPLIT_UNIT = 0.04, 0.16, 0.3


class Span(NamedTuple):
    """A stretch of text in one weight ("regular" or "bold") and one tone, whatever a tone is to who paints it."""

    text: str
    weight: str = "regular"
    tone: object = None


class Run(NamedTuple):
    """A stretch of a line that is drawn in one go, `x` from the line's left edge."""

    x: float
    text: str
    weight: str
    tone: object


class Line(NamedTuple):
    runs: tuple
    width: float


class Piece(NamedTuple):
    """What no line is broken inside: a word, a Han character, a mark. `gap` is the space before it, in em."""

    text: str
    weight: str
    tone: object
    gap: float
    price: float  # of beginning a line with it
    bound: bool  # to what is before it: no line may begin with it, unless there is no other way


@lru_cache(maxsize=128)
def font(weight, size):
    return ImageFont.truetype(FILES[weight], size)


@lru_cache(maxsize=8192)
def measure(text, weight, size):
    """Return the advance of `text` in pixels."""
    return font(weight, size).getlength(text)


@lru_cache(maxsize=1)
def drawable():
    """Return the code points that the font can draw, which are the same in both weights."""
    return frozenset(ttlib.TTFont(FILES["regular"], lazy=True).getBestCmap())


def legible(text):
    """Return `text` on one line with only what the font can draw.

    Accents and width variants fall back to the plain letter, a rare Han character
    to 〓; emoji, controls and scripts that the font does not know are left out.
    """
    text = unicodedata.normalize("NFC", text[:LONGEST]).translate(WITHOUT_STROKE)
    text = "".join(map(_substitute, text))
    text = re.sub(rf"[ \0]*\0[ \0]*(?=[{re.escape(NEVER_FIRST)}]|$)", "", text)
    return re.sub(r"[ \0]+", " ", text).strip()


def _substitute(character):
    """Return the character, what stands in for it, or NUL where something was left out."""
    if character.isspace():
        return character if character == NO_BREAK else " "
    category = unicodedata.category(character)
    if ord(character) in drawable() and category[0] != "C":
        return character
    if category in ("Mn", "Me", "Cf", "Cc"):  # accents of nothing, joiners, direction marks
        return ""
    plain = "".join(
        c for c in unicodedata.normalize("NFKD", character) if ord(c) in drawable() and not unicodedata.combining(c)
    )
    if plain:
        return plain
    return MISSING_HAN if "CJK" in unicodedata.name(character, "") else "\0"


def wrap(spans, size, width, balanced=False):
    """Return the fewest `Line`s of `spans` at `size` that keep to `width`, the best broken of these.

    `balanced` lines are about equally long, as a heading's should be; otherwise
    the last one may be short. Spans are parted by a space. No text, no lines.
    """
    pieces = list(_narrowed(_pieces(tuple(spans)), size, width))
    lengths = [measure(piece.text, piece.weight, size) for piece in pieces]
    best = [(0, 0, 0.0, 0)]  # of the first n pieces: rules broken, lines, badness, where the last line begins
    for end in range(1, len(pieces) + 1):
        choices, taken = [], 0
        for start in range(end - 1, -1, -1):
            piece = pieces[start]
            taken += lengths[start] + (pieces[start + 1].gap * size if start + 1 < end else 0)
            if taken > width:
                break
            slack = 0 if end == len(pieces) and not balanced else 1 - taken / width
            broken, lines, badness, _ = best[start]
            choices.append((broken + piece.bound, lines + 1, badness + slack**2 + piece.price, start))
        best.append(min(choices))
    lines, end = [], len(pieces)
    while end:
        start = best[end][-1]
        lines.append(_line(pieces[start:end], lengths[start:end], size))
        end = start
    return lines[::-1]


def widest(spans, size):
    """Return the width of the widest word of `spans` at `size`; 0 without one."""
    return max((measure(piece.text, piece.weight, size) for piece in _pieces(tuple(spans))), default=0)


@lru_cache(maxsize=256)
def _pieces(spans):
    pieces, before = [], ""
    for span in spans:
        for part, space, begins in _parts(legible(span.text)):
            gap = SPACE if before and space else HAIR if _han_meets_latin(before, part) else 0
            bound = bool(before) and (part[0] in NEVER_FIRST or before[-1] in NEVER_LAST)
            pieces.append(Piece(part, span.weight, span.tone, gap, _price(before, part, gap, begins), bound))
            before = part
    return tuple(pieces)


def _parts(text):
    """Yield (part of a word, whether a space comes before it, as before each span, whether it begins a phrase)."""
    begins = _beginnings(text)
    for at, found in enumerate(WORD.finditer(text)):
        space, word = found.groups()
        for number, part in enumerate(filter(None, INSIDE_WORD.split(word))):
            yield part, number == 0 and (bool(space) or at == 0), found.start(2) in begins


def _beginnings(text):
    """Return the places in a text at which a phrase begins."""
    return frozenset(accumulate(map(len, phrases(text)), initial=0))


def _price(before, part, gap, begins_phrase):
    if gap == SPACE or not (before[-1:].isalnum() and part[0].isalnum()):
        return 0
    if before[-1].isdecimal() or part[0].isdecimal():
        return SPLIT_UNIT
    return SPLIT_HAN if begins_phrase else SPLIT_WORD


def _is_han(text):
    return re.fullmatch(f"[{HAN}]", text) is not None


def _han_meets_latin(before, part):
    return before[-1:].isalnum() and part[0].isalnum() and _is_han(before) != _is_han(part)


def _narrowed(pieces, size, width):
    """Cut the words that are wider than a whole line into characters."""
    for piece in pieces:
        if measure(piece.text, piece.weight, size) <= width:
            yield piece
        else:
            yield piece._replace(text=piece.text[0])
            for character in piece.text[1:]:
                yield piece._replace(text=character, gap=0, price=0)


def _line(pieces, lengths, size):
    runs, x = [], 0
    for piece, length in zip(pieces, lengths, strict=True):
        last = runs[-1] if runs else None
        if last and not piece.gap and (last.weight, last.tone) == (piece.weight, piece.tone):
            runs[-1] = last._replace(text=last.text + piece.text)
        else:
            x += piece.gap * size if runs else 0
            runs.append(Run(x, piece.text, piece.weight, piece.tone))
        x += length
    return Line(tuple(runs), x)
