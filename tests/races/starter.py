"""Loads Django once, and forks the processes that race. `tests.races.processes` starts it and talks to it.

Each line it reads is a call, [DATABASE_URL, "module:function", a list of arguments for each process]; each it
writes is what the processes returned, or what went wrong in one of them.
"""

import importlib
import json
import multiprocessing
import os
import sys
import traceback

import django

django.setup()

from django.db import connections  # noqa: E402

from portal import settings  # noqa: E402

SECONDS = 600
forking = multiprocessing.get_context("fork")


def use(database_url, everybody):
    """In a process that was forked: connect to a database, set as wherever the portal runs."""
    global waiting
    os.environ["DATABASE_URL"] = database_url
    connections.settings = connections.configure_settings(importlib.reload(settings).DATABASES)
    connections["default"] = connections.create_connection("default")
    waiting = everybody


def turn(function, arguments):
    """Call a function as soon as all the others are ready as well."""
    waiting.wait(SECONDS)
    return function(*arguments)


def called(database_url, name, calls):
    module, function = name.split(":")
    turns = [(getattr(importlib.import_module(module), function), arguments) for arguments in calls]
    with forking.Pool(len(calls), use, (database_url, forking.Barrier(len(calls)))) as pool:
        returned = pool.starmap_async(turn, turns, chunksize=1).get(SECONDS)
        pool.close()
        pool.join()
        return returned


def answer(line):
    try:
        return {"returned": called(*json.loads(line))}
    except Exception:  # noqa: BLE001 - told to whoever asked
        return {"problem": traceback.format_exc()}


if __name__ == "__main__":
    for line in sys.stdin:
        print(json.dumps(answer(line)), flush=True)
