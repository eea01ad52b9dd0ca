"""The cells of a spreadsheet, as people save it: XLSX, or CSV in UTF-8 or GB 18030.

Whatever would have to be guessed is refused: merged cells, formulas, errors,
texts that a cell has cut off. Time and memory are bounded by the limits below.
"""

import csv
import io
from dataclasses import dataclass
from zipfile import ZipFile

from django.utils.translation import gettext as _

from portal.lazily import lazily
from portal.spreadsheets import BROKEN, LAST_ROW, MERGED

openpyxl = lazily("openpyxl")

LARGEST = 10_000_000  # bytes
UNPACKED = 100_000_000  # bytes
MOST_ROWS = 5_000
MOST_CELLS = 400_000
FULL_CELL = 32_767  # characters, where spreadsheets cut a text off
ENCODINGS = ("utf-8-sig", "gb18030")


class NotReadable(Exception):
    """A file that is no table, or more than is read at once; the text says what was expected and found."""


@dataclass(frozen=True)
class Unusable:
    """A cell that holds no value: what stands in it, and why it cannot be taken."""

    text: str
    why: str

    def __str__(self):
        return self.text


@dataclass(frozen=True)
class Cells:
    """A table: its first row, and (number of the row as the spreadsheet counts, list of cells) of the others."""

    heads: list
    lines: list


def read(content):
    """Return the `Cells` of the bytes of a file. Raises NotReadable."""
    if len(content) > LARGEST:
        raise NotReadable(_("Expected at most %(most)d MB.") % {"most": LARGEST // 1_000_000})
    rows = _rows_of_xlsx(content) if content.startswith(b"PK\x03\x04") else _rows_of_csv(content)
    lines = []
    for number, cells in enumerate(rows, 1):
        if all(cell in (None, "") for cell in cells):
            continue
        if len(lines) > MOST_ROWS:
            raise too_many()
        lines.append((number, cells))
    if not lines:
        raise NotReadable(_("The file is empty."))
    return Cells(lines[0][1], lines[1:])


def too_many():
    words = _("Expected at most %(most)d rows; this file has more. Nothing was read. Split it, and import one by one.")
    return NotReadable(words % {"most": MOST_ROWS})


def _rows_of_csv(content):
    """Yield the lists of cells of a CSV file with commas, semicolons or tabs."""
    text = _decoded(content)
    head = text.partition("\n")[0]
    delimiter = max(",;\t", key=head.count)
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter):
            yield [Unusable(cell, a_formula()) if cell.startswith("=") else cell for cell in row]
    except csv.Error as error:
        raise NotReadable(_("Expected a table; found: %(error)s") % {"error": error}) from error


def _decoded(content):
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", errors="replace")
    for encoding in ENCODINGS:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text and (encoding != "gb18030" or _looks_chinese(text)):
            return text
    raise NotReadable(_("Expected XLSX, or CSV in UTF-8 or GB 18030; found something else."))


def _looks_chinese(text):
    """Whether what was read as GB 18030 is: the bytes of other encodings come out as characters nobody writes."""
    foreign = [char for char in text if char > "\x7f"]
    common = sum(1 for char in foreign if char.encode("gb2312", errors="ignore"))
    return common >= 0.8 * len(foreign)


def _rows_of_xlsx(content):
    """Yield the lists of cells of the first sheet, row by row: read whole, it has a cell for every place."""
    try:
        with ZipFile(io.BytesIO(content)) as archive:
            if sum(part.file_size for part in archive.infolist()) > UNPACKED:
                raise NotReadable(_("Unpacked, the file is larger than %(most)d MB.") % {"most": UNPACKED // 1_000_000})
        book = openpyxl.load_workbook(io.BytesIO(content), read_only=True)
        _refuse_merged(content, book.worksheets[0])
        yield from _bounded(book.worksheets[0])
    except BROKEN as error:
        raise NotReadable(_("Expected a spreadsheet; found: %(error)s") % {"error": error}) from error


def _refuse_merged(content, sheet):
    with ZipFile(io.BytesIO(content)) as archive:
        merged = MERGED.findall(archive.read(sheet._worksheet_path))
    if merged:
        ranges = ", ".join(sorted(ref.decode() for ref in merged)[:10])
        words = _("Merged cells: %(ranges)s. Unmerge them, and fill in each row.")
        raise NotReadable(words % {"ranges": ranges})


def _bounded(sheet):
    """Yield the rows, as far as there may be any; raises NotReadable beyond."""
    sheet.reset_dimensions()  # which some programs write as the whole of a million rows
    cells = 0
    for number, row in enumerate(sheet.iter_rows(), 1):
        cells += len(row)
        if number > LAST_ROW or cells > MOST_CELLS:
            raise too_many()
        yield [_value(cell) for cell in row]


def _value(cell):
    if cell.data_type == "f":
        return Unusable(str(getattr(cell.value, "text", cell.value)), a_formula())
    if cell.data_type == "e":
        return Unusable(cell.value, _("The spreadsheet shows an error here. Write the value."))
    if isinstance(cell.value, str) and len(cell.value) >= FULL_CELL:
        return Unusable(cell.value[:40], _("The cell is full: spreadsheets cut a text off here. Send it as CSV."))
    return cell.value


def a_formula():
    return _("A formula. Write the value it shows; a text that begins with “=” needs an apostrophe before it.")
