"""Tasks of the worker: what a killed one left half done is begun anew, and what is done is forgotten.

So a task may be run twice, and takes far less than `LONGEST`.
"""

from datetime import timedelta

from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

LONGEST = timedelta(minutes=15)
KEPT_FOR = timedelta(days=7)


def left(now):
    """Return the tasks whose worker was killed: they have been at it for longer than any task takes."""
    return DBTaskResult.objects.running().filter(started_at__lte=now - LONGEST)


def begin_anew(tasks):
    tasks.update(status=TaskResultStatus.READY)


def done(now):
    """Return the tasks that were done, or failed, long ago."""
    return DBTaskResult.objects.finished().filter(finished_at__lte=now - KEPT_FOR)
