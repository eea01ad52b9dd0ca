"""Spreadsheets as no program writes them."""

import io
from zipfile import ZipFile

from openpyxl import Workbook

HEAD = '<row r="1"><c r="A1" t="inlineStr"><is><t>name_en</t></is></c></row>'


def sheet_of(xml):
    """Return the bytes of an XLSX file whose sheet is this XML; HEAD in it stands for a first row, "name_en"."""
    plain, out = io.BytesIO(), io.BytesIO()
    Workbook().save(plain)
    namespace = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    sheet = f'<worksheet xmlns="{namespace}">{xml.replace("HEAD", HEAD)}</worksheet>'
    with ZipFile(plain) as book, ZipFile(out, "w") as written:
        for name in book.namelist():
            written.writestr(name, sheet if name.endswith("sheet1.xml") else book.read(name))
    return out.getvalue()
