"""Small races between processes, on SQLite and on PostgreSQL; bin/prove runs them at full size."""

from tests.races.running import run


def test_the_last_places_of_a_shift_are_claimed_once_each(database):
    ended, result = run(database, "claim", people=24, places=5, processes=3)

    assert ended == {"done": 5, "Refused": 19}
    assert result == {"taken": 5, "held": 5}


def test_an_offer_accepted_at_once_from_everywhere_is_one_place(database):
    ended, result = run(database, "offer-twice", people=9, processes=3)

    assert ended == {"done": 9}
    assert result == {"taken": 1, "held": 1}


def test_an_accept_that_races_a_withdrawal_leaves_no_place_held_by_nobody(database):
    ended, result = run(database, "accept-and-withdraw", people=24, processes=3)

    assert set(ended) <= {"done", "IllegalMove"}
    assert result["withdrawn and holding"] == 0
    assert result["taken"] == result["held"] == result["accepted"] == 0
    assert result["withdrawn"] == 12


def test_whoever_applies_and_whoever_confirms_do_not_wait_for_each_other(database):
    ended, result = run(database, "apply-and-confirm", people=48, processes=3)

    assert ended == {"done": 48}
    assert result == {"unconfirmed": 24, "accepted": 24}


def test_the_button_of_an_import_pressed_at_once_from_everywhere_imports_once(database):
    ended, result = run(database, "press-twice", people=9, processes=3)

    assert ended == {"done": 9}
    assert result == {"imports": 1, "sessions": 2}


def test_a_shift_that_is_called_off_while_others_claim_it_is_held_by_nobody(database):
    ended, result = run(database, "cancel-and-claim", people=24, places=20, processes=3)

    assert set(ended) <= {"done", "Refused"}
    assert result == {"taken": 0, "held": 0}


def test_two_shifts_that_are_swapped_from_everywhere_at_once_are_swapped_once(database):
    ended, result = run(database, "swap-twice", people=9, processes=3)

    assert ended == {"done": 1, "Refused": 8}
    assert result == {"taken": [1, 1], "swapped": True}


def test_shifts_that_are_swapped_while_one_is_called_off_count_who_holds_them(database):
    ended, result = run(database, "swap-and-cancel", people=12, processes=3)

    assert set(ended) <= {"done", "Refused"}
    assert result == {"early": [0, 0], "late": [11, 11]}


def test_a_spot_that_many_stands_are_given_at_once_is_ones(database):
    ended, result = run(database, "same-spot", people=9, processes=3)

    assert ended == {"done": 1, "Refused": 8}
    assert result == {"stands": 1, "accepted": 1}


def test_profiles_of_one_name_that_are_made_at_once_have_each_an_address(database):
    ended, result = run(database, "same-name", people=12, processes=3)

    assert ended == {"done": 12}
    assert result == {"profiles": 12}


def test_a_name_of_an_account_that_many_choose_at_once_is_one_persons(database):
    ended, result = run(database, "same-username", people=6, processes=3)

    assert ended == {"done": 1, "NameTaken": 5}
    assert result == {"accounts": 1, "left": 5}


def test_who_uses_several_invitations_at_once_has_one_account(database):
    ended, result = run(database, "invited-twice", people=6, processes=3)

    assert ended == {"done": 1, "CannotInvite": 5}
    assert result == {"accounts": 1}


def test_a_link_that_is_looked_at_from_everywhere_is_noted_once(database):
    ended, result = run(database, "same-link", people=12, processes=3)

    assert ended == {"done": 12}
    assert result == {"notes": 1}


def test_factors_that_are_all_given_up_at_once_leave_the_one_that_the_group_needs(database):
    ended, result = run(database, "last-factors", people=6, processes=3)

    assert ended == {"done": 6}
    assert result == {"factors": 1}
