"""The rows of a spreadsheet, as people save it: CSV in UTF-8 or GB 18030, or XLSX with its merged cells."""

import csv
import io
from datetime import datetime
from zipfile import BadZipFile, ZipFile

from django.utils.translation import gettext as _
from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from events.imports.rows import NotReadable

UNPACKED = 200_000_000  # bytes
MOST_ROWS = 20_000
MOST_CELLS = 800_000


def rows_of_csv(content):
    """Return the list of rows of the bytes of a CSV file, with commas, semicolons or tabs. Raises NotReadable."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("gb18030", errors="replace")
    head = text.partition("\n")[0]
    delimiter = max(",;\t", key=head.count)
    try:
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    except csv.Error as error:
        raise NotReadable(_("Expected a table; found: %(error)s") % {"error": error}) from error


def sheets_of_xlsx(content):
    """Return (name, list of rows) of each sheet of the bytes of an XLSX file that has any. Raises NotReadable.

    A cell merged over several rows says for each of them what it says.
    """
    try:
        with ZipFile(io.BytesIO(content)) as archive:
            if sum(part.file_size for part in archive.infolist()) > UNPACKED:
                raise NotReadable(_("Unpacked, the file is larger than %(most)d MB.") % {"most": UNPACKED // 1_000_000})
        _refuse_too_many(content)
        book = load_workbook(io.BytesIO(content), data_only=True)
    except (BadZipFile, InvalidFileException, KeyError, ValueError, TypeError, IndexError, SyntaxError) as error:
        raise NotReadable(_("Expected a spreadsheet; found: %(error)s") % {"error": error}) from error
    return [(sheet.title, rows) for sheet in book.worksheets if (rows := _rows_of(sheet))]


def _refuse_too_many(content):
    """Count row by row, which takes little memory."""
    book = load_workbook(io.BytesIO(content), read_only=True)
    rows = cells = 0
    for sheet in book.worksheets:
        for row in sheet.iter_rows(values_only=True):
            rows += any(cell is not None for cell in row)
            cells += len(row)
            if rows > MOST_ROWS or cells > MOST_CELLS:
                raise NotReadable(_("Expected at most %(most)d rows.") % {"most": MOST_ROWS})
    book.close()


def _rows_of(sheet):
    rows = [[_value(cell) for cell in row] for row in sheet.iter_rows()]
    for merged in sheet.merged_cells.ranges:
        for row in range(merged.min_row, merged.max_row):
            rows[row][merged.min_col - 1] = rows[merged.min_row - 1][merged.min_col - 1]
    return rows if any(cell is not None for row in rows for cell in row) else []


def _value(cell):
    """Return what a cell says; one that is formatted as a day is no midnight."""
    is_day = isinstance(cell.value, datetime) and not set(str(cell.number_format).lower()) & set("hs")
    return cell.value.date() if is_day else cell.value
