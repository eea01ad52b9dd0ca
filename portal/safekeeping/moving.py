"""All rows from the database in use into another."""

from django.core.management import call_command
from django.db import transaction

from portal.safekeeping import restoring, tables
from portal.safekeeping.archive import leaves
from portal.safekeeping.snapshot import another, snapshot


def move(settings, progress=lambda done: None):
    """Copy every row into the empty database that `settings`, an entry of DATABASES, names; return (tables, rows).

    All rows go in, or none. Raises `CannotRestore` where it is not empty, or where a sum differs afterwards.
    """
    with another(settings) as to, snapshot() as source:
        schema = restoring.prepare(leaves(source), to)
        with transaction.atomic(using=to):
            tables.empty(schema, to)
            for label, model in schema.items():
                tables.put_in(model, tables.lines_of(model, source), to)
                progress(label)
            tables.count_on(schema, to)
            sums = tables.sums_of(schema, source)
            restoring.prove(sums, tables.sums_of(schema, to))
        call_command("migrate", database=to, interactive=False, verbosity=0)
    return len(schema), sum(total["rows"] for total in sums.values())
