"""Doing what waits for the worker."""

from django_tasks_db.models import DBTaskResult


def work_off_tasks():
    """Do what waits for the worker, on this connection: the worker closes its own."""
    for waiting in DBTaskResult.objects.ready():
        waiting.task.func(*waiting.args_kwargs["args"])
        waiting.delete()
