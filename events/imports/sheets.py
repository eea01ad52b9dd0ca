"""The sheets of an XLSX file, with their merged cells."""

import io
from dataclasses import dataclass, field
from datetime import datetime
from zipfile import ZipFile

from django.utils.translation import gettext as _

from events.imports.rows import MOST_ROWS, NotReadable
from portal.lazily import lazily
from portal.spreadsheets import BROKEN, LAST_ROW, MERGED, UNSEARCHABLE

openpyxl = lazily("openpyxl")

UNPACKED = 200_000_000  # bytes
MOST_CELLS = 800_000
FOLDER = "xl/"  # where the parts of a workbook lie, and of nothing else


@dataclass
class Sheet:
    """The rows of a sheet; `unknown` names the cells with a formula whose result is not in the file."""

    name: str
    rows: list
    unknown: list = field(default_factory=list)


def sheets_of_xlsx(content):
    """Return the `Sheet`s of the bytes of an XLSX file that hold anything. Raises NotReadable.

    A cell merged over several rows says for each of them what it says.
    """
    try:
        with ZipFile(io.BytesIO(content)) as archive:
            if sum(part.file_size for part in archive.infolist()) > UNPACKED:
                raise NotReadable(_("Unpacked, the file is larger than %(most)d MB.") % {"most": UNPACKED // 1_000_000})
            if not any(name.startswith(FOLDER) for name in archive.namelist()):
                raise _another_kind()
            _refuse_too_much_merged(map(archive.read, archive.namelist()))
        held = _what_is_held(content)
        book = openpyxl.load_workbook(io.BytesIO(content), data_only=True)
    except BROKEN as error:
        raise NotReadable(_("Expected a spreadsheet; found: %(error)s") % {"error": error}) from error
    return [_sheet(sheet, *held[sheet.title]) for sheet in book.worksheets if any(held[sheet.title])]


def _another_kind():
    return NotReadable(_("Expected XLSX; found another kind of file. Save the table as XLSX or CSV."))


def _refuse_too_much_merged(parts):
    """Each merged cell is kept in memory, and some people merge whole columns.

    Any part of the file may be called a sheet by another, so that all are looked at.
    """
    cells = 0
    for part in parts:
        if UNSEARCHABLE.match(part):
            raise _another_kind()
        for ref in MERGED.findall(part):
            left, top, right, bottom = openpyxl.utils.range_boundaries(ref.decode())
            cells += (bottom - top + 1) * (right - left + 1)
            if cells > MOST_CELLS:
                sentence = _("Cells are merged far beyond the table: %(cells)s. Undo that, and import it again.")
                raise NotReadable(sentence % {"cells": ref.decode()})


def _what_is_held(content):
    """Return name of a sheet -> (rows, columns, where its formulas are), without what is empty behind them.

    Read row by row, which takes little memory.
    """
    book = openpyxl.load_workbook(io.BytesIO(content), read_only=True)
    held = {}
    for sheet in book.worksheets:
        sheet.reset_dimensions()  # which some programs write as the whole of a million rows
        height, width, formulas = 0, 0, []
        for number, row in enumerate(sheet.iter_rows(), 1):
            last = max((place for place, cell in enumerate(row, 1) if cell.value is not None), default=0)
            if last:
                height, width = number, max(width, last)
                formulas += [cell.coordinate for cell in row if cell.data_type == "f"]
            if height > MOST_ROWS or height * width > MOST_CELLS or number > LAST_ROW:
                sentence = _("Expected at most %(rows)d rows and %(cells)d cells; found something in %(place)s.")
                place = f"{openpyxl.utils.get_column_letter(width or 1)}{number}"
                raise NotReadable(sentence % {"rows": MOST_ROWS, "cells": MOST_CELLS, "place": place})
        held[sheet.title] = (height, width, formulas)
    book.close()
    return held


def _sheet(sheet, height, width, formulas):
    rows = [[_value(cell) for cell in row] for row in sheet.iter_rows(max_row=height, max_col=width)]
    for merged in sheet.merged_cells.ranges:
        if merged.min_col <= width:
            for row in rows[merged.min_row : merged.max_row]:
                row[merged.min_col - 1] = rows[merged.min_row - 1][merged.min_col - 1]
    return Sheet(sheet.title, rows, [place for place in formulas if sheet[place].value is None])


def _value(cell):
    """Return what a cell says; one that is formatted as a day is no midnight."""
    is_day = isinstance(cell.value, datetime) and not set(str(cell.number_format).lower()) & set("hs")
    return cell.value.date() if is_day else cell.value
