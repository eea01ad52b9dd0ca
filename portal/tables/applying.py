"""Writing a file as its preview showed it: everything, or nothing.

It is planned anew inside the transaction, which goes on only where that comes to what the preview showed.
"""

from contextlib import nullcontext

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from portal.search import rebuilt_afterwards
from portal.tables.planning import Plan

# From so many lines on, the search index is made anew once and not a row at a time.
MANY = 200


class NotWritten(Exception):
    """Nothing was written; the text says why."""


def write(table, cells, user, rights, expected):
    """Write a file as its preview showed it, in one transaction; return the `Plan` that was written.

    Raises NotWritten, with nothing written, where the preview is out of date,
    something is refused, or a row would end up outside the user's scope.
    """
    try:
        with transaction.atomic(), rebuilt_afterwards() if len(cells.lines) > MANY else nullcontext():
            plan = Plan(table, cells, user, rights, locks=True)
            if not plan.is_sound or plan.digest() != expected:
                raise NotWritten(_("Something has changed here in the meantime. Look at the preview again."))
            for line in plan.to_write:
                line.row.save()
                for do in line.afterwards:
                    do()
            _must_be_theirs(plan)
    except IntegrityError as error:
        raise NotWritten(_("Two rows of the file contradict each other; nothing was written.")) from error
    return plan


def _must_be_theirs(plan):
    pks = {line.row.pk for line in plan.to_write}
    reachable = set(plan.table.model.objects.reachable_by(plan.user).filter(pk__in=pks).values_list("pk", flat=True))
    if beyond := [line for line in plan.to_write if line.row.pk not in reachable]:
        words = _("Row %(number)d would not be yours to edit: tie it to what is yours. Nothing was written.")
        raise NotWritten(words % {"number": beyond[0].number})
