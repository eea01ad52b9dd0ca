"""Slots into a timetable: days, and for each a grid of rooms by time. Pure: it knows neither rows nor requests.

A grid is a table as HTML knows it: every place of it is covered by exactly one
cell, so that it can be shown with `rowspan` and `colspan` and read by a screen
reader. All reckoning is done in UTC: two datetimes of one zone are compared by
their wall clock in Python, which is wrong in the night when clocks go back.
"""

from collections import defaultdict
from collections.abc import Hashable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from portal.dates import MORNING

# What begins after midnight and before morning belongs to the evening before, if there was one from this hour on.
EVENING = time(18)
# How much room a slot is given whose end is not known.
UNKNOWN_LENGTH = timedelta(minutes=30)


@dataclass(frozen=True)
class Slot:
    """Something in a place at a time.

    `starts` and `ends` are aware datetimes by the clock of the place; `ends` may
    be None. `room` is whatever tells rooms apart, None for what has no room.
    """

    item: Any
    starts: datetime
    ends: datetime | None = None
    room: Hashable = None


@dataclass(frozen=True)
class Day:
    """A day of the programme, by the clocks of its places; its slots in order of time."""

    date: date
    slots: list


@dataclass(frozen=True)
class Cell:
    """A cell of the table: the slots of one block, or none for a gap. `column` counts from 0."""

    slots: list
    column: int
    colspan: int
    rowspan: int


@dataclass(frozen=True)
class Row:
    """A row: the moment at which it begins, and the cells that begin with it, from left to right."""

    at: datetime
    cells: list

    @property
    def clock(self):
        return f"{self.at:%H:%M}"


@dataclass(frozen=True)
class Column:
    """A room, None for what has none; `span` is as many columns as it has slots at once."""

    room: Hashable
    span: int


@dataclass(frozen=True)
class Grid:
    columns: list
    rows: list

    @property
    def width(self):
        return sum(column.span for column in self.columns)


@dataclass
class _Block:
    """Slots of one room that begin and end together: several talks told as one."""

    room: Hashable
    starts: datetime
    ends: datetime
    slots: list = field(default_factory=list)
    column: int = 0
    colspan: int = 1

    def overlaps(self, other):
        return self.starts < other.ends and other.starts < self.ends


def days(slots):
    """Return the list of `Day` in order. A night belongs to the evening that it follows."""
    slots = sorted(slots, key=lambda slot: slot.starts.astimezone(UTC))
    evenings = {slot.starts.date() for slot in slots if slot.starts.time() >= EVENING}
    by_date = defaultdict(list)
    for slot in slots:
        by_date[_day_of(slot, evenings)].append(slot)
    return [Day(day, by_date[day]) for day in sorted(by_date)]


def _day_of(slot, evenings):
    before = slot.starts.date() - timedelta(days=1)
    is_long = slot.ends and slot.ends.astimezone(UTC) - slot.starts.astimezone(UTC) > timedelta(hours=8)
    if slot.starts.time() < MORNING and before in evenings and not is_long:
        return before
    return slot.starts.date()


def grid(slots, rooms):
    """Return the `Grid` of slots, its columns in the order of `rooms`; rooms without slots are left out.

    What has no room runs across all of them, unless it meets something else:
    then it stands in a column of its own, the last. Raises ValueError for a slot in a room that is not in `rooms`.
    """
    slots = sorted(slots, key=lambda slot: slot.starts.astimezone(UTC))
    if strangers := {slot.room for slot in slots} - {None, *rooms}:
        raise ValueError(f"not among the rooms: {strangers}")
    if not slots:
        return Grid([], [])
    blocks = _blocks(slots)
    across = [block for block in blocks if _runs_across(block, blocks)]
    columns, width = [], 0
    for room in (*rooms, None):
        of_room = [block for block in blocks if block.room == room and block not in across]
        if of_room or (room is None and not width):
            span = _share(of_room, width)
            columns.append(Column(room, span))
            width += span
    for block in across:
        block.column, block.colspan = 0, width
    return Grid(columns, _rows(blocks, width, slots[0].starts.tzinfo))


def _blocks(slots):
    """Return the blocks in order of time."""
    starts = defaultdict(list)
    for slot in slots:
        starts[slot.room].append(slot.starts.astimezone(UTC))
    blocks = {}
    for slot in slots:
        begins = slot.starts.astimezone(UTC)
        ends = slot.ends.astimezone(UTC) if slot.ends else _assumed_end(begins, starts[slot.room])
        key = (slot.room, begins, max(ends, begins + timedelta(minutes=1)))
        blocks.setdefault(key, _Block(*key)).slots.append(slot)
    return list(blocks.values())


def _assumed_end(begins, starts):
    later = (start for start in starts if start > begins)
    return min(next(later, begins + UNKNOWN_LENGTH), begins + UNKNOWN_LENGTH)


def _runs_across(block, blocks):
    return block.room is None and not any(other is not block and other.overlaps(block) for other in blocks)


def _share(blocks, first):
    """Give the blocks of a room, in order of time, columns from `first` on; return how many they need."""
    clusters, ends = [], None
    for block in blocks:
        if ends is None or block.starts >= ends:
            clusters.append([])
            ends = block.ends
        clusters[-1].append(block)
        ends = max(ends, block.ends)
    span = max((_spread(cluster, first) for cluster in clusters), default=1)
    for cluster in clusters:
        if len(cluster) == 1:
            cluster[0].colspan = span
    return span


def _spread(cluster, first):
    """Give each block of a cluster the first column that is free by then; return how many columns there are."""
    free_from = []
    for block in cluster:
        lane = next((number for number, free in enumerate(free_from) if free <= block.starts), len(free_from))
        free_from[lane : lane + 1] = [block.ends]
        block.column = first + lane
    return len(free_from)


def _rows(blocks, width, zone):
    marks = sorted({moment for block in blocks for moment in (block.starts, block.ends)})
    number = {mark: at for at, mark in enumerate(marks)}
    begin_in = defaultdict(list)
    taken = [[False] * width for _mark in marks[:-1]]
    for block in blocks:
        first, after = number[block.starts], number[block.ends]
        begin_in[first].append(Cell(block.slots, block.column, block.colspan, after - first))
        for row in taken[first:after]:
            row[block.column : block.column + block.colspan] = [True] * block.colspan
    for first, column, length in _gaps(taken, width):
        begin_in[first].append(Cell([], column, 1, length))
    return [
        Row(mark.astimezone(zone), sorted(begin_in[at], key=lambda cell: cell.column))
        for at, mark in enumerate(marks[:-1])
    ]


def _gaps(taken, width):
    """Yield (first row, column, number of rows) of each stretch of a column in which nothing is."""
    for column in range(width):
        first = None
        for at, row in enumerate([*taken, [True] * width]):
            if row[column]:
                if first is not None:
                    yield first, column, at - first
                first = None
            elif first is None:
                first = at
