"""CSV, XLSX and plain lists in JSON with the columns of the template, in English or Chinese, in any order."""

import re

from django.utils.translation import gettext as _

from events.imports.as_iso import as_iso
from events.imports.columns import ABOVE, TITLES, columns_of
from events.imports.csv_rows import rows_of_csv, text_of_csv
from events.imports.moments import moment_of, read_times
from events.imports.rows import NotReadable, ReadFile, ReadPerson, ReadSession
from events.imports.sheets import Sheet, sheets_of_xlsx
from events.imports.texts import UNSAID, WHOLE_NAME, line_of, text_of, title_of
from events.imports.words import read_kind, read_language, read_level, read_link
from portal.spreadsheets import harmed

SOURCE = "table"
SHOWN = 8  # cells without a value
# A name, or one in quotation marks, in which a separator is part of it.
NAME = re.compile(r'\s*"((?:[^"]|"")*)"\s*(?=[;；、，\n]|$)|([^;；、，\n]+)')
# 09:00-09:40, 2023-10-28 09:00 至 09:40
SPAN = re.compile(r"(.*?\d{1,2}:\d{2}.*?)\s*(?:-|–|—|~|至|到)\s*(.*?\d{1,2}:\d{2}.*)")
# 2023-10-28T09:00-07:00, which is no span
WITH_OFFSET = re.compile(r"\d{4}-\d\d-\d\d(?:T.*| \d\d:\d\d:\d\d.*)")
YES = {"yes", "y", "true", "1", "x", "是", "取消", "cancelled"}


def read_csv(content):
    """Return the `ReadFile` of the bytes of a CSV file. Raises NotReadable."""
    text, is_utf_8 = text_of_csv(content)
    read_file = read_rows(rows_of_csv(text))
    if not is_utf_8:
        read_file.remark(_("Not in UTF-8, and read as GB 18030. Where words look strange, save the file as UTF-8."))
    return read_file


def read_xlsx(content):
    """Return the `ReadFile` of the bytes of an XLSX file. Raises NotReadable.

    Read are the sheet that names the most columns and all that name the same, as people make one for each day.
    """
    sheets = sheets_of_xlsx(content) or [Sheet("", [])]
    first = max(sheets, key=lambda sheet: len(_known_in(sheet.rows)))
    chosen = [
        first,
        *(one for one in sheets if one is not first and _known_in(one.rows) == _known_in(first.rows) != set()),
    ]
    read_file = read_rows(first.rows, sheet=first.name if len(chosen) > 1 else "")
    for sheet in chosen[1:]:
        read_rows(sheet.rows, read_file, sheet.name)
    others = ", ".join(sheet.name for sheet in sheets if sheet not in chosen)
    if others:
        read_file.remark(_("Sheets that were not read: %(names)s.") % {"names": others})
    for sheet in chosen:
        if sheet.unknown:
            cells = ", ".join(sheet.unknown[:SHOWN]) + (", …" if len(sheet.unknown) > SHOWN else "")
            sentence = _("Formulas whose results are not in the file, taken as empty: %(cells)s.")
            read_file.remark(sentence % {"cells": f"{sheet.name} · {cells}" if len(chosen) > 1 else cells})
    return read_file


def _known_in(rows):
    """Return which columns a table of sessions names."""
    head = _head_of(rows)
    return set() if head is None else set(columns_of(rows[head])) - {None}


def read_records(records):
    """Return the `ReadFile` of a list of dicts that name the columns as a table does. Raises NotReadable."""
    heads = list(dict.fromkeys(name for record in records if isinstance(record, dict) for name in record))
    rows = [[_named(record.get(name)) for name in heads] for record in records if isinstance(record, dict)]
    return read_rows([heads, *rows])


def knows(names):
    """Whether a table whose columns are called so tells of sessions."""
    return bool(TITLES & set(columns_of(names)))


def read_rows(rows, read_file=None, sheet=""):
    """Return the `ReadFile` of a list of rows, one of the first of which names the columns. Raises NotReadable.

    With a `read_file`, they are read into it; `sheet` is the name of theirs, where there are several.
    """
    head = _head_of(rows)
    if head is None:
        raise NotReadable(
            _("No column is called “title”, “title_zh” or “title_en”. The first row has: %(found)s")
            % {"found": ", ".join(line_of(cell) for cell in (rows[0] if rows else []))[:200]}
        )
    read_file, columns = read_file or ReadFile(SOURCE), columns_of(rows[head])
    for above in rows[:head]:
        words = " · ".join(filter(None, map(line_of, above)))
        if words:
            read_file.remark(_("Above the names of the columns, and not read: %(words)s") % {"words": words[:200]})
    for number, cells in enumerate(rows[head + 1 :], head + 2):
        if any(line_of(cell) for cell in cells):
            row = {name: _cell(cell) for name, cell in zip(columns, cells, strict=False) if name}
            where = " · ".join(filter(None, [sheet, _("row %(number)d") % {"number": number}]))
            _read_row(read_file, row, _rest(rows[head], columns, cells), where)
    return read_file


def _head_of(rows):
    """Return the place of the row that names the columns, None where there is none."""
    return next((place for place, row in enumerate(rows[: ABOVE + 1]) if knows(row)), None)


def _rest(heads, columns, cells):
    """Return (name, value) of the cells that no known column holds; one without a head is called by its place."""
    names = [*heads, *[None] * (len(cells) - len(heads))]
    known = [*columns, *[None] * (len(cells) - len(columns))]
    told = zip(names, known, cells, strict=False)
    return [
        (line_of(name) or _("column %(number)d") % {"number": place}, cell)
        for place, (name, column, cell) in enumerate(told, 1)
        if column is None
    ]


def _cell(cell):
    """Return a cell's value; the apostrophe that kept a text from being a formula is taken away again."""
    return harmed(cell) if isinstance(cell, str) else cell


def _named(value):
    """Return what JSON says in a field as a cell has it: of {"name": …} the name, of a list one line for each."""
    if isinstance(value, list):
        return "\n".join(line_of(_named(one)) for one in value)
    return value.get("name") or line_of(value) if isinstance(value, dict) else value


def _read_row(read_file, row, rest, where):
    titles = _in_languages(row, "title", title_of)
    if not any(titles.values()):
        read_file.refuse(where, _("A row without a title."))
        return
    code, uuid = line_of(row.get("code")), line_of(row.get("uuid"))
    key = uuid or code or next(filter(None, titles.values()))
    session = ReadSession(key, where, titles, _in_languages(row, "abstract", _markdown), uuid=uuid, code=code)
    _read_when(session, row)
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


def _read_when(session, row):
    session.has_time = bool({"starts", "time"} & set(row))
    starts, ends, day = row.get("starts"), row.get("ends"), _day(row.get("date"))
    if starts and row.get("time"):
        session.leave([("time", row["time"])])
    starts = starts or row.get("time")
    span = SPAN.fullmatch(as_iso(starts))
    if span and not WITH_OFFSET.fullmatch(as_iso(starts)):
        starts, ends = span[1], ends or span[2]
    read_times(session, starts, ends=ends, length=_length(row.get("duration")), day=day)
    if day and not starts:
        session.keep("starts", day, _("a day without its time"))


def _length(said):
    """Return a duration without the seconds with which spreadsheets write it; in other files, days would come first."""
    return re.sub(r"^(\d{1,3}:\d{2}):\d{2}$", r"\1", line_of(said)) if isinstance(said, str) else said


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
        for name in [line_of(quoted.replace('""', '"'))] if quoted else _names_in(bare):
            if name and name not in keys:
                read_file.people.setdefault(name, ReadPerson(name, {UNSAID: name}))
                keys.append(name)
    return keys


def _names_in(words):
    """Return the names between commas or slashes, where each is a whole one: "Lin, Ada" is one person."""
    names = [line_of(part) for part in re.split("[,/]", words)]
    return names if all(map(WHOLE_NAME.search, names)) else [line_of(words)]
