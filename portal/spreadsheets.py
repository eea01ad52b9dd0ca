"""Tables as files that a spreadsheet opens, in which no cell is ever taken for a formula."""

import csv
import io

from openpyxl import Workbook

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# What spreadsheets read as the beginning of a formula (OWASP, "CSV Injection").
DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def harmless(value):
    """Return the value as text that stays text: an apostrophe in front of what would be a formula."""
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(DANGEROUS) else text


def as_csv(heads, rows):
    """Return the bytes of a CSV file, with the mark by which Excel knows UTF-8."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerows([harmless(value) for value in row] for row in [heads, *rows])
    return out.getvalue().encode("utf-8-sig")


def as_xlsx(heads, rows):
    """Return the bytes of an XLSX file of one sheet; every cell is text."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    for row in [heads, *rows]:
        sheet.append([harmless(value) for value in row])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
