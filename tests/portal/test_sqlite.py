"""Whoever waits to write into SQLite stands in line, in one process and among several."""

import multiprocessing
import os
import signal
import stat
import statistics
import threading
import time
from contextlib import contextmanager

import pytest
from django.db import OperationalError, connections

from portal.sqlite.base import DatabaseWrapper

KILLED_AFTER = 0.3


@pytest.fixture
def connect(tmp_path, django_db_blocker):
    """Return a function that opens one more connection to the same database, waiting so many seconds at most."""
    opened = []

    def connect(seconds=10):
        options = {"transaction_mode": "IMMEDIATE", "timeout": seconds, "init_command": "PRAGMA journal_mode=WAL"}
        told = {**connections["default"].settings_dict, "NAME": str(tmp_path / "turns.sqlite3"), "OPTIONS": options}
        opened.append(DatabaseWrapper(told, "turns"))
        opened[-1].inc_thread_sharing()  # the fixture closes what threads have opened
        return opened[-1]

    with django_db_blocker.unblock():
        yield connect
        for connection in opened:
            connection.close()


@contextmanager
def transaction(connection):
    connection.set_autocommit(False, force_begin_transaction_with_broken_autocommit=True)
    try:
        with connection.cursor() as cursor:
            yield cursor
        connection.commit()
    except Exception:
        connection.rollback()
        raise
    finally:
        connection.set_autocommit(True)


def table(connection):
    with transaction(connection) as cursor:
        cursor.execute("CREATE TABLE taken (number integer)")


def next_number(cursor):
    cursor.execute("INSERT INTO taken SELECT coalesce(max(number), 0) + 1 FROM taken")


@pytest.mark.django_db
def test_what_was_committed_outlives_a_loss_of_power():
    with connections["default"].cursor() as cursor:
        (journal,) = cursor.execute("PRAGMA journal_mode").fetchone()
        (synchronous,) = cursor.execute("PRAGMA synchronous").fetchone()

    assert (journal, synchronous) == ("wal", 2)  # FULL: each commit waits until the disk has it


def test_only_the_account_of_the_portal_reads_the_database(connect, tmp_path):
    table(connect())

    modes = {file.name: stat.S_IMODE(file.stat().st_mode) for file in tmp_path.iterdir()}

    assert {"turns.sqlite3", "turns.sqlite3-wal"} <= set(modes)
    assert set(modes.values()) == {0o600}


def test_many_at_once_are_served_one_after_another(connect):
    table(connect())

    def take_three(connection):
        for _time in range(3):
            with transaction(connection) as cursor:
                next_number(cursor)
                time.sleep(0.005)

    threads = [threading.Thread(target=take_three, args=[connect()]) for _number in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    with connect().cursor() as cursor:
        cursor.execute("SELECT number FROM taken")
        assert [number for [number] in cursor.fetchall()] == list(range(1, 37))


def test_the_next_in_line_begins_at_once(connect):
    holding, waiting, pauses = connect(), connect(), []
    table(holding)

    def wait():
        with transaction(waiting):
            pauses.append(time.monotonic() - released[-1])

    for _time in range(5):
        released = []
        with transaction(holding):
            thread = threading.Thread(target=wait)
            thread.start()
            time.sleep(0.35)  # by now SQLite would ask every twentieth of a second
            released.append(time.monotonic())
        thread.join()

    assert statistics.median(pauses) < 0.02


def test_a_turn_that_fails_is_given_back(connect):
    first, second = connect(), connect(seconds=0.1)
    table(first)
    with pytest.raises(ZeroDivisionError), transaction(first) as cursor:
        next_number(cursor)
        raise ZeroDivisionError

    with transaction(second) as cursor:
        next_number(cursor)


def test_a_connection_that_is_closed_in_the_middle_gives_its_turn_back(connect):
    first, second = connect(), connect(seconds=0.1)
    table(first)
    first.set_autocommit(False, force_begin_transaction_with_broken_autocommit=True)
    first.close()

    with transaction(second) as cursor:
        next_number(cursor)


def test_whoever_waits_for_too_long_is_told_so_and_may_try_again(connect):
    first, second = connect(), connect(seconds=0.05)
    table(first)
    with transaction(first), pytest.raises(OperationalError, match="database is locked"):
        second.set_autocommit(False, force_begin_transaction_with_broken_autocommit=True)

    second.set_autocommit(True)
    with transaction(second) as cursor:
        next_number(cursor)


def hold(connection, holds):
    connection.set_autocommit(False, force_begin_transaction_with_broken_autocommit=True)
    holds.set()
    time.sleep(60)


def test_the_turn_of_a_process_that_is_killed_is_free_at_once(connect):
    connection, processes = connect(), multiprocessing.get_context("fork")
    table(connection)
    connection.close()
    holds = processes.Event()
    process = processes.Process(target=hold, args=[connect(), holds])
    process.start()
    assert holds.wait(20)
    threading.Timer(KILLED_AFTER, os.kill, [process.pid, signal.SIGKILL]).start()

    began = time.monotonic()
    with transaction(connection) as cursor:
        next_number(cursor)
    waited = time.monotonic() - began
    process.join()

    assert KILLED_AFTER / 2 < waited < 5
