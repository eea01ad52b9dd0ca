"""schedule.csv: a table that a spreadsheet opens, with the columns that the import reads."""

import re

from events.imports.columns import COLUMNS
from portal.spreadsheets import as_csv

CONTENT_TYPE = "text/csv; charset=utf-8"


def make(exported):
    rows = [_cells(talk) for talk in exported.talks]
    return as_csv(COLUMNS, [[row[name] for name in COLUMNS] for row in rows])


def _cells(talk):
    row = talk.session
    links = {}
    for kind, address, _title in talk.materials:
        links.setdefault(kind, address)
    return {
        "code": row.code,
        "uuid": str(row.uuid),
        "title_zh": row.title_zh_hans,
        "title_en": row.title_en,
        "kind": row.kind,
        "forum": talk.forum,
        "room": talk.room,
        "starts": talk.starts.isoformat(timespec="minutes") if talk.starts else "",
        "ends": talk.ends.isoformat(timespec="minutes") if talk.ends else "",
        "cancelled": "yes" if row.is_cancelled else "",
        "language": row.language,
        "level": row.level,
        "speakers": "; ".join(_name(who.name) for who in row.speakers),
        "abstract_zh": row.abstract_zh_hans,
        "abstract_en": row.abstract_en,
        "recording": links.get("recording", ""),
        "slides": links.get("slides", ""),
    }


def _name(name):
    """Return a name among others; in quotation marks where it holds what may part it from the next."""
    return '"{}"'.format(name.replace('"', '""')) if re.search(r'[;；、,，/\n"]', name) else name
