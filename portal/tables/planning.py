"""What a file would change, line by line.

Planning reads and compares, and writes nothing, so that a preview holds no lock.
"""

import hashlib
from collections import Counter

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.utils.translation import gettext as _

from portal.entered import Entered
from portal.lazily import lazily
from portal.locking import holding
from portal.scope import texts_of
from portal.slugs import Slugs
from portal.tables.columns import NotUnderstood, Text, text_of
from portal.tables.lines import CHANGED, NEW, REFUSED, SAME, Context, Line, Mistake
from portal.tables.table import Finder, keys_of

openpyxl = lazily("openpyxl")


class Plan:
    """What `files.Cells` would change of a table, for a user.

    `rights` says what they may: `may_add()`, `may_change(row)`, `open_fields(row)`
    (`portal.admin.scoped`). Raises NotReadable where columns are missing.
    """

    def __init__(self, table, cells, user, rights, *, locks=False):
        self.locks = locks
        self.table, self.user, self.rights = table, user, rights
        self.context = Context(user)
        self.columns, unknown = table.columns_of(cells.heads)
        # The parent first: it says which venues there are, and whose clock counts.
        self.columns.sort(key=lambda pair: not getattr(pair[1], "is_parent", False))
        self.remarks = [_("Unknown columns, skipped: %(names)s") % {"names": ", ".join(unknown)}] if unknown else []
        read = [self._read(number, line) for number, line in cells.lines]
        self.finder = Finder(table, self._rows(read), self._how_often(read))
        self.slugs = {}
        self.claimed = {}
        self.lines = [self._settle(*one) for one in read]

    # Reading

    def _read(self, number, cells):
        """Return (line, values by column name, parent) of a line's cells."""
        line, values = Line(number), {}
        self.context.parent, self.context.values, self.context.line = None, values, line
        for index, column in self.columns:
            if self.table.parent and self.context.parent is None and not getattr(column, "is_parent", False):
                break  # without its parent nothing else of the line can be understood
            cell = cells[index] if index < len(cells) else None
            try:
                values[column.name] = column.read(cell, self.context)
            except NotUnderstood as why:
                name = name_of_cell(index, number)
                line.mistakes.append(Mistake(str(why), name, str(column.label), text_of(cell)[:80]))
            if getattr(column, "is_parent", False):
                self.context.parent = values.get(column.name)
        return line, values, self.context.parent

    def _rows(self, read):
        """Return the rows that lines may mean, with all that is compared."""
        rows = self.table.rows(self.table.model.objects.all())
        rows = holding(rows) if self.locks else rows
        if self.table.parent:
            parents = {parent.pk for _line, _values, parent in read if parent is not None}
            rows = rows.filter(**{f"{self.table.parent}__in": parents})
        return list(rows)

    def _how_often(self, read):
        """Count each natural key of the file: what two lines share leads to no row."""
        count = Counter()
        for line, values, parent in read:
            if not line.mistakes:
                new = self._new(values, parent)
                for names in self.table.natural:
                    count.update((names, key) for key in keys_of(new, names, parent.pk if parent else 0))
        return count

    def _new(self, values, parent):
        """Return a row with the values of a line that its fields hold, not saved."""
        row = self.table.model(**({self.table.parent: parent} if self.table.parent else {}))
        for _index, column in self.columns:
            if column.is_of_the_row and column.name in values and column is not self.table.key:
                setattr(row, column.field, values[column.name])
        return row

    # Comparing

    def _settle(self, line, values, parent):
        self.context.parent, self.context.values, self.context.line = parent, values, line
        scope = parent.pk if parent else 0
        if not line.mistakes:
            try:
                line.row, _by_key = self.finder.find(values, self._new(values, parent), scope)
            except NotUnderstood as why:
                line.mistakes.append(Mistake(str(why)))
        if line.mistakes:
            line.title = self._title(values)
            return line
        self._claim(line, values, scope)
        if line.row is None:
            line.is_new = True
            line.row = self._made(values, parent, scope)
        self._compare(line, values)
        line.title = str(line.row)
        if line.is_new or line.changes:
            self._check(line)
        return line

    def _title(self, values):
        texts = [column.name for column in self.table.columns if isinstance(column, Text)]
        return next((values[name] for name in texts if values.get(name)), "")

    def _claim(self, line, values, scope):
        """Let one line only mean a row, there already or new."""
        said = values.get(self.table.key.name)
        if line.row is not None:
            keys = [line.row.pk]
        elif said:
            keys = [(scope, said)]
        else:
            new = self._new(values, self.context.parent)
            of_nature = (keys_of(new, names, scope) for names in self.table.natural)
            keys = next(filter(None, of_nature), [])
        taken = next((self.claimed[key] for key in keys if key in self.claimed), None)
        if taken:
            words = _("The same as row %(number)d: leave one of them out, or say which is which.")
            line.mistakes.append(Mistake(words % {"number": taken}))
        self.claimed |= dict.fromkeys(keys, line.number)

    def _made(self, values, parent, scope):
        row = self.table.model(**({self.table.parent: parent} if self.table.parent else {}))
        if isinstance(row, Entered):
            row.entered_by = self.user
        field, said = self.table.key.field, values.get(self.table.key.name)
        if field == "slug":
            names = {code: values.get(f"{self.table.name_text}_{code[:2]}", "") for code in ("zh-hans", "en")}
            row.slug = said or self._slugs(scope).take(names, row._meta.model_name)
            self._slugs(scope).taken.add(row.slug)
        elif field != "id" and said:
            setattr(row, field, said)
        return row

    def _slugs(self, scope):
        if scope not in self.slugs:
            taken = [row.slug for row in self.finder.rows if self.finder._scope(row) == scope]
            self.slugs[scope] = Slugs(taken)
        return self.slugs[scope]

    def _compare(self, line, values):
        for _index, column in self.columns:
            if column is self.table.key or getattr(column, "is_parent", False) or column.name not in values:
                continue
            try:
                change = column.settle(line.row, values[column.name], self.context)
            except NotUnderstood as why:
                line.mistakes.append(self._mistake(why, column, line))
                continue
            if change is not None:
                line.changes.append((str(column.label), *change))
                line.columns.append(column)

    # Checking

    def _check(self, line):
        self._check_rights(line)
        for names in self.table.text_fields().values():
            if not any(getattr(line.row, column.field) for column in names):
                line.mistakes.append(self._mistake(_("Write this in one language at least."), names[0], line))
        if line.mistakes:
            return
        for field_name, messages in _errors_of(line.row).items():
            column = next((one for one in self.table if one.field == field_name), None)
            line.mistakes += [self._mistake(message, column, line) for message in messages]

    def _check_rights(self, line):
        if line.is_new:
            allowed = self.rights.may_add()
            reason = _("You may not add such rows.")
        else:
            open_fields = self.rights.open_fields(line.row) if self.rights.may_change(line.row) else set()
            closed = [one for one in line.columns if getattr(one, "text", None) not in (open_fields or ())]
            allowed = open_fields is None or not closed
            reason = _("It is here already, and this is not yours to change: %(columns)s.")
            reason %= {"columns": ", ".join(str(one.label) for one in closed)}
        reason = (self.table.refuse(line.row, self.context) if allowed else reason) or ""
        if reason:
            line.mistakes.append(Mistake(str(reason)))

    def _mistake(self, why, column, line):
        index = next((index for index, one in self.columns if one is column), None)
        cell = "" if index is None else name_of_cell(index, line.number)
        return Mistake(str(why), cell, str(column.label) if column else "")

    # What came of it

    def of_state(self, state):
        return [line for line in self.lines if line.state == state]

    @property
    def is_sound(self):
        return not self.of_state(REFUSED)

    @property
    def to_write(self):
        return [line for line in self.lines if line.state in (NEW, CHANGED)]

    @property
    def summary(self):
        counts = {state: len(self.of_state(state)) for state in (NEW, CHANGED, SAME, REFUSED)}
        return _("%(new)d new, %(changed)d changed, %(same)d the same, %(refused)d refused") % counts

    def digest(self):
        """Return a name for what would be written."""
        told = [(line.number, line.state, line.row.pk and str(line.row.pk), line.changes) for line in self.to_write]
        return hashlib.sha256(repr(told).encode()).hexdigest()[:24]


def _errors_of(row):
    """Return field name -> list of sentences, of everything but the references, which were found and not typed."""
    references = [one.name for one in row._meta.fields if one.is_relation]
    found = {}
    for check in (
        lambda: row.clean_fields(exclude=[*references, *texts_of(type(row))]),
        row.clean,
        row.validate_unique,
        row.validate_constraints,
    ):
        try:
            check()
        except ValidationError as error:
            told = error.message_dict if hasattr(error, "error_dict") else {NON_FIELD_ERRORS: error.messages}
            for name, messages in told.items():
                found.setdefault(name, []).extend(messages)
        if found:
            break
    return found


def name_of_cell(index, number):
    """Return the name by which spreadsheets call a cell: its column in letters, its row in a number."""
    return f"{openpyxl.utils.get_column_letter(index + 1)}{number}"
