"""CSV and XLSX with the columns of the template, in English or Chinese, in any order."""

import csv
import io
import re
from zipfile import BadZipFile

from django.utils.translation import gettext as _
from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from events.imports.columns import COLUMNS
from events.imports.moments import moment_of, read_times
from events.imports.rows import NotReadable, ReadFile, ReadPerson, ReadSession
from events.imports.texts import UNSAID, line_of, text_of, title_of
from events.imports.words import read_kind, read_language, read_level, read_link
from portal.spreadsheets import harmed

SOURCE = "table"
MOST_ROWS = 20_000
ALSO = {
    "title": ("title", "标题", "議題", "议题", "题目", "session title", "proposal title"),
    "title_zh": ("中文标题", "标题（中文）"),
    "title_en": ("英文标题", "标题（英文）", "english title"),
    "kind": ("type", "类型", "session type", "session format"),
    "forum": ("track", "论坛", "分论坛"),
    "room": ("会议室", "房间", "地点", "location"),
    "date": ("date", "day", "日期"),
    "starts": ("start", "begin", "开始", "开始时间", "start time"),
    "ends": ("end", "结束", "结束时间", "end time"),
    "duration": ("duration", "时长"),
    "cancelled": ("canceled", "取消"),
    "language": ("语言",),
    "level": ("难度",),
    "speakers": ("speaker", "讲师", "嘉宾", "演讲人", "speaker names"),
    "abstract": ("abstract", "description", "摘要", "简介"),
    "abstract_zh": ("中文摘要",),
    "abstract_en": ("英文摘要",),
    "recording": ("video", "录像", "视频"),
    "slides": ("幻灯片", "讲稿"),
    "code": ("编号", "id"),
    "uuid": ("guid",),
}
NAMES = {**{name: name for name in COLUMNS}, **{word: name for name, words in ALSO.items() for word in words}}
# A name, or one in quotation marks, in which a separator is part of it.
NAME = re.compile(r'\s*"((?:[^"]|"")*)"\s*(?=[;；、\n]|$)|([^;；、\n]+)')
YES = {"yes", "y", "true", "1", "x", "是", "取消", "cancelled"}


def read_csv(content):
    """Return the `ReadFile` of the bytes of a CSV file: UTF-8 or GB 18030, with commas, semicolons or tabs."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("gb18030", errors="replace")
    head = text.partition("\n")[0]
    delimiter = max(",;\t", key=head.count)
    try:
        return read_rows(list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)))
    except csv.Error as error:
        raise NotReadable(_("Expected a table; found: %(error)s") % {"error": error}) from error


def read_xlsx(content):
    """Return the `ReadFile` of the first sheet of the bytes of an XLSX file."""
    try:
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        rows = [list(row) for row in book.worksheets[0].iter_rows(values_only=True, max_row=MOST_ROWS)]
    except (BadZipFile, InvalidFileException, KeyError, ValueError, IndexError) as error:
        raise NotReadable(_("Expected a spreadsheet; found: %(error)s") % {"error": error}) from error
    return read_rows(rows)


def read_rows(rows):
    """Return the `ReadFile` of a list of rows, the first of which names the columns."""
    heads = [NAMES.get(line_of(cell).lower()) for cell in (rows[0] if rows else [])]
    if not {"title", "title_zh", "title_en"} & set(heads):
        raise NotReadable(
            _("Expected a first row with “title_zh” or “title_en”; found: %(found)s")
            % {"found": ", ".join(line_of(cell) for cell in (rows[0] if rows else []))[:200]}
        )
    read_file = ReadFile(SOURCE)
    for number, cells in enumerate(rows[1:], 2):
        row = {name: _cell(cell) for name, cell in zip(heads, cells, strict=False) if name}
        rest = [(cell, value) for cell, name, value in zip(rows[0], heads, cells, strict=False) if name is None]
        if any(row.values()):
            _read_row(read_file, row, rest, _("row %(number)d") % {"number": number})
    return read_file


def _cell(cell):
    """Return a cell's value; the apostrophe that kept a text from being a formula is taken away again."""
    return harmed(cell) if isinstance(cell, str) else cell


def _read_row(read_file, row, rest, where):
    titles = _in_languages(row, "title", title_of)
    if not any(titles.values()):
        read_file.refused.append((where, _("A row without a title.")))
        return
    code, uuid = line_of(row.get("code")), line_of(row.get("uuid"))
    key = uuid or code or next(filter(None, titles.values()))
    session = ReadSession(key, where, titles, _in_languages(row, "abstract", _markdown), uuid=uuid, code=code)
    session.has_time = "starts" in row
    day = _day(row.get("date"))
    read_times(session, row.get("starts"), ends=row.get("ends"), length=row.get("duration"), day=day)
    if day and not session.has_time:
        session.keep("starts", day, _("a day without its time"))
    for name, read in (("kind", read_kind), ("language", read_language), ("level", read_level)):
        if name in row:
            read(session, row[name])
    if "cancelled" in row:
        session.is_cancelled = line_of(row["cancelled"]).lower() in YES
    if "room" in row:
        session.room = read_file.named("rooms", row["room"])
    if "forum" in row:
        session.forum = read_file.named("forums", row["forum"])
    if "speakers" in row:
        session.speakers = _people(read_file, row["speakers"])
    for name in {"recording", "slides"} & set(row):
        session.links = session.links or []
        read_link(session, name, row[name])
    session.leave(rest)
    read_file.add(session)


def _day(said):
    """Return the day of a cell as text, whatever the spreadsheet took it for."""
    moment = moment_of(said)
    return f"{moment:%Y-%m-%d}" if moment else line_of(said)


def _in_languages(row, name, clean):
    columns = {UNSAID: name, "zh-hans": f"{name}_zh", "en": f"{name}_en"}
    return {code: clean(row[column]) for code, column in columns.items() if column in row}


def _markdown(said):
    return text_of(said, is_markdown=True)


def _people(read_file, said):
    keys = []
    for quoted, bare in NAME.findall(str(said or "")):
        name = line_of(quoted.replace('""', '"') or bare)
        if name and name not in keys:
            read_file.people.setdefault(name, ReadPerson(name, {UNSAID: name}))
            keys.append(name)
    return keys
