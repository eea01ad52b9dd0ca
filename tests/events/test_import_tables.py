"""Tables and lists as people keep them: any heads, merged cells, banners; nothing is dropped in silence."""

import io
import json
from datetime import date, datetime, time

import pytest
from openpyxl import Workbook

from events.imports.columns import COLUMNS, columns_of
from events.imports.reading import read
from events.models import Session
from portal.models import ImportedRow
from tests.events.programme_files import a_book, a_table, at, counts, take_in, words_of
from tests.make import SHANGHAI, a_conference, a_session

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


@pytest.fixture
def conference():
    return a_conference(slug="openconf-2023", time_zone="Asia/Shanghai", starts_at=at(0), ends_at=at(23))


@pytest.mark.parametrize(
    ("heads", "columns"),
    [
        ("议题名称,演讲者,开始时间,结束时间,会场", ["title", "speakers", "starts", "ends", "room"]),
        ("標題,講者,開始時間,教室,語言,簡介", ["title", "speakers", "starts", "room", "language", "abstract"]),
        ("Session Title *,Start (UTC+8),讲师/Speaker", ["title", "starts", "speakers"]),
        ("主题,标题", [None, "title"]),
        ("Title,title", ["title", None]),
        ("title_zh,标题（英文）", ["title_zh", "title_en"]),
        (
            "标题 · 中文,标题 · English,摘要 · 中文",
            ["title_zh", "title_en", "abstract_zh"],
        ),
        ("Title · 中文,Title · English,Abstract · English", ["title_zh", "title_en", "abstract_en"]),
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
    assert "not read: 2023 年会日程" in words_of(report)


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
    assert "“2023-10-28” – not a time" in words_of(report)
    assert "“45227.4” – not a time" in words_of(report)


def test_the_sheet_that_holds_sessions_is_read_and_the_others_are_named(conference):
    report = take_in(conference, a_book([["Read me first"]], [["title", "room"], ["A", "Hall"]], [["name"], ["Ming"]]))

    assert Session.objects.get().title_en == "A"
    assert "not read: Sheet 0, Sheet 2" in words_of(report)


def test_a_sheet_for_each_day_is_read_and_a_list_of_people_is_not(conference):
    heads = ["时间", "议题"]
    days = [
        [heads, ["2023-10-28 09:00-09:40", "开源"]],
        [["第二天"], heads, ["2023-10-29 09:00", "治理"], ["10:00", None]],
    ]
    report = take_in(conference, a_book([["名称", "级别"], ["某公司", "金牌"]], *days))

    assert [session.title_zh_hans for session in Session.objects.order_by("starts_at")] == ["开源", "治理"]
    assert [line.where for line in report.new + report.refused] == [
        "Sheet 1 · row 2",
        "Sheet 2 · row 3",
        "Sheet 2 · row 4",
    ]
    assert "Sheets that were not read: Sheet 0." in report.remarks


def test_cells_that_no_column_names_are_kept_and_rows_without_a_title_refused(conference):
    report = take_in(conference, "title,title,room\nA,B,R,extra,more\n,,,only this\n")

    assert Session.objects.get().title_en == "A"
    assert "title (1), column 4 (1), column 5 (1)" in words_of(report)
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
    assert "Proposal state (1)" in words_of(report)


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
    assert sentence in words_of(take_in(conference, f"title,start\n{rows}"))
    conference.precision = "year"
    conference.save()
    assert sentence not in words_of(take_in(conference, f"title,start\n{rows}"))


def test_a_person_without_a_name_is_told(conference):
    persons = "<person id='7'/><person id='8'><public_name>Ming</public_name></person>"
    event = f"<event id='1'><title>A</title><persons>{persons}</persons></event>"
    report = take_in(conference, f"<schedule><day date='2023-10-28'>{event}</day></schedule>")

    assert [who.name for who in Session.objects.get().speakings.all()] == ["Ming"]
    assert "“7” – a person without a name" in words_of(report)


def test_a_table_with_chinese_heads_from_excel(conference):
    heads = "标题,开始,结束,会议室,论坛,讲师,语言"
    row = "开源治理,2023/10/28 09:30,2023-10-28 10:15,一号厅,治理论坛,李明;王红,中文"

    report = take_in(conference, f"{heads}\n{row}\n".encode("gb18030"))

    session = Session.objects.get()
    assert counts(report) == (1, 0, 0, 0)
    assert (session.title_zh_hans, session.starts_at, session.ends_at) == ("开源治理", at(9, 30), at(10, 15))
    assert (session.room.name_zh_hans, session.forum.title_zh_hans, session.language) == ("一号厅", "治理论坛", "zh")
    assert [who.name for who in session.speakings.all()] == ["李明", "王红"]


def test_a_spreadsheet(conference):
    book = Workbook()
    book.active.append(["title_en", "starts", "ends", "room"])
    book.active.append(["Kernels", datetime(2023, 10, 28, 9, 30), datetime(2023, 10, 28, 10, 15), "Hall"])
    book.active.append([None, None, None, "Hall"])
    out = io.BytesIO()
    book.save(out)

    report = take_in(conference, out.getvalue())

    assert Session.objects.get().starts_at == at(9, 30)
    assert [(line.where, line.title) for line in report.refused] == [("row 3", "A row without a title.")]


def test_columns_that_are_not_there_change_nothing(conference):
    times = {"starts_at": at(9), "ends_at": at(10)}
    session = a_session(conference, "Kernels", code="KERNEL", kind="keynote", language="en", **times)

    take_in(conference, a_table({"code": "KERNEL", "title_en": "Kernels and shells"}))

    session.refresh_from_db()
    assert (session.title_en, session.kind, session.starts_at, session.language) == (
        "Kernels and shells",
        "keynote",
        at(9),
        "en",
    )


def test_the_template_has_the_columns_that_are_read():
    read_file = read((",".join(COLUMNS) + "\n").encode())

    assert (read_file.sessions, read_file.remarks) == ([], [])


def test_a_table_with_the_day_and_the_hour_apart_and_more_than_we_read(conference):
    text = '标题,日期,开始,时长,讲师,预算\n开源治理,2023年10月28日,9:30,40,"李明、""Wang; Sons""",300\n'
    report = take_in(conference, text.encode("gb18030"))

    session = Session.objects.get()
    assert session.starts_at == datetime(2023, 10, 28, 9, 30, tzinfo=SHANGHAI)
    assert session.ends_at == datetime(2023, 10, 28, 10, 10, tzinfo=SHANGHAI)
    assert sorted(who.name for who in session.speakings.all()) == ["Wang; Sons", "李明"]
    assert "预算 (1)" in words_of(report)
    assert ImportedRow.objects.get(model="events.session").unread[0]["said"] == "300"


def test_what_a_spreadsheet_calls_unicode_text(conference):
    take_in(conference, "title_zh\ttitle_en\n议题\tTalk\n".encode("utf-16"))

    assert Session.objects.get().title_en == "Talk"
