"""Calendar files, read back by another parser than the one that writes them."""

from dataclasses import replace
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import icalendar
import pytest
import vobject
from django.utils.translation import override

from portal.calendars import Entry, calendar, occasion_entry
from tests.make import a_meetup

SHANGHAI = ZoneInfo("Asia/Shanghai")
TALK = Entry(
    uid="occasion-7@portal.example",
    summary="KCC@长沙：开源，社区; 茶",
    starts=datetime(2023, 10, 21, 21, 30, tzinfo=SHANGHAI),
    ends=datetime(2023, 10, 21, 23, 0, tzinfo=SHANGHAI),
    changed_at=datetime(2023, 10, 1, 8, 0, 5, 77, tzinfo=UTC),
    url="https://portal.example/zh-hans/meetups/kcc-changsha/",
    description="第一行\n第二行",
    location="长沙, 岳麓区",
    latitude=28.2,
    longitude=112.9,
)
CONFERENCE = Entry(
    uid="occasion-8@portal.example",
    summary="COSCon'23",
    starts=date(2023, 10, 28),
    ends=date(2023, 10, 30),
    changed_at=datetime(2023, 10, 1, tzinfo=UTC),
)


def written(*entries):
    return calendar(entries, "开源社", "https://portal.example/zh-hans/")


def parsed(*entries):
    return vobject.readOne(written(*entries).decode())


@pytest.mark.parametrize("fold", [0, 1])
def test_an_hour_that_comes_twice_is_told_as_the_one_that_is_meant(fold):
    berlin = ZoneInfo("Europe/Berlin")
    starts, ends = (datetime(2027, 10, 31, 2, minute, tzinfo=berlin, fold=fold) for minute in (15, 45))
    event = icalendar.Calendar.from_ical(written(replace(TALK, uid=f"{fold}@here", starts=starts, ends=ends))).walk(
        "VEVENT"
    )[0]

    assert event["DTSTART"].dt.astimezone(UTC) == starts.astimezone(UTC)
    assert event["DTEND"].dt.astimezone(UTC) == ends.astimezone(UTC)


def test_another_parser_reads_what_was_written():
    read = parsed(TALK)
    event = read.vevent
    assert read.x_wr_calname.value == "开源社"
    assert read.method.value == "PUBLISH"
    assert event.uid.value == TALK.uid
    assert event.summary.value == TALK.summary
    assert event.description.value == TALK.description
    assert event.location.value == TALK.location
    assert event.url.value == TALK.url
    assert event.geo.value == "28.2;112.9"
    assert event.status.value == "CONFIRMED"
    assert event.dtstart.value == TALK.starts
    assert event.dtend.value == TALK.ends
    assert event.dtstamp.value == TALK.changed_at.replace(microsecond=0)


def test_a_moment_carries_its_zone_and_the_file_defines_it():
    text = written(TALK).decode()
    assert "DTSTART;TZID=Asia/Shanghai:20231021T213000" in text
    assert text.count("BEGIN:VTIMEZONE") == 1
    assert parsed(TALK).vtimezone.tzid.value == "Asia/Shanghai"


def test_whole_days_are_dates_and_end_on_the_day_after():
    text = written(CONFERENCE).decode()
    assert "DTSTART;VALUE=DATE:20231028" in text
    assert "DTEND;VALUE=DATE:20231030" in text
    assert "VTIMEZONE" not in text


def test_an_unknown_end_is_left_out():
    assert "DTEND" not in written(replace(TALK, ends=None)).decode()


@pytest.mark.parametrize(
    ("standing", "status", "word"),
    [("cancelled", "CANCELLED", "Cancelled: "), ("postponed", "TENTATIVE", "Postponed: ")],
)
def test_what_is_called_off_says_so(standing, status, word):
    with override("en"):
        event = parsed(replace(CONFERENCE, standing=standing)).vevent
    assert event.status.value == status
    assert event.summary.value == word + "COSCon'23"


def test_a_change_raises_the_sequence_and_nothing_else_does():
    later = replace(TALK, changed_at=datetime(2023, 10, 2, tzinfo=UTC))
    assert int(parsed(later).vevent.sequence.value) > int(parsed(TALK).vevent.sequence.value)
    assert written(TALK, CONFERENCE) == written(TALK, CONFERENCE)


def test_lines_end_and_fold_as_the_standard_asks():
    lines = written(replace(TALK, description="开源社区" * 100)).split(b"\r\n")
    assert all(len(line) <= 75 and b"\n" not in line for line in lines)


def test_a_calendar_without_events_is_still_a_calendar():
    assert parsed().x_wr_calname.value == "开源社"
    assert "VEVENT" not in written(None).decode()


@pytest.mark.parametrize("zone", ["Asia/Shanghai", "Europe/Lisbon", "UTC"])
def test_a_calendar_without_events_holds_the_clock_of_the_community(settings, zone):
    """RFC 5545, 3.6: a calendar of nothing at all is none, and some clients drop the subscription."""
    settings.TIME_ZONE = zone

    held = icalendar.Calendar.from_ical(written()).subcomponents

    assert [(one.name, str(one["TZID"])) for one in held] == [("VTIMEZONE", zone)]


@pytest.mark.django_db
def test_an_occasion_becomes_an_entry(settings):
    settings.SITE_URL = "https://portal.example"
    meetup = a_meetup(
        title="KCC", place="Tea house", precision="minute", standing="cancelled", standing_note="Typhoon."
    )
    entry = occasion_entry(meetup)
    assert entry.uid == f"occasion-{meetup.pk}@portal.example"
    assert entry.starts == meetup.starts_at
    assert entry.location.startswith("Tea house")
    assert entry.description.startswith("Typhoon.")
    assert entry.standing == "cancelled"


@pytest.mark.django_db
def test_an_occasion_whose_day_is_not_known_is_in_no_calendar():
    first, next_month = datetime(2023, 5, 1, tzinfo=SHANGHAI), datetime(2023, 6, 1, tzinfo=SHANGHAI)
    meetup = a_meetup(starts_at=first, ends_at=next_month, precision="month")
    assert occasion_entry(meetup) is None
