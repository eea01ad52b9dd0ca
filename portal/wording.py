"""What differs between two wordings, in pieces that are the same, gone or new."""

import re
from difflib import SequenceMatcher

SAME, GONE, NEW = "same", "gone", "new"
# A Latin word, a run of spaces, or one character: Chinese is compared character by character.
PIECES = re.compile(r"[A-Za-z0-9_]+|\s+|.", re.DOTALL)
# Longer texts are compared line by line, since comparing takes the square of their length.
LONGEST = 3000


def differing(before, after):
    """Return the list of (kind, text) that leads from one text to the other.

    >>> differing("开源社区", "开源的社区")
    [('same', '开源'), ('new', '的'), ('same', '社区')]
    """
    old, new = _pieces(before, after)
    found = []
    for what, start, end, begin, stop in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if what == "equal":
            found.append((SAME, "".join(old[start:end])))
            continue
        if end > start:
            found.append((GONE, "".join(old[start:end])))
        if stop > begin:
            found.append((NEW, "".join(new[begin:stop])))
    return found


def _pieces(*texts):
    pieces = [PIECES.findall(text) for text in texts]
    if max(map(len, pieces)) > LONGEST:
        return [text.splitlines(keepends=True) for text in texts]
    return pieces
