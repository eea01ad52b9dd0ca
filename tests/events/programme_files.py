"""Files as tools and people write them, and what an import says of them."""

import csv
import io
import json
from datetime import datetime

from openpyxl import Workbook

from events.importing import import_programme
from events.imports.reading import read
from tests.make import SHANGHAI


def at(hour, minute=0, day=28):
    return datetime(2023, 10, day, hour, minute, tzinfo=SHANGHAI)


def take_in(conference, content, **options):
    """Import a file into a conference: its bytes, its text, or what is to be JSON."""
    content = content if isinstance(content, (bytes, str)) else json.dumps(content)
    content = content if isinstance(content, bytes) else content.encode()
    return import_programme(conference, read(content), write=True, **options)


def counts(report):
    """Return how many sessions are new, changed, the same and refused."""
    return len(report.new), len(report.changed), len(report.same), len(report.refused)


def words_of(report):
    """Return all that a report says of the file and its sessions, line by line."""
    return "\n".join([*report.remarks, *(line.told for _heading, lines in report.parts for line in lines)])


def an_xml(*events, prolog=""):
    return (
        f'<?xml version="1.0"?>{prolog}<schedule><version>1</version><conference><acronym>x</acronym></conference>'
        f'<day index="1" date="2023-10-28"><room name="Hall">{"".join(events)}</room></day></schedule>'
    )


def an_event(title="Why forks happen", guid="11111111-1111-4111-8111-111111111111", number=1, **parts):
    parts = {
        "date": "2023-10-28T09:30:00+08:00",
        "duration": "00:45",
        "room": "Hall",
        "type": "talk",
        "language": "en",
        "abstract": "Because.",
        **parts,
    }
    inner = "".join(f"<{name}>{text}</{name}>" for name, text in parts.items())
    return f'<event guid="{guid}" id="{number}"><title>{title}</title>{inner}</event>'


def a_table(*rows):
    out = io.StringIO()
    writer = csv.DictWriter(out, list(dict.fromkeys(name for row in rows for name in row)))
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def a_book(*sheets, merged=()):
    """Return the bytes of an XLSX file of sheets, each a list of rows; `merged` are ranges of the first."""
    book = Workbook()
    book.remove(book.active)
    for number, rows in enumerate(sheets):
        sheet = book.create_sheet(f"Sheet {number}")
        for row in rows:
            sheet.append(row)
    for cells in merged:
        book.worksheets[0].merge_cells(cells)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
