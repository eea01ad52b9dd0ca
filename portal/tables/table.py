"""Which columns a model has in a spreadsheet, and how a line of it finds its row."""

from collections import defaultdict

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from modeltranslation.utils import build_localized_fieldname

from portal.addresses import FormerSlug
from portal.languages import CODES
from portal.scope import texts_of
from portal.tables.columns import Column, NotUnderstood, Text, plain_heading, text_of
from portal.tables.files import NotReadable


class Number(Column):
    """`#12`: the number by which a row without an address is known."""

    example = "#12"

    def __init__(self):
        super().__init__(
            "id",
            name="number",
            label=gettext_lazy("Number"),
            help_text=gettext_lazy("Leave it as an export wrote it; empty for what is new."),
        )

    def cell(self, row):
        return f"#{row.pk}"

    def value(self, cell, context):
        text = text_of(cell).removeprefix("#")
        if text and not text.isdecimal():
            raise NotUnderstood(_("Expected a number as an export writes it, #12."))
        return int(text) if text else None


class Table:
    """The columns of a model's spreadsheet, in order.

    `key` names the column by which a row is known for good. `natural` are
    tuples of columns that tell a line's row where that one is empty: the first
    that leads to exactly one row. `follow` and `prefetch` are what exports
    read along. A subclass may refuse a line for reasons of its own.
    """

    def __init__(self, model, columns, *, key, natural, follow=(), prefetch=()):
        self.model, self.columns, self.key = model, columns, key
        self.natural, self.follow, self.prefetch = natural, follow, prefetch
        self.parent = getattr(model, "PARENT", None)
        self.name_text = next(name for name in ("name", "title", "label", "shown_as") if name in texts_of(model))

    def __iter__(self):
        return iter(self.columns)

    @property
    def read_columns(self):
        return [column for column in self.columns if not column.told]

    def rows(self, queryset):
        """Return the queryset with all that its cells say, in a number of queries that does not grow."""
        return queryset.select_related(*self.follow).prefetch_related(*self.prefetch)

    def cells(self, queryset):
        """Return (headings, list of lists of cells) of the rows."""
        rows = self.rows(queryset)
        return [str(column.label) for column in self.columns], [
            [column.cell(row) for column in self.columns] for row in rows
        ]

    def columns_of(self, heads):
        """Return ([(index, column)], list of headings not known) of a first row. Raises NotReadable."""
        by_heading = {column.short_heading(): column for column in self.columns}
        by_heading |= {heading: column for column in self.columns for heading in column.headings()}
        by_heading.pop("", None)
        found, unknown = [], []
        for index, head in enumerate(heads):
            column = by_heading.get(plain_heading(head))
            if column is None:
                unknown += [text_of(head)] if text_of(head) else []
            elif any(column is other for _index, other in found):
                raise NotReadable(_("Two columns are called “%(name)s”.") % {"name": column.label})
            else:
                found.append((index, column))
        self._ask_for_missing([column for _index, column in found], heads)
        return [(index, column) for index, column in found if not column.told], unknown

    def _ask_for_missing(self, found, heads):
        names = [column for column in self.columns if isinstance(column, Text) and column.text == self.name_text]
        required = [column for column in self.read_columns if self._is_required(column)]
        missing = [str(column.label) for column in required if column not in found]
        if self._must_be_named and self.key not in found and not any(column in found for column in names):
            missing.append(_(" or ").join(str(column.label) for column in names))
        if missing:
            words = _("Missing columns: %(missing)s. The first row has: %(found)s.")
            first = ", ".join(filter(None, map(text_of, heads)))[:300]
            raise NotReadable(words % {"missing": "; ".join(missing), "found": first or "–"})

    @property
    def _must_be_named(self):
        return not self.model._meta.get_field(self.name_text).blank

    def _is_required(self, column):
        """Whether no row can do without: a field that is never empty and has nothing to begin with."""
        if isinstance(column, Text) or column.field in ("slug", "id", "code") or not column.is_of_the_row:
            return False
        field = self.model._meta.get_field(column.field)
        return not field.blank and not field.null and not field.has_default()

    def text_fields(self):
        """Return the texts that must be there in one language at least, as name -> their columns."""
        found = defaultdict(list)
        for column in self.columns:
            if isinstance(column, Text) and not self.model._meta.get_field(column.text).blank:
                found[column.text].append(column)
        return found

    def refuse(self, row, context):
        """Return why the user may not have the row like this, or nothing."""
        return ""


class Finder:
    """Finds the row that a line of the file means, among the rows there are. Each row is meant by one line only."""

    def __init__(self, table, rows, how_often):
        self.table, self.rows, self.how_often = table, rows, how_often
        self.by_key = {self._key(row, self._scope(row)): row for row in rows}
        self.former = self._former_addresses()
        self.by_nature = [self._index(names) for names in table.natural]

    def _scope(self, row):
        return getattr(row, f"{self.table.parent}_id") if self.table.parent else 0

    def _key(self, row, scope):
        value = getattr(row, self.table.key.field)
        return value if self.table.key.field == "id" else (scope, value)

    def _index(self, names):
        index = defaultdict(list)
        for row in self.rows:
            for key in keys_of(row, names, self._scope(row)):
                index[key].append(row)
        return index

    def _former_addresses(self):
        """Return (scope, former slug) -> row: a file from before an address was changed still means its row."""
        if self.table.key.field != "slug":
            return {}
        known = {row.pk: row for row in self.rows}
        former = FormerSlug.objects.filter(model=self.table.model._meta.label_lower)
        return {(one.scope, one.slug): known[one.object_id] for one in former if one.object_id in known}

    def find(self, values, line_row, scope):
        """Return (row or None, whether its key said so). Raises NotUnderstood.

        `line_row` is a new row with the line's values, by which it is compared.
        """
        said = values.get(self.table.key.name)
        if said:
            key = said if self.table.key.field == "id" else (scope, said)
            found = self.by_key.get(key) or self.former.get(key)
            if found is None and self.table.key.field == "id":
                raise NotUnderstood(_("There is no such row, or it is not yours to open."))
            return found, True
        for names, index in zip(self.table.natural, self.by_nature, strict=True):
            keys = keys_of(line_row, names, scope)
            found = {row.pk: row for key in keys for row in index.get(key, ())}
            if len(found) == 1 and all(self.how_often.get((names, key), 1) == 1 for key in keys):
                return next(iter(found.values())), False
            if len(found) > 1 and names == self.table.natural[-1] and self.table.key.field == "slug":
                slugs = ", ".join(sorted(row.slug for row in found.values()))
                raise NotUnderstood(_("Several are called so; write the address: %(keys)s.") % {"keys": slugs})
        return None, False


def keys_of(row, names, scope):
    """Return the keys by which a row is known: one, or one a language where `names` has a translated text."""
    model = type(row)
    plain = tuple(_plain(row, name) for name in names if name not in texts_of(model))
    text = next((name for name in names if name in texts_of(model)), None)
    if text is None:
        return [(scope, plain)]
    found = [getattr(row, build_localized_fieldname(text, code)) or "" for code in CODES]
    return [(scope, plain, one.casefold(), number) for number, one in enumerate(found) if one]


def _plain(row, name):
    field = row._meta.get_field(name)
    value = getattr(row, field.attname)
    return value.replace(second=0, microsecond=0).timestamp() if hasattr(value, "timestamp") else value
