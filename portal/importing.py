"""What an import remembers of each row, and how it tells what people have edited since.

A field of which a file says something new is taken over where the row still
says what the last import wrote. Where somebody has edited it, it stays, and the
report says so. A row that was there before the first import takes over what the
file says; one that belongs to everyone, such as a person, only where it is empty.
"""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from hashlib import sha256

from django.db.models import Model

from portal.models import ImportedRow

LONGEST_KEY = ImportedRow._meta.get_field("key").max_length


@dataclass
class Row:
    """A row that an import has found, or is about to make; nothing is saved yet.

    `changed` and `kept` name its fields; `said` is what the file says of each.
    """

    instance: Model
    is_new: bool
    memory: ImportedRow
    is_everyones: bool = False
    changed: list = field(default_factory=list)
    kept: list = field(default_factory=list)
    said: dict = field(default_factory=dict)

    def settle(self, name, said):
        """Let a field say what the file says, unless somebody has edited it. `said` may be a row that is not saved."""
        current = getattr(self.instance, name)
        if is_same(current, said):
            self.said[name] = said
        elif self._is_edited(name, current):
            if plain(said) != self.memory.values.get(name):
                self.kept.append(name)
        else:
            setattr(self.instance, name, said)
            self.changed.append(name)
            self.said[name] = said

    def _is_edited(self, name, current):
        if self.is_new:
            return False
        if name in self.memory.values:
            return plain(current) != self.memory.values[name]
        return self.is_everyones and plain(current) != ""

    @property
    def is_changed(self):
        return self.is_new or bool(self.changed)

    def remember(self):
        """Put into the memory what the file said; whether that is anything new. Call it once all rows are saved."""
        values = {**self.memory.values, **{name: plain(said) for name, said in self.said.items()}}
        is_news = self.memory.pk is None or values != self.memory.values
        self.memory.values, self.memory.object_id = values, self.instance.pk
        return is_news


def is_same(one, other):
    if isinstance(one, Model) or isinstance(other, Model):
        return one is other or (one is not None and other is not None and one.pk is not None and one.pk == other.pk)
    return plain(one) == plain(other)


def plain(value):
    """Return a value as the memory keeps it: as JSON can say it, and the same for what means the same."""
    if value is None:
        return ""
    if isinstance(value, Model):
        return value.pk
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, str):
        return value.replace("\r\n", "\n").strip()
    return [plain(one) for one in value] if isinstance(value, list) else value


def fitting(key):
    """Return a key as the memory has room for it; the end of a long one is told by its digest."""
    return key if len(key) <= LONGEST_KEY else f"{key[: LONGEST_KEY - 17]}#{sha256(key.encode()).hexdigest()[:16]}"


class Memory:
    """The memories of one format and one occasion (`scope`), by model and key."""

    def __init__(self, source, scope):
        self.source, self.scope = source, scope
        rows = ImportedRow.objects.filter(source=source, scope=scope)
        self.rows = {(row.model, row.key): row for row in rows}

    def of(self, model, key):
        """Return the `ImportedRow` of a key, a new one that is not saved where there is none."""
        label, key = model._meta.label_lower, fitting(key)
        known = self.rows.get((label, key))
        if known is None:
            known = self.rows[label, key] = ImportedRow(
                source=self.source, scope=self.scope, model=label, key=key, object_id=0
            )
        return known

    def of_kind(self, model):
        """Return the saved memories of a model."""
        return [row for (label, _key), row in self.rows.items() if label == model._meta.label_lower and row.pk]

    def keep(self, rows):
        """Save the memories of these `Row`s, as far as they say anything new."""
        news = [row.memory for row in rows if row.remember()]
        new, known = [one for one in news if one.pk is None], [one for one in news if one.pk is not None]
        ImportedRow.objects.bulk_create(new, batch_size=200)
        ImportedRow.objects.bulk_update(known, ["values", "unread", "object_id"], batch_size=100)
