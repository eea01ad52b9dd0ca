"""What a programme says, whichever tool wrote it: the same plain rows from every format."""

from dataclasses import dataclass, field
from datetime import datetime, tzinfo

from django.utils.translation import gettext as _

from events.imports.texts import UNSAID, compared, line_of, printable

MOST_ROWS = 20_000  # some twenty times as many as the largest conferences have
LONGEST_KEPT = 2000  # characters of what is kept in words
# What a field says that says nothing.
EMPTY = (None, "", False, [], {}, [""], "false", "False", "None")


class NotReadable(Exception):
    """A file that is no programme, or in a dialect not known here; the message says what was expected and found."""


@dataclass
class Unread:
    """Something that was not understood, and is kept in words."""

    field: str
    said: str
    why: str


@dataclass
class ReadPerson:
    """Someone in the file; names and bios by language code, `UNSAID` where the file does not say which."""

    key: str
    names: dict
    bios: dict = field(default_factory=dict)


@dataclass
class ReadSession:
    """A session in the file. What the format has no word for is None and changes nothing; "" says that there is none.

    `where` is its place in the file, as a person would look for it. Datetimes may be naive: then they are by the
    clock of the conference. `room` and `forum` are keys of `ReadFile.rooms` and `.forums`, `speakers` of `.people`;
    `links` are (kind, address, title). `unread` is what was not understood, `left` what there is no place for here.
    """

    key: str
    where: str
    titles: dict
    abstracts: dict = field(default_factory=dict)
    uuid: str = ""
    code: str = ""
    kind: str | None = None
    language: str | None = None
    level: str | None = None
    starts: datetime | None = None
    ends: datetime | None = None
    has_time: bool = True  # whether the format says when; a table without those columns does not
    is_cancelled: bool | None = None
    room: str | None = None
    forum: str | None = None
    speakers: list | None = None
    links: list | None = None
    unread: list = field(default_factory=list)
    left: list = field(default_factory=list)

    def keep(self, name, said, why):
        """Keep in words what was not understood."""
        self.unread.append(Unread(name, printable(said)[:LONGEST_KEPT], str(why)))

    def leave(self, fields):
        """Keep in words each (name, value) that there is no place for here; what is empty says nothing."""
        for name, said in fields:
            words = printable(said).strip()
            if words and said not in EMPTY:
                self.left.append(Unread(line_of(name)[:80], words[:LONGEST_KEPT], _("no field for it here")))


@dataclass
class ReadFile:
    """A whole programme: `source` names the format, `language` the file's own where it says so.

    `rooms` and `forums` map keys to names by language. `refused` lists (where, why); `remarks` what goes for the
    whole file. `language` is empty and `zone`, the clock of times without one, None where the file does not say.
    """

    source: str
    sessions: list = field(default_factory=list)
    people: dict = field(default_factory=dict)
    rooms: dict = field(default_factory=dict)
    forums: dict = field(default_factory=dict)
    refused: list = field(default_factory=list)
    remarks: list = field(default_factory=list)
    language: str = ""
    zone: tzinfo | None = None
    seen: dict = field(default_factory=dict)  # how often each key was there
    spelled: dict = field(default_factory=dict)  # how the file spells a name first, of each kind

    def add(self, session):
        """Add a session; where its key was there already, under a key of its own, and it says so."""
        self._refuse_too_many()
        times = self.seen[session.key] = self.seen.get(session.key, 0) + 1
        if times > 1:
            session.keep("key", session.key, _("the same key as another session; told apart by their order"))
            session.key, session.uuid, session.code = f"{session.key}#{times}", "", ""
        self.sessions.append(session)

    def refuse(self, where, why):
        """Leave out a session, and say so."""
        self._refuse_too_many()
        self.refused.append((where, why))

    def _refuse_too_many(self):
        if len(self.sessions) + len(self.refused) >= MOST_ROWS:
            raise NotReadable(_("Expected at most %(most)d sessions.") % {"most": MOST_ROWS})

    def named(self, kind, name):
        """Return the key of a room or forum that the file knows by its name alone; "" for no name."""
        return self.named_in(kind, {UNSAID: line_of(name)})

    def named_in(self, kind, texts):
        """Return the key of a room or forum known by its name in one or several languages; "" for no name."""
        name = next(filter(None, texts.values()), "")
        if not name:
            return ""
        key = self.spelled.setdefault((kind, compared(name)), name)
        getattr(self, kind).setdefault(key, texts)
        return key

    def remark(self, sentence):
        """Say something of the whole file, once."""
        if sentence not in self.remarks:
            self.remarks.append(sentence)
