"""A line of a file as it is planned: the row it means, what would change, and what is wrong."""

from dataclasses import dataclass, field
from datetime import UTC

NEW, CHANGED, SAME, REFUSED = "new", "changed", "same", "refused"


@dataclass(frozen=True)
class Mistake:
    """Why a line is refused; `cell` and `column` say where, and are empty where it is the line as a whole."""

    why: str
    cell: str = ""
    column: str = ""
    said: str = ""


@dataclass
class Line:
    """A line of the file: its number, the row it means, and what would become of that.

    `changes` are (column, before, after) as people read them.
    """

    number: int
    row: object = None
    title: str = ""
    is_new: bool = False
    changes: list = field(default_factory=list)
    mistakes: list = field(default_factory=list)
    columns: list = field(default_factory=list)  # those that change
    afterwards: list = field(default_factory=list)

    @property
    def state(self):
        if self.mistakes:
            return REFUSED
        return NEW if self.is_new else CHANGED if self.changes else SAME


class Context:
    """What a column knows beside its cell: the user, the parent and its clock, the line's values so far."""

    def __init__(self, user):
        self.user, self.parent, self.values, self._kept = user, None, {}, {}
        self.line = None

    @property
    def zone(self):
        return getattr(self.parent, "tzinfo", UTC)

    def once(self, key, read):
        """Return what `read()` gives, asked once for the whole file."""
        if key not in self._kept:
            self._kept[key] = read()
        return self._kept[key]

    def afterwards(self, do):
        """Have something done once the line's row is saved."""
        self.line.afterwards.append(do)
