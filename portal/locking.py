"""The one way to lock a row.

PostgreSQL locks the row itself (`SELECT ... FOR NO KEY UPDATE`). SQLite knows no
row locks and ignores the words; there the connection begins every transaction
with `BEGIN IMMEDIATE` (see settings), so that the transaction is the lock.
"""

from contextlib import contextmanager

from django.core.exceptions import ObjectDoesNotExist
from django.db import transaction


@contextmanager
def locked(row, *along, only=()):
    """Open a transaction that holds the row, and yield the row as it is now; `along` names rows to fetch with it.

    `only` names the columns to fetch, where hundreds want the lock at once. Everything read inside is true until the
    block ends. Raises the model's DoesNotExist where the row has gone. Whoever locks several rows takes them in the
    order: the sign-up, then what is scarce, by ascending key.
    """
    with transaction.atomic():
        rows = holding(type(row)._base_manager.all())
        yield (rows.select_related(*along) if along else rows).only(*only).get(pk=row.pk)


def lock(row):
    """Hold the row until the transaction at hand ends, and return it as it is now; None where it has gone."""
    return holding(type(row)._base_manager.filter(pk=row.pk)).first()


@contextmanager
def locked_all(queryset, to_delete=False):
    """Open a transaction that holds the queryset's rows, and yield them by ascending key."""
    with transaction.atomic():
        yield list(holding(queryset, to_delete).order_by("pk"))


def holding(queryset, to_delete=False):
    """Return the queryset so that whoever reads its rows holds them until the transaction ends.

    Others may refer to the rows meanwhile, unless they are held `to_delete`. PostgreSQL looks at what a new row
    refers to only when it is committed: where that were held as well, an application, which holds its call, and a
    confirmation, which holds its role, would wait for each other.
    """
    return queryset.select_for_update(of=("self",), no_key=not to_delete)


def for_each(rows, do):
    """Call `do` with each row; return what it returned. Who has gone since the rows were listed is passed over."""
    returned = []
    for row in list(rows):
        try:
            returned.append(do(row))
        except ObjectDoesNotExist:
            if type(row)._base_manager.filter(pk=row.pk).exists():
                raise
    return returned
