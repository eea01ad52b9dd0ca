"""Which format a file is in, told by what is in it and not by its name."""

import codecs
import json
import re

from django.utils.translation import gettext as _

from events.imports import coscup, eventyay, frab, pretalx, schedule_json, table
from events.imports.rows import NotReadable

LARGEST = 30_000_000  # bytes
OLE = b"\xd0\xcf\x11\xe0"  # what Excel wrote before XLSX, and still writes around what has a password
UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def read(content):
    """Return the `rows.ReadFile` of the bytes of a file. Raises NotReadable, saying what was expected and found."""
    if len(content) > LARGEST:
        raise NotReadable(_("Expected at most %(most)d MB.") % {"most": LARGEST // 1_000_000})
    try:
        return _read(content)
    except RecursionError as error:
        raise NotReadable(_("Expected a programme; found parts nested too deeply.")) from error


def _read(content):
    if content.startswith(UTF_16):  # what a spreadsheet calls "Unicode text"; XML says its encoding by itself
        try:
            text = content.decode("utf-16").strip()
        except UnicodeDecodeError as error:
            raise NotReadable(_("Expected text in UTF-16; the file ends in the middle, or is damaged.")) from error
        return frab.read(content) if text.startswith("<") else _read(text.encode())
    start = content.removeprefix(codecs.BOM_UTF8).lstrip()[:1]
    if not start:
        raise NotReadable(_("The file is empty."))
    if content.startswith(OLE):
        raise NotReadable(
            _("Found an old Excel file, or one with a password. Save it as XLSX or CSV, without a password.")
        )
    if content.startswith(b"PK\x03\x04"):
        return table.read_xlsx(content)
    if start == b"<":
        if re.match(rb"<(?:!doctype\s+)?html\b", content.removeprefix(codecs.BOM_UTF8).lstrip(), re.IGNORECASE):
            raise NotReadable(_("Expected <schedule>; found a web page."))
        return frab.read(content.removeprefix(codecs.BOM_UTF8).lstrip())
    if start in (b"{", b"["):
        return _read_json(content)
    if b"\x00" in content[:1000]:
        raise NotReadable(_("Expected XML, JSON, CSV or XLSX; found something else."))
    return table.read_csv(content)


def _read_json(content):
    try:
        whole = json.loads(content.decode("utf-8-sig"))
    except ValueError as error:
        raise NotReadable(_("Expected JSON; found: %(error)s") % {"error": error}) from error
    if isinstance(whole, list):
        return _read_list(whole)
    if "schedule" in whole:
        return schedule_json.read(whole)
    if isinstance(whole.get("results"), list):
        return _read_list(whole["results"])
    if isinstance(whole.get("slots"), list):
        return pretalx.read(pretalx.submissions_of(whole["slots"]))
    if isinstance(whole.get("sessions"), list):
        sessions = whole["sessions"]
        return eventyay.read(sessions) if eventyay.is_eventyay(sessions) else coscup.read(whole)
    if isinstance(whole.get("data"), list) and eventyay.is_eventyay(whole["data"]):
        return eventyay.read(eventyay.flat(whole))
    lists = [rows for rows in whole.values() if isinstance(rows, list) and any(isinstance(row, dict) for row in rows)]
    if len(lists) == 1 and table.knows(_names_in(lists[0])):
        return table.read_records(lists[0])
    raise NotReadable(
        _("Expected “schedule”, “sessions”, “slots” or “results”; found: %(found)s")
        % {"found": ", ".join(map(str, list(whole)[:8]))[:200] or "{}"}
    )


def _read_list(rows):
    if eventyay.is_eventyay(rows):
        return eventyay.read(rows)
    if coscup.is_coscup(rows):
        return coscup.read({"sessions": rows})
    names = _names_in(rows)
    is_pretalx = {"title", "submission", "submission_type", "slot", "slots"} & set(names) or not table.knows(names)
    return pretalx.read(rows) if is_pretalx else table.read_records(rows)


def _names_in(rows):
    return list(dict.fromkeys(name for row in rows if isinstance(row, dict) for name in row))
