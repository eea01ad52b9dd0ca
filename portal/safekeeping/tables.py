"""The rows of every table as lines of JSON, the same from SQLite and PostgreSQL, and back into either.

A table is read and written by the models of the migrations, not by those of the
code: so a backup can be loaded into the schema that it was made from and then
migrated, and no manager changes what is read.
"""

import hashlib
import json
from base64 import b64decode, b64encode
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from itertools import islice
from uuid import UUID

from django.core.management.color import no_style
from django.db import connections, models
from django.db.migrations.executor import MigrationExecutor

# Who is signed in is nobody's to keep, and would sign in whoever holds a backup.
LEFT_OUT = {"sessions.session"}
ROWS_AT_ONCE = 500
PLAIN = (str, int, float, bool, type(None), dict, list)
TEXT_OF = {
    datetime: lambda value: value.astimezone(UTC).isoformat(),
    date: date.isoformat,
    time: time.isoformat,
    timedelta: lambda value: value / timedelta(microseconds=1),
    Decimal: lambda value: str(value.normalize()),
    UUID: str,
    bytes: lambda value: b64encode(value).decode(),
    memoryview: lambda value: b64encode(value).decode(),
}


@dataclass
class Sum:
    """The number of rows of a table and a checksum that does not depend on their order."""

    rows: int = 0
    checksum: int = 0

    def add(self, line):
        self.rows += 1
        self.checksum = (self.checksum + int.from_bytes(hashlib.sha256(line.encode()).digest())) % 2**256

    def told(self):
        """Return the sum as plain data."""
        return {"rows": self.rows, "checksum": f"{self.checksum:064x}"}


def schema_of(using, targets=None):
    """Return the models, by label, of the migrations `targets` (a list of (app, name)), or of all that there are.

    Raises KeyError where a migration is not known: the data are those of a newer portal.
    """
    loader = MigrationExecutor(connections[using]).loader
    targets = targets or loader.graph.leaf_nodes()
    state = loader.project_state([tuple(target) for target in targets])
    return {
        model._meta.label_lower: model
        for model in state.apps.get_models(include_auto_created=True)
        if model._meta.managed and not model._meta.proxy and model._meta.label_lower not in LEFT_OUT
    }


def columns_of(model):
    return [field for field in model._meta.local_concrete_fields if not field.generated]


def lines_of(model, using):
    """Yield each row of a table as a line of JSON: the values in the order of `columns_of`."""
    names = [field.attname for field in columns_of(model)]
    rows = model._base_manager.using(using).order_by("pk").values_list(*names)
    for values in rows.iterator(chunk_size=ROWS_AT_ONCE):
        yield json.dumps([_as_json(value) for value in values], ensure_ascii=False, sort_keys=True)


def sums_of(schema, using):
    """Return label -> `Sum.told()` of every table as it is in the database."""
    sums = {}
    for label, model in schema.items():
        total = Sum()
        for line in lines_of(model, using):
            total.add(line)
        sums[label] = total.told()
    return sums


def put_in(model, lines, using):
    """Insert rows given as lines, in any order of tables: a transaction checks foreign keys at its end."""
    connection = connections[using]
    fields = columns_of(model)
    quoted = connection.ops.quote_name
    statement = "INSERT INTO {} ({}) VALUES ({})".format(
        quoted(model._meta.db_table),
        ", ".join(quoted(field.column) for field in fields),
        ", ".join(["%s"] * len(fields)),
    )
    lines = iter(lines)
    with connection.cursor() as cursor:
        while batch := list(islice(lines, ROWS_AT_ONCE)):
            cursor.executemany(
                statement,
                [
                    [
                        field.get_db_prep_save(_from_json(field, value), connection)
                        for field, value in zip(fields, json.loads(line), strict=True)
                    ]
                    for line in batch
                ],
            )


def empty(schema, using):
    """Delete every row of these tables, with no thought of what refers to what: the transaction's end checks that."""
    connection = connections[using]
    with connection.cursor() as cursor:
        for model in schema.values():
            cursor.execute(f"DELETE FROM {connection.ops.quote_name(model._meta.db_table)}")


def count_on(schema, using):
    """Let the next row that each table numbers by itself follow the highest number there is."""
    connection = connections[using]
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), list(schema.values())):
            cursor.execute(statement)


def _as_json(value):
    if isinstance(value, datetime):
        return TEXT_OF[datetime](value)
    return value if isinstance(value, PLAIN) else TEXT_OF[type(value)](value)


def _from_json(field, value):
    if value is None or isinstance(field, models.JSONField):
        return value
    if isinstance(field, models.BinaryField):
        return b64decode(value)
    if isinstance(field, models.DurationField):
        return timedelta(microseconds=value)
    # A foreign key holds what its target's key holds.
    return getattr(field, "target_field", field).to_python(value)
