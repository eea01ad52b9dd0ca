"""Tables and lists as people keep them: any heads, merged cells, banners, times; nothing is dropped in silence."""

import io
import json
from datetime import date, datetime, time

import pytest
from openpyxl import Workbook

from events.importing import import_programme
from events.imports.columns import columns_of
from events.imports.reading import read
from events.imports.rows import NotReadable
from events.models import Room, Session
from tests.make import SHANGHAI, a_conference, a_forum, a_room, a_session, a_venue

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


@pytest.fixture
def conference():
    return a_conference(slug="openconf-2023", time_zone="Asia/Shanghai", starts_at=at(0), ends_at=at(23))


def take_in(conference, content):
    return import_programme(conference, read(content if isinstance(content, bytes) else content.encode()), write=True)


def told(report):
    return "\n".join([*report.remarks, *(line.told for _heading, lines in report.parts for line in lines)])


def a_book(*sheets, merged=()):
    """Return the bytes of an XLSX file of sheets, each a list of rows; `merged` are ranges of the first."""
    book = Workbook()
    book.remove(book.active)
    for number, rows in enumerate(sheets):
        sheet = book.create_sheet(f"Sheet {number}")
        for row in rows:
            sheet.append(row)
    for cells in merged:
        book.worksheets[0].merge_cells(cells)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def at(hour, minute=0):
    return datetime(2023, 10, 28, hour, minute, tzinfo=SHANGHAI)


@pytest.mark.parametrize(
    ("heads", "columns"),
    [
        ("议题名称,演讲者,开始时间,结束时间,会场", ["title", "speakers", "starts", "ends", "room"]),
        ("標題,講者,開始時間,教室,語言,簡介", ["title", "speakers", "starts", "room", "language", "abstract"]),
        ("Session Title *,Start (UTC+8),讲师/Speaker", ["title", "starts", "speakers"]),
        ("主题,标题", [None, "title"]),
        ("Title,title", ["title", None]),
        ("title_zh,标题（英文）", ["title_zh", "title_en"]),
        ("预算,备注", [None, None]),
    ],
)
def test_heads_as_people_write_them(heads, columns):
    assert columns_of(heads.split(",")) == columns


def test_a_day_merged_over_its_rows_goes_for_each_and_a_banner_above_the_heads_is_told(conference):
    rows = [
        ["2023 年会日程"],
        ["日期", "时间", "议题", "讲师", "会场"],
        [date(2023, 10, 28), "09:00-09:40", "开源", "李明、王芳", "主会场"],
        [None, "10:00～10:40", "治理", "张三", None],
    ]
    report = take_in(conference, a_book(rows, merged=["A1:E1", "A3:A4", "E3:E4"]))

    first, second = conference.sessions.order_by("starts_at")
    assert (first.starts_at, first.ends_at, second.starts_at) == (at(9), at(9, 40), at(10))
    assert second.room.name_zh_hans == "主会场"
    assert sorted(who.name for who in first.speakings.all()) == ["李明", "王芳"]
    assert "not read: 2023 年会日程" in told(report)


def test_days_hours_and_moments_of_a_spreadsheet(conference):
    rows = [
        ["title", "date", "start", "end", "room"],
        ["A", date(2023, 10, 28), time(9), time(9, 40), 101],
        ["B", None, datetime(2023, 10, 28, 11), datetime(2023, 10, 28, 12), 1.0],
        ["C", None, date(2023, 10, 28), None, None],
        ["D", None, 45227.4, None, None],
    ]
    report = take_in(conference, a_book(rows))

    when = {session.title_en: session.starts_at for session in Session.objects.all()}
    assert when == {"A": at(9), "B": at(11), "C": None, "D": None}
    assert "“2023-10-28” – no time" in told(report)
    assert "“45227.4” – no time" in told(report)


def test_the_sheet_that_holds_sessions_is_read_and_the_others_are_named(conference):
    report = take_in(conference, a_book([["Read me first"]], [["title", "room"], ["A", "Hall"]], [["name"], ["Ming"]]))

    assert Session.objects.get().title_en == "A"
    assert "Not read: Sheet 0, Sheet 2" in told(report)


def test_cells_that_no_column_names_are_kept_and_rows_without_a_title_refused(conference):
    report = take_in(conference, "title,title,room\nA,B,R,extra,more\n,,,only this\n")

    assert Session.objects.get().title_en == "A"
    assert "title (1), column 4 (1), column 5 (1)" in told(report)
    assert [line.where for line in report.refused] == ["row 3"]


def test_both_languages_in_one_word(conference):
    take_in(conference, "title,language\nA,中英双语\n")

    assert Session.objects.get().language == "zh,en"


def test_a_list_that_names_its_fields_as_a_table_does(conference):
    row = {
        "ID": "ABCDEF",
        "Proposal title": "A talk",
        "Speaker names": ["Lin, Ada", "李明"],
        "Start": "2023-10-28T10:00:00+08:00",
        "Room": {"name": "Hall"},
        "Proposal state": "confirmed",
    }
    report = take_in(conference, json.dumps([row]))

    session = Session.objects.get()
    assert (session.code, session.starts_at, session.room.name_en) == ("ABCDEF", at(10), "Hall")
    assert sorted(who.name for who in session.speakings.all()) == ["Lin, Ada", "李明"]
    assert "Proposal state (1)" in told(report)


def test_a_list_under_a_name_of_its_own(conference):
    row = {"subject": "S", "room": "A", "start": "2023-10-28T10:00:00+08:00", "speaker": {"name": "Ming"}}
    take_in(conference, json.dumps({"program": [row], "version": 3}))

    assert Session.objects.get().speakings.get().name == "Ming"


def test_sessions_of_coscup_and_sitcon_before_their_files_had_lists_of_speakers(conference):
    row = {
        "id": "a1",
        "type": "Workshop",
        "room": {"zh": "視聽館", "en": "Hall"},
        "start": "2023-10-28T09:00:00+08:00",
        "zh": {"title": "標題", "summary": "摘要"},
        "en": {"title": "Title"},
        "speaker": {"name": "甲", "bio": "寫程式"},
    }
    take_in(conference, json.dumps([row, {**row, "id": "a2", "type": "雲端", "speaker": None}]))

    first, second = Session.objects.order_by("pk")
    assert (first.kind, first.forum, first.abstract_zh_hans) == ("workshop", None, "摘要")
    assert (first.room.name_zh_hans, first.room.name_en) == ("視聽館", "Hall")
    assert first.speakings.get().name == "甲"
    assert (second.kind, second.forum.title_zh_hans) == ("talk", "雲端")


def test_the_file_of_another_conference_is_told_by_its_days(conference):
    rows = "A,2022-10-29 09:00\nB,2022-10-30 23:00\nC,2023-10-28 09:00\nD,\n"

    sentence = "Sessions outside the days of the conference: 2, from 2022-10-29 to 2022-10-30. Is it its file?"
    assert sentence in told(take_in(conference, f"title,start\n{rows}"))
    conference.precision = "year"
    conference.save()
    assert sentence not in told(take_in(conference, f"title,start\n{rows}"))


def test_a_person_without_a_name_is_told(conference):
    persons = "<person id='7'/><person id='8'><public_name>Ming</public_name></person>"
    event = f"<event id='1'><title>A</title><persons>{persons}</persons></event>"
    report = take_in(conference, f"<schedule><day date='2023-10-28'>{event}</day></schedule>")

    assert [who.name for who in Session.objects.get().speakings.all()] == ["Ming"]
    assert "“7” – a person without a name" in told(report)


@pytest.mark.parametrize("content", ["<!DOCTYPE html><html><body>Not found", '\ufeff<html lang="en">'])
def test_a_web_page_is_called_one(content):
    with pytest.raises(NotReadable, match="found a web page"):
        read(content.encode())


def test_more_rows_than_are_read_are_refused_and_not_cut_off(monkeypatch):
    monkeypatch.setattr("events.imports.sheets.MOST_ROWS", 2)
    with pytest.raises(NotReadable, match="at most 2 rows"):
        read(a_book([["title"], ["A"], ["B"]]))


def test_a_name_that_several_rooms_have_keeps_the_sessions_own_and_is_else_asked_about(conference):
    rooms = [a_room(a_venue(conference, city), "301") for city in ("Beijing", "Chengdu")]
    a_session(conference, "Here already", code="KERNEL", room=rooms[1])
    rows = "KERNEL,Here already,301\nSHELLS,New,301\nPROMPT,Told apart,301 · Beijing\n"

    report = take_in(conference, f"code,title_en,room\n{rows}")

    in_which = {session.title_en: session.room for session in conference.sessions.select_related("room")}
    assert in_which == {"Here already": rooms[1], "New": None, "Told apart": rooms[0]}
    assert [line.told for line in report.unread] == [
        "room: “301” – several are called so here; write one of these: 301 · Beijing / 301 · Chengdu"
    ]
    assert Room.objects.count() == 2


def test_a_title_that_several_forums_have_is_asked_about(conference):
    for slug in ("law", "law-again"):
        a_forum(conference, "Law", slug=slug)

    report = take_in(conference, "title_en,forum\nA,law\nB,Law · law-again\n")

    assert {session.title_en: session.forum and session.forum.slug for session in conference.sessions.all()} == {
        "A": None,
        "B": "law-again",
    }
    assert "write one of these: Law · law / Law · law-again" in told(report)


def test_two_rows_with_one_code_are_two_sessions(conference):
    uuid = "11111111-1111-4111-8111-111111111111"
    content = f"code,uuid,title\nKERNEL,{uuid},First\nKERNEL,,Its copy\n"

    assert len(take_in(conference, content).new) == 2
    again = take_in(conference, content)

    assert [len(lines) for lines in (again.new, again.changed, again.same)] == [0, 0, 2]
    assert {session.title_en for session in Session.objects.all()} == {"First", "Its copy"}
    assert conference.sessions.get(code="KERNEL").title_en == "First"


def test_a_row_that_is_known_is_not_taken_by_a_copy_above_it(conference):
    take_in(conference, "code,uuid,title\nKERNEL,11111111-1111-4111-8111-111111111111,First\n")

    report = take_in(conference, "code,uuid,title\nKERNEL,,Copy\nKERNEL,11111111-1111-4111-8111-111111111111,First\n")

    assert ([line.title for line in report.new], len(report.same)) == (["Copy"], 1)
    assert conference.sessions.get(code="KERNEL").title_en == "First"


@pytest.mark.parametrize(
    ("said", "names"),
    [
        ("Alice Smith, Bob Jones", ["Alice Smith", "Bob Jones"]),
        ("李明,王芳", ["李明", "王芳"]),
        ("李明/王芳、赵云", ["李明", "王芳", "赵云"]),
        ("Lin, Ada; maya / 551724", ["Lin, Ada", "maya / 551724"]),
        ('"Alice Smith, Bob Jones"; Ming', ["Alice Smith, Bob Jones", "Ming"]),
    ],
)
def test_speakers_are_parted_as_people_part_them(said, names):
    assert list(read(a_book([["title", "speakers"], ["A", said]])).people) == names
