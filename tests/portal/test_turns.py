"""Turns at a file: one at a time, threads in their order, no process left behind, whoever waits woken."""

import fcntl
import multiprocessing
import statistics
import threading
import time
from types import SimpleNamespace

import pytest

from portal.sqlite import turns
from portal.sqlite.turns import Turn


def take_turn(path, mine, holds):
    turn = Turn()
    turn.take(path, 10)
    holds.append(mine)
    turn.give_back()


def test_threads_get_their_turns_in_the_order_in_which_they_asked(tmp_path):
    path, holds, first = str(tmp_path / "file"), [], Turn()
    first.take(path, 10)
    threads = [threading.Thread(target=take_turn, args=[path, number, holds]) for number in range(8)]
    for thread in threads:
        thread.start()
        time.sleep(0.02)
    first.give_back()
    for thread in threads:
        thread.join()

    assert holds == list(range(8))


def in_processes(count, target, *args):
    processes = [multiprocessing.get_context("fork").Process(target=target, args=args) for _number in range(count)]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
        assert process.exitcode == 0


def take_turn_after_turn(path, is_enough):
    while not is_enough.is_set():
        turn = Turn()
        turn.take(path, 10)
        time.sleep(0.002)
        turn.give_back()


def test_whoever_comes_between_two_that_go_on_and_on_is_served_soon(tmp_path):
    path, processes, waited = str(tmp_path / "file"), multiprocessing.get_context("fork"), []
    is_enough = processes.Event()
    greedy = [processes.Process(target=take_turn_after_turn, args=[path, is_enough]) for _number in range(2)]
    for process in greedy:
        process.start()
    for _time in range(10):
        time.sleep(0.05)
        began = time.monotonic()
        take_turn(path, "between", [])
        waited.append(time.monotonic() - began)
    is_enough.set()
    for process in greedy:
        process.join()

    assert statistics.median(waited) < 0.1, waited
    assert max(waited) < 1, waited


def add_one(path, counted, times):
    for _time in range(times):
        turn = Turn()
        turn.take(path, 20)
        counted.write_text(str(int(counted.read_text()) + 1))
        turn.give_back()


def test_two_never_hold_the_turn_at_once(tmp_path):
    counted = tmp_path / "counted"
    counted.write_text("0")

    in_processes(4, add_one, str(tmp_path / "file"), counted, 50)

    assert counted.read_text() == "200"


def test_who_waits_is_woken_and_does_not_look_now_and_then(tmp_path, monkeypatch):
    monkeypatch.setattr("portal.sqlite.turns.PAUSE", 5)
    path, turn = str(tmp_path / "file"), Turn()
    processes = multiprocessing.get_context("fork")
    holds, release = processes.Event(), processes.Event()

    def hold():
        held = Turn()
        held.take(path, 10)
        holds.set()
        release.wait(20)
        held.give_back()

    process = processes.Process(target=hold)
    process.start()
    assert holds.wait(20)
    threading.Timer(0.2, release.set).start()
    began = time.monotonic()
    turn.take(path, 10)
    waited = time.monotonic() - began
    turn.give_back()
    process.join()

    assert 0.1 < waited < 2, "by a bell, not after a pause of five seconds"


def test_who_gives_up_leaves_the_line_to_those_behind(tmp_path):
    path, first, holds = str(tmp_path / "file"), Turn(), []
    first.take(path, 10)
    behind = threading.Timer(0.05, take_turn, [path, "behind", holds])
    behind.start()
    with pytest.raises(TimeoutError):
        Turn().take(path, 0.1)
    first.give_back()
    behind.join()

    assert holds == ["behind"]


def test_who_waits_in_vain_for_another_process_keeps_nobody_else_waiting(tmp_path):
    path, holds = str(tmp_path / "file"), []
    with open(f"{path}.turn", "w") as of_another:
        fcntl.flock(of_another, fcntl.LOCK_EX)
        with pytest.raises(TimeoutError):
            Turn().take(path, 0.05)

    take_turn(path, "next", holds)
    assert holds == ["next"]


def test_where_no_lock_can_be_made_each_is_told_so(tmp_path):
    for _time in range(2):
        with pytest.raises(FileNotFoundError):
            Turn().take(str(tmp_path / "nowhere" / "file"), 0.05)


def test_a_turn_that_is_passed_on_in_the_moment_of_giving_up_is_taken(monkeypatch):
    line = turns.Line()
    line.wait(1)

    class PassedOnTooLate:
        def acquire(self, timeout=None):
            if timeout:
                line.leave()
            return not timeout

        def release(self):
            pass

    monkeypatch.setattr(turns, "threading", SimpleNamespace(Lock=PassedOnTooLate))
    line.wait(0.1)

    assert line.is_held and not line.waiting
    line.leave()
    assert not line.is_held


def test_what_root_makes_belongs_to_whom_the_database_belongs(tmp_path, monkeypatch):
    given = []
    monkeypatch.setattr("os.geteuid", lambda: 0)
    monkeypatch.setattr("os.fchown", lambda file, user, group: given.append((user, group)))
    path = tmp_path / "file"
    path.touch()
    owner = path.stat()

    take_turn(str(path), "root", [])

    assert given == [(owner.st_uid, owner.st_gid)] * 2


def test_a_process_that_was_forked_meanwhile_neither_keeps_the_turn_nor_waits_for_it_in_vain(tmp_path):
    path, held, processes = str(tmp_path / "file"), Turn(), multiprocessing.get_context("fork")
    is_done, took_it = processes.Event(), processes.Event()

    def live():
        take_turn(path, "child", [])
        took_it.set()
        is_done.wait(20)

    held.take(path, 10)
    child = processes.Process(target=live)
    child.start()
    assert not took_it.wait(0.2)
    held.give_back()
    assert took_it.wait(10)
    took = []
    take_turn(path, "parent", took)
    is_done.set()
    child.join()

    assert (took, child.exitcode) == (["parent"], 0)
