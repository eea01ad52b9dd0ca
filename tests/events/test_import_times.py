"""Days, hours and lengths as people write them in tables: read where they can mean one thing, else kept in words."""

from datetime import UTC, date, datetime, time, timedelta, timezone
from time import process_time

import pytest

from events.imports.moments import length_of, moment_of
from events.imports.reading import read
from tests.events.programme_files import a_book

pytestmark = pytest.mark.usefixtures("in_english")

LOS_ANGELES = timezone(timedelta(hours=-7))


def at(hour, minute=0, day=28):
    return datetime(2023, 10, day, hour, minute)


def when(content):
    """Return title -> (start, end) of the sessions of a file, and what of it was kept in words."""
    read_file = read(content if isinstance(content, bytes) else content.encode())
    times = {session.titles[""]: (session.starts, session.ends) for session in read_file.sessions}
    return times, [(one.field, one.said, one.why) for session in read_file.sessions for one in session.unread]


@pytest.mark.parametrize(
    ("said", "hour"),
    [
        ("2023-10-28 9:00 AM", 9),
        ("2023-10-28 12:30 pm", 12),
        ("2023年10月28日 下午2:00", 14),
        ("2023年10月28日（周六）下午2点半", 14),
        ("2023年10月28日9时30分", 9),
        ("2023/10/28 上午10:00", 10),
        ("２０２３-10-28 10：00", 10),
        ("28.10.2023 21:00", 21),
        ("2023.10.28 21:00", 21),
        ("28 October 2023 9:00", 9),
        ("Sat, Oct 28th, 2023 9:00 PM", 21),
    ],
)
def test_moments_are_read_as_people_write_them(said, hour):
    assert (moment_of(said).date(), moment_of(said).hour) == (date(2023, 10, 28), hour)


@pytest.mark.parametrize(
    "said", ["10/28/2023 9:00", "2023-10-28 25:00", "2023-10-28 13:00 foo", "October 2023", 45227.4]
)
def test_what_could_be_two_days_is_no_moment(said):
    assert moment_of(said) is None


@pytest.mark.parametrize("said", [1698456600, 1698456600.0, "1698456600", "1698456600000"])
def test_seconds_since_1970_are_a_moment(said):
    assert moment_of(said) == datetime(2023, 10, 28, 1, 30, tzinfo=UTC)


@pytest.mark.parametrize("said", ["2023-10-28 24:00", "2023-10-28T24:00:00", "2023年10月28日 晚上12:00"])
def test_midnight_is_the_beginning_of_the_next_day(said):
    assert moment_of(said) == at(0, day=29)


@pytest.mark.parametrize(
    ("said", "minutes"),
    [
        ("1h", 60),
        ("1h30", 90),
        ("2 hrs 5 mins", 125),
        ("1小时30分钟", 90),
        ("40'", 40),
        ("1.5", None),
        (time(1, 15), 75),
        (timedelta(hours=1), 60),
        (0.03, None),
    ],
)
def test_lengths_are_read_as_people_write_them(said, minutes):
    length = length_of(said)
    assert (length and length.total_seconds() / 60) == minutes


def test_what_ends_before_it_begins_by_the_clock_goes_on_after_midnight_unless_that_is_a_slip():
    rows = "A,2023-10-28,23:30,00:30\nB,2023-10-28,20:00,24:00\nC,2023-10-28,14:00,13:40\nD,2023-10-28,9:00,9:00\n"
    times, kept = when(f"title,date,start,end\n{rows}")

    assert times == {
        "A": (at(23, 30), at(0, 30, day=29)),
        "B": (at(20), at(0, day=29)),
        "C": (at(14), None),
        "D": (at(9), None),
    }
    assert kept == [("ends", "13:40", "before its start")]


def test_an_end_that_names_its_day_is_never_moved_to_another():
    times, kept = when("title,start,end\nA,2023-10-28 23:30,2023-10-28 00:30\n")

    assert times == {"A": (at(23, 30), None)}
    assert kept == [("ends", "2023-10-28 00:30", "before its start")]


@pytest.mark.parametrize(
    ("said", "starts", "ends"),
    [
        ("2023-10-28 09:00-09:40", at(9), at(9, 40)),
        ("2023-10-28 22:00 至 24:00", at(22), at(0, day=29)),
        ("2023年10月28日9点-10点半", at(9), at(10, 30)),
        ("2023-10-28T09:00-07:00", datetime(2023, 10, 28, 9, tzinfo=LOS_ANGELES), None),
        ("2023-10-28 09:00:00-07:00", datetime(2023, 10, 28, 9, tzinfo=LOS_ANGELES), None),
    ],
)
@pytest.mark.parametrize("head", ["time", "start"])
def test_a_span_in_one_cell_is_told_from_a_distance_from_utc(head, said, starts, ends):
    assert when(f"title,{head}\nA,{said}\n") == ({"A": (starts, ends)}, [])


def test_a_length_that_a_spreadsheet_took_for_an_hour_is_no_day():
    rows = [["title", "start", "duration"]]
    rows += [
        [title, at(9), length] for title, length in (("A", time(1, 15)), ("B", timedelta(hours=2)), ("C", "1:00:00"))
    ]

    assert {title: ends for title, (_starts, ends) in when(a_book(rows))[0].items()} == {
        "A": at(10, 15),
        "B": at(11),
        "C": at(10),
    }


@pytest.mark.parametrize("said", ["1" + " " * 20_000 + "x", "1:00 " * 5_000, "周六" * 8_000])
def test_a_page_where_a_time_belongs_is_kept_in_words_at_once(said):
    begun = process_time()
    times, kept = when(f"title,start,duration\nA,{said},{said}\n")

    assert (times, [field for field, _said, _why in kept]) == ({"A": (None, None)}, ["starts"])
    assert process_time() - begun < 1
