"""Spreadsheets as people want them: a fixed first row, columns wide enough, a sheet that explains."""

import io

from django.utils.translation import gettext as _

from portal.lazily import lazily
from portal.spreadsheets import harmless
from portal.tables.files import FULL_CELL

openpyxl = lazily("openpyxl")

WIDEST, LONGEST_LIST = 48, 250
TEMPLATE_ROWS = 1000


def as_xlsx(heads, rows, title):
    """Return the bytes of an XLSX file; numbers are numbers, everything else is text.

    A text too long for a cell goes in as far as it fits; an import refuses such a cell.
    """
    book = openpyxl.Workbook()
    book.active.title = title[:31]
    _fill(book.active, heads, rows)
    return _bytes(book)


def a_template(table, title):
    """Return the bytes of a spreadsheet to fill in: its columns, lists to choose from, and a sheet that explains."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = title[:31]
    columns = table.read_columns
    _fill(sheet, [str(column.label) for column in columns], [])
    for number, column in enumerate(columns, 1):
        words = ",".join(column.words()) if hasattr(column, "words") else ""
        if words and len(words) <= LONGEST_LIST:
            letter = openpyxl.utils.get_column_letter(number)
            validation = openpyxl.worksheet.datavalidation
            choice = validation.DataValidation(type="list", formula1=f'"{words}"', allow_blank=True)
            choice.add(f"{letter}2:{letter}{TEMPLATE_ROWS}")
            sheet.add_data_validation(choice)
    heads = [_("Column"), _("Code"), _("What goes in"), _("Example")]
    _fill(book.create_sheet(_("Explanation")[:31]), heads, explanation(table))
    return _bytes(book)


def explanation(table):
    """Return a list of (label, code, what goes in, example) of the columns that an import reads."""
    return [(str(one.label), one.name, what_goes_in(one), str(one.example)) for one in table.read_columns]


def what_goes_in(column):
    told = str(column.help_text)
    words = _("One of: %(words)s.") % {"words": ", ".join(column.words())} if hasattr(column, "words") else ""
    return f"{told} {words}".strip()


def _fill(sheet, heads, rows):
    sheet.append([harmless(head) for head in heads])
    widths = [len(str(head)) * 2 for head in heads]
    for row in rows:
        cells = [value if isinstance(value, int) and not isinstance(value, bool) else harmless(value) for value in row]
        sheet.append([cell[:FULL_CELL] if isinstance(cell, str) else cell for cell in cells])
        widths = [max(width, min(WIDEST, _width(cell))) for width, cell in zip(widths, cells, strict=True)]
    for number, width in enumerate(widths, 1):
        sheet.column_dimensions[openpyxl.utils.get_column_letter(number)].width = min(WIDEST, width + 2)
    for cell in sheet[1]:
        cell.font = openpyxl.styles.Font(bold=True)
        cell.alignment = openpyxl.styles.Alignment(vertical="top")
    sheet.freeze_panes = "A2"


def _width(cell):
    """Return how wide the longest line of a cell is; a Chinese character takes two."""
    return max(sum(2 if ord(char) > 0x2E80 else 1 for char in line) for line in f"{cell} ".split("\n"))


def _bytes(book):
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
