"""The timetable: any set of slots, none lost, none twice, in order, over midnight and changes of the clock."""

from collections import Counter
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from events.timetable import Slot, days, grid

SHANGHAI = ZoneInfo("Asia/Shanghai")
BERLIN = ZoneInfo("Europe/Berlin")
ROOMS = ["main", "blue", "green"]
# Two nights in which the clocks of Berlin change, and an ordinary one.
NIGHTS = [datetime(*day, 20, tzinfo=UTC) for day in ((2023, 10, 28), (2024, 3, 30), (2024, 5, 1))]


@st.composite
def slots(draw):
    """Up to 25 slots within two days around one of the nights; some without a room, some without an end."""
    night = draw(st.sampled_from(NIGHTS))
    zone = draw(st.sampled_from([SHANGHAI, BERLIN, ZoneInfo("America/New_York")]))
    made = []
    for number in range(draw(st.integers(0, 25))):
        starts = night + timedelta(minutes=5 * draw(st.integers(0, 570)))
        length = draw(st.none() | st.integers(1, 150))
        ends = length and (starts + timedelta(minutes=5 * length)).astimezone(zone)
        made.append(Slot(number, starts.astimezone(zone), ends, draw(st.sampled_from([*ROOMS, None]))))
    return made


def covered(table):
    """Return the table as HTML would lay it out: (row, column) -> its cell; fails where two cells meet."""
    places = {}
    for at, row in enumerate(table.rows):
        for cell in row.cells:
            for down in range(cell.rowspan):
                for right in range(cell.colspan):
                    place = (at + down, cell.column + right)
                    assert place not in places, f"two cells at {place}"
                    places[place] = cell
    return places


@given(slots())
def test_no_slot_is_lost_and_none_is_told_twice(some):
    table = grid(some, ROOMS)

    told = Counter(slot.item for row in table.rows for cell in row.cells for slot in cell.slots)

    assert told == Counter(slot.item for slot in some)


@given(slots())
def test_every_place_of_the_table_is_covered_once(some):
    table = grid(some, ROOMS)

    assert set(covered(table)) == {(row, column) for row in range(len(table.rows)) for column in range(table.width)}


@given(slots())
def test_rows_are_in_order_and_each_slot_begins_in_the_row_of_its_time(some):
    table = grid(some, ROOMS)

    moments = [row.at.astimezone(UTC) for row in table.rows]
    assert moments == sorted(set(moments))
    for row in table.rows:
        for cell in row.cells:
            assert {slot.starts.astimezone(UTC) for slot in cell.slots} <= {row.at.astimezone(UTC)}


@given(slots())
def test_each_slot_stands_beneath_its_room(some):
    table = grid(some, ROOMS)

    beneath = [column.room for column in table.columns for _lane in range(column.span)]
    for row in table.rows:
        for cell in row.cells:
            rooms = {slot.room for slot in cell.slots}
            columns = set(beneath[cell.column : cell.column + cell.colspan])
            assert rooms <= {None} if cell.colspan == table.width and rooms == {None} else rooms <= columns


@given(slots())
def test_a_cell_is_as_long_as_what_is_in_it(some):
    table = grid(some, ROOMS)

    moments = [row.at.astimezone(UTC) for row in table.rows]
    for at, row in enumerate(table.rows):
        for cell in row.cells:
            for slot in cell.slots:
                after = at + cell.rowspan
                if slot.ends and after < len(moments):
                    assert moments[after] == slot.ends.astimezone(UTC)


@given(slots())
def test_each_slot_is_on_one_day_and_days_are_in_order(some):
    found = days(some)

    assert [day.date for day in found] == sorted({day.date for day in found})
    assert Counter(slot.item for day in found for slot in day.slots) == Counter(slot.item for slot in some)
    for day in found:
        moments = [slot.starts.astimezone(UTC) for slot in day.slots]
        assert moments == sorted(moments)
        assert all(slot.starts.date() - day.date in (timedelta(0), timedelta(days=1)) for slot in day.slots)


def at(hour, minute=0, day=28, zone=SHANGHAI):
    return datetime(2023, 10, day, hour, minute, tzinfo=zone)


def shape(table):
    """Return, for each row, its cells as (items ..., rowspan, colspan)."""
    return [
        [(*(slot.item for slot in cell.slots), cell.rowspan, cell.colspan) for cell in row.cells] for row in table.rows
    ]


def test_a_plenary_and_a_break_run_across_all_rooms():
    table = grid(
        [
            Slot("opening", at(9), at(10), "main"),
            Slot("lunch", at(12), at(13)),
            Slot("talk", at(10), at(12), "blue"),
        ],
        ROOMS,
    )

    assert [column.room for column in table.columns] == ["main", "blue"]
    assert shape(table) == [[("opening", 1, 1), (1, 1)], [(1, 1), ("talk", 1, 1)], [("lunch", 1, 2)]]


def test_what_has_no_room_and_meets_something_stands_in_a_column_of_its_own():
    table = grid([Slot("bazaar", at(9), at(17)), Slot("talk", at(10), at(11), "main")], ROOMS)

    assert [column.room for column in table.columns] == ["main", None]
    assert ("bazaar", 3, 1) in shape(table)[0]


def test_what_clashes_in_a_room_stands_side_by_side():
    clashing = [Slot("a", at(9), at(10), "main"), Slot("b", at(9, 30), at(11), "main")]
    table = grid([*clashing, Slot("c", at(11), at(12), "main")], ROOMS)

    assert table.columns[0].span == 2
    assert ("c", 1, 2) in shape(table)[-1]


def test_talks_that_share_a_block_share_a_cell():
    table = grid([Slot("a", at(9), at(10), "main"), Slot("b", at(9), at(10), "main")], ROOMS)

    assert shape(table) == [[("a", "b", 1, 1)]]


def test_a_long_session_stands_beside_many_short_ones():
    talks = [Slot(hour, at(hour), at(hour + 1), "main") for hour in range(9, 17)]
    table = grid([Slot("hackathon", at(9), at(17), "green"), *talks], ROOMS)

    assert shape(table)[0] == [(9, 1, 1), ("hackathon", 8, 1)]


def test_an_unknown_end_reaches_to_the_next_in_the_room():
    table = grid([Slot("a", at(9), None, "main"), Slot("b", at(9, 20), None, "main")], ROOMS)

    assert [row.at for row in table.rows] == [at(9), at(9, 20)]


def test_a_room_nobody_named_is_refused():
    with pytest.raises(ValueError, match="attic"):
        grid([Slot("a", at(9), at(10), "attic")], ROOMS)


def test_nothing_makes_an_empty_grid():
    assert grid([], ROOMS).rows == []
    assert days([]) == []


def test_a_night_belongs_to_its_evening_and_an_early_day_to_itself():
    party = Slot("party", at(20), at(23, 30), "main")
    after = Slot("after", at(0, 30, day=29), at(2, day=29), "main")
    all_day = Slot("hackathon", at(0, day=29), at(23, day=29), "blue")
    early = Slot("walk", at(4, day=30), at(5, day=30), None)

    assert [(day.date, [slot.item for slot in day.slots]) for day in days([early, after, party, all_day])] == [
        (date(2023, 10, 28), ["party", "after"]),
        (date(2023, 10, 29), ["hackathon"]),
        (date(2023, 10, 30), ["walk"]),
    ]


def test_the_hour_that_comes_twice_is_two_rows():
    first = datetime(2023, 10, 29, 2, 30, tzinfo=BERLIN)
    second = datetime(2023, 10, 29, 2, 30, fold=1, tzinfo=BERLIN)

    table = grid([Slot("second", second, None, "main"), Slot("first", first, None, "main")], ROOMS)

    assert [row.cells[0].slots[0].item for row in table.rows if row.cells[0].slots] == ["first", "second"]
    assert [row.at.astimezone(UTC).hour for row in table.rows][0] == 0
