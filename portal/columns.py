"""Paragraphs one below another, made to fit: what a poster's words are set with."""

from bisect import bisect_left
from typing import NamedTuple

from PIL import ImageDraw

from portal.lettering import font, widest, wrap

SCALES = [0.96**step for step in range(32)]


class Block(NamedTuple):
    """A paragraph: `size` pixels, no smaller than `least`, `above` pixels of space before it."""

    spans: tuple
    size: int
    least: int
    above: int = 0
    leading: float = 1.4
    balanced: bool = False


class Placed(NamedTuple):
    """A line of text with its baseline, `y` from the top of its column."""

    line: object
    size: int
    y: int


def compose(blocks, width, height):
    """Set `blocks` in a column and return its `Placed` lines and its height.

    The blocks shrink together, each down to its own least size, until they fit;
    when even that is too tall, the longest ends in an ellipsis.
    """
    at = bisect_left(SCALES, True, key=lambda scale: _set(blocks, width, scale)[1] <= height)
    if at == len(SCALES):
        return _cut(blocks, width, height)
    return _set(blocks, width, SCALES[at])


def fits(blocks, width, height):
    """Whether `compose` shows all of it: nothing ends in an ellipsis."""
    return _set(blocks, width, SCALES[-1])[1] <= height


def _cut(blocks, width, height):
    """Set `blocks` at their least, with as much taken off the end of the longest as is too much."""
    blocks = list(blocks)
    placed, taken = _set(blocks, width, SCALES[-1])
    while taken > height and _length(longest := max(blocks, key=_length)) > 1:
        blocks[blocks.index(longest)] = _shorter(longest)
        placed, taken = _set(blocks, width, SCALES[-1])
    return placed, taken


def _length(block):
    return sum(len(span.text) for span in block.spans)


def _shorter(block):
    *spans, last = block.spans
    if spans and len(last.text) < 3:
        return block._replace(spans=tuple(spans))
    return block._replace(spans=(*spans, last._replace(text=last.text[: len(last.text) * 9 // 10 - 1] + "…")))


def _set(blocks, width, scale):
    placed, top = [], 0
    for block in blocks:
        size = _with_whole_words(block, max(block.least, round(block.size * scale)), width)
        lines = wrap(block.spans, size, width, block.balanced)
        top += round(block.above * scale) if placed and lines else 0
        for line in lines:
            # Han characters are centred on 0.38 em above the baseline.
            placed.append(Placed(line, size, round(top + size * (block.leading / 2 + 0.38))))
            top += round(size * block.leading)
    return placed, top


def _with_whole_words(block, size, width):
    """Return the size at which the longest word fits a line, if it is at least half as large; else the size itself."""
    smaller = int(size * width / max(width, widest(block.spans, size)))
    return smaller if smaller >= max(block.least, size / 2) else size


def letter(canvas, placed, corner, colours):
    """Draw `Placed` lines with the top left of their column at `corner`, flush by the ink of each first character."""
    pen = ImageDraw.Draw(canvas)
    for line, size, baseline in placed:
        first = line.runs[0]
        left = corner[0] - font(first.weight, size).getbbox(first.text[0], anchor="ls")[0]
        for run in line.runs:
            place = (left + run.x, corner[1] + baseline)
            pen.text(place, run.text, colours(run.tone), font(run.weight, size), anchor="ls")
