"""Tables as files that a spreadsheet opens, in which no cell is ever taken for a formula."""

import csv
import io
import re
from zipfile import BadZipFile
from zlib import error as BadCompression

from portal.lazily import lazily

openpyxl = lazily("openpyxl")

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# What spreadsheets read as the beginning of a formula (OWASP, "CSV Injection"), or what stands for such a text.
DANGEROUS = re.compile(r"'*[=+\-@\t\r\n＝＋－＠]")
# Characters that no XLSX file may hold.
UNWRITABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
# Merged cells, as the XML of a sheet names them; openpyxl, which reads a sheet as a whole, makes an object of each.
MERGED = re.compile(rb"<(?:\w+:)?mergeCell\b[^>]*\bref=[\"']([A-Z]{1,3}\d{1,7}:[A-Z]{1,3}\d{1,7})")
# How a part begins in which MERGED finds nothing: XML in another encoding than those that hold ASCII as it is.
UNSEARCHABLE = re.compile(
    rb"\xff\xfe|\xfe\xff|<\x00|\x00<"
    rb"|(?:\xef\xbb\xbf)?<\?xml[^>]*\bencoding\s*=\s*[\"'](?!utf-8[\"']|us-ascii[\"']|iso-8859-1[\"'])",
    re.IGNORECASE,
)
LAST_ROW = 1_048_576  # of a spreadsheet; a file can name any number, and openpyxl counts up to it
# What an XLSX file that is damaged, or has a password, comes to in the libraries that read it.
# fmt: off
BROKEN = (
    BadZipFile, BadCompression, KeyError, ValueError, TypeError, IndexError, SyntaxError, EOFError,
    OSError, OverflowError, RuntimeError,
)
# fmt: on


def harmless(value):
    """Return the value as text that stays text: an apostrophe in front of what would be a formula."""
    text = "" if value is None else UNWRITABLE.sub("", str(value))
    return f"'{text}" if DANGEROUS.match(text) else text


def harmed(text):
    """Return the text that `harmless` was given: without the apostrophe that it put in front."""
    return text[1:] if text.startswith("'") and DANGEROUS.match(text[1:]) else text


def as_csv(heads, rows):
    """Return the bytes of a CSV file, with the mark by which Excel knows UTF-8."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerows([harmless(value) for value in row] for row in [heads, *rows])
    return out.getvalue().encode("utf-8-sig")


def as_xlsx(heads, rows):
    """Return the bytes of an XLSX file of one sheet; every cell is text."""
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet()
    for row in [heads, *rows]:
        sheet.append([harmless(value) for value in row])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
