"""What an import did, or would do: for people to read."""

from dataclasses import dataclass, field

from django.utils.translation import gettext as _


@dataclass(frozen=True)
class Line:
    """One session or post: its place in the file, its title, and what is to be said of it."""

    where: str
    title: str
    told: str = ""


@dataclass
class Report:
    """What was read by what became of it, and everything that somebody should look at."""

    source: str
    language: str
    is_written: bool = False
    new: list = field(default_factory=list)
    changed: list = field(default_factory=list)
    same: list = field(default_factory=list)
    refused: list = field(default_factory=list)
    kept: list = field(default_factory=list)  # edited here, and so not changed
    unread: list = field(default_factory=list)  # not understood, kept in words
    gone: list = field(default_factory=list)  # in the last file, not in this one; still here
    matched: list = field(default_factory=list)  # people taken for somebody already here
    made: dict = field(default_factory=dict)  # word for a kind of row -> how many of them are new
    remarks: list = field(default_factory=list)

    @property
    def summary(self):
        """New 3, changed 1, the same 211, refused 0."""
        counts = {
            "new": len(self.new),
            "changed": len(self.changed),
            "same": len(self.same),
            "refused": len(self.refused),
        }
        return _("%(new)d new, %(changed)d changed, %(same)d the same, %(refused)d refused") % counts

    @property
    def parts(self):
        """The lists that are not empty, as (heading, lines)."""
        parts = [
            (_("Refused"), self.refused),
            (_("Edited here, and left as it is"), self.kept),
            (_("Not understood, kept as text"), self.unread),
            (_("Taken for somebody already here"), self.matched),
            (_("Not in this file any more; still here"), self.gone),
            (_("Changed"), self.changed),
            (_("New"), self.new),
        ]
        return [(heading, lines) for heading, lines in parts if lines]
