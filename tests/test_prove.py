"""A proof that was stopped goes on where it was, and a step that failed is tried again."""

from types import SimpleNamespace

from tests.prove.__main__ import run


def a_proof(**steps):
    return SimpleNamespace(steps=lambda: iter(steps.items()))


def test_a_step_that_holds_is_done_once_and_its_figures_are_kept(tmp_path, capsys):
    done = []
    proof = a_proof(races=lambda: done.append("races") or {"seats": 50})

    assert run("seats", proof, tmp_path / "ledger") == 0
    assert run("seats", proof, tmp_path / "ledger") == 0

    assert done == ["races"]
    assert capsys.readouterr().out.splitlines()[1] == "seats: races: done before  seats 50"


def test_a_step_that_fails_is_told_counted_and_tried_again(tmp_path, capsys):
    outcomes = iter([AssertionError("51 seated"), {"seats": 50}])

    def race():
        outcome = next(outcomes)
        if isinstance(outcome, AssertionError):
            raise outcome
        return outcome

    assert run("seats", a_proof(race=race), tmp_path / "ledger") == 1
    assert "FAILED  51 seated" in capsys.readouterr().out
    assert run("seats", a_proof(race=race), tmp_path / "ledger") == 0
