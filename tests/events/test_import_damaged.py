"""Files that are damaged, cut off, in another encoding or of another kind: none comes in as something else."""

import io
import json
from zipfile import ZipFile

import pytest
from openpyxl import Workbook
from openpyxl.styles import Font

from events.imports.reading import read
from events.imports.rows import NotReadable
from tests.events.programme_files import a_book
from tests.workbooks import sheet_of

pytestmark = pytest.mark.usefixtures("in_english")

CHINESE = "title,speakers,room\n开源治理,李明,主会场\n第二场,王芳,分会场\n"
DAMAGED = "Expected text in UTF-8 or GB 18030; found something else in line 3. Is the file whole?"


def titles_of(read_file):
    return [next(filter(None, session.titles.values())) for session in read_file.sessions]


def a_package(*names):
    out = io.BytesIO()
    with ZipFile(out, "w") as package:
        for name in names:
            package.writestr(name, "<a/>")
    return out.getvalue()


@pytest.mark.parametrize(
    "content", [CHINESE.encode()[:-3], CHINESE.replace("王", "\udcff").encode(errors="surrogateescape")]
)
def test_half_a_file_in_utf_8_is_not_taken_for_another_encoding(content):
    with pytest.raises(NotReadable) as refusal:
        read(content)
    assert str(refusal.value) == DAMAGED


def test_a_file_that_is_not_in_utf_8_is_read_as_gb_18030_and_says_so():
    read_file = read(CHINESE.encode("gb18030"))

    assert titles_of(read_file) == ["开源治理", "第二场"]
    assert read_file.remarks == [
        "Not in UTF-8, and read as GB 18030. Where words look strange, save the file as UTF-8."
    ]
    assert read(CHINESE.encode()).remarks == []


def test_what_spreadsheets_call_unicode_text_is_read_whole_or_not_at_all():
    content = CHINESE.replace(",", "\t").encode("utf-16")

    assert titles_of(read(content)) == ["开源治理", "第二场"]
    with pytest.raises(NotReadable, match="the file ends in the middle"):
        read(content[:-1])


@pytest.mark.parametrize("abstract", ["word", "word\n" * 40_000])
def test_a_quotation_mark_that_is_never_closed_does_not_swallow_the_rows_behind_it(abstract):
    with pytest.raises(NotReadable, match="opens in line 4 is never closed"):
        read(f'title,abstract\nA,"two\nlines"\nB,"{abstract}\nC,more\n'.encode())


def test_quotation_marks_inside_cells_are_only_marks():
    assert titles_of(read(b'title,room\n"A ""q""",H\nB "q",H\n')) == ['A "q"', 'B "q"']


@pytest.mark.parametrize(
    "content",
    [
        "COSCon 2023\ntitle;room\nA, and B;Hall\n",
        "COSCon, Chengdu, 2023\ntitle\troom\nA, and B\tHall\n",
        "sep=;\r\ntitle;room\r\nA, and B;Hall\r\n",
        'title,room\n"A, and B",Hall; left\n',
        'title,room\r"A, and B",Hall\r',
    ],
)
def test_what_parts_the_columns_is_told_by_the_row_that_names_them(content):
    read_file = read(content.encode())

    assert (titles_of(read_file), len(read_file.rooms)) == (["A, and B"], 1)


def test_more_rows_than_are_read_are_refused_in_a_csv_file_too(monkeypatch):
    monkeypatch.setattr("events.imports.csv_rows.MOST_ROWS", 2)
    with pytest.raises(NotReadable, match="at most 2 rows"):
        read(b"title\nA\nB\nC\n")


@pytest.mark.parametrize("event", [{"title": "A"}, {}])
def test_more_sessions_than_are_read_are_refused_in_every_format(monkeypatch, event):
    monkeypatch.setattr("events.imports.rows.MOST_ROWS", 2)
    days = [{"rooms": {"Hall": [event] * 3}}]
    with pytest.raises(NotReadable, match="at most 2 sessions"):
        read(json.dumps({"schedule": {"conference": {"days": days}}}).encode())


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500), "an old Excel file, or one with a password"),
        (a_package("mimetype", "content.xml"), "found another kind of file"),
        (a_package("[Content_Types].xml", "word/document.xml"), "found another kind of file"),
        (a_package("xl/workbook.xml"), "Expected a spreadsheet"),
        (a_book([["title"], ["A"]])[:2000], "Expected a spreadsheet"),
    ],
)
def test_what_is_no_spreadsheet_is_refused_with_what_would_be_one(content, told):
    with pytest.raises(NotReadable, match=told):
        read(content)


def test_a_formula_that_nobody_has_calculated_is_named():
    read_file = read(a_book([["title", "room"], ["A", "=B9"], ["=A2", None], ["B", "Hall"]]))

    assert titles_of(read_file) == ["A", "B"]
    assert read_file.remarks == ["Formulas whose results are not in the file, taken as empty: B2, A3."]


def test_cells_merged_over_a_whole_row_are_read_and_over_whole_columns_refused(monkeypatch):
    content = a_book([["COSCon 2023"], ["title"], ["A"]], merged=["A1:AZ1", "A3:A9999"])

    assert titles_of(read(content)) == ["A"]
    monkeypatch.setattr("events.imports.sheets.MOST_CELLS", 5000)
    with pytest.raises(NotReadable, match="merged far beyond the table: A3:A9999"):
        read(content)


def rewritten(content, change):
    """Return a package whose parts became (name, bytes) by `change(name, bytes)`."""
    out = io.BytesIO()
    with ZipFile(io.BytesIO(content)) as book, ZipFile(out, "w") as written:
        for name in book.namelist():
            written.writestr(*change(name, book.read(name)))
    return out.getvalue()


def elsewhere(name, part):
    """Lay the sheet where no program lays it, and say so wherever it is named."""
    far = part.replace(b"xl/worksheets/sheet1.xml", b"far/away.xml")
    return name.replace("xl/worksheets/sheet1.xml", "far/away.xml"), far


def test_cells_merged_in_a_sheet_that_lies_elsewhere_are_found(monkeypatch):
    content = rewritten(a_book([["title"], ["A"]], merged=["A3:A9999"]), elsewhere)

    assert titles_of(read(content)) == ["A"]
    monkeypatch.setattr("events.imports.sheets.MOST_CELLS", 5000)
    with pytest.raises(NotReadable, match="merged far beyond the table: A3:A9999"):
        read(content)


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "cp037"])
def test_a_sheet_in_which_nothing_can_be_searched_for_is_refused(encoding):
    def encoded(name, part):
        if not name.endswith("sheet1.xml"):
            return name, part
        if encoding == "cp037":
            return name, b'<?xml version="1.0" encoding="cp037"?>' + part.decode().encode("cp037")
        return name, part.decode().encode(encoding)

    with pytest.raises(NotReadable, match="found another kind of file"):
        read(rewritten(a_book([["title"], ["A"]], merged=["A3:A9999"]), encoded))


def test_a_table_is_as_large_as_what_is_in_it():
    book = Workbook()
    book.active.append(["title"])
    book.active.append(["A"])
    for place in ("XFD2", "A30000"):
        book.active[place].font = Font(bold=True)
    out = io.BytesIO()
    book.save(out)

    assert titles_of(read(out.getvalue())) == ["A"]


def test_more_rows_than_are_read_are_refused_and_not_cut_off(monkeypatch):
    monkeypatch.setattr("events.imports.sheets.MOST_ROWS", 2)
    with pytest.raises(NotReadable, match="at most 2 rows"):
        read(a_book([["title"], ["A"], ["B"]]))


def test_a_row_beyond_the_last_that_a_spreadsheet_has_is_not_counted_up_to(monkeypatch):
    monkeypatch.setattr("events.imports.sheets.LAST_ROW", 1000)
    with pytest.raises(NotReadable, match="found something in A1001"):
        read(sheet_of('<sheetData>HEAD<row r="9999999999999"><c r="A9999999999999"><v>1</v></c></row></sheetData>'))
