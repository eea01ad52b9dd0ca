"""Which format a file is in, told by what is in it and not by its name."""

import json

from django.utils.translation import gettext as _

from events.imports import coscup, frab, pretalx, schedule_json, table
from events.imports.rows import NotReadable

LARGEST = 30_000_000  # bytes


def read(content):
    """Return the `rows.ReadFile` of the bytes of a file. Raises NotReadable, saying what was expected and found."""
    if len(content) > LARGEST:
        raise NotReadable(_("Expected at most %(most)d MB.") % {"most": LARGEST // 1_000_000})
    start = content.removeprefix(b"\xef\xbb\xbf").lstrip()[:1]
    if not start:
        raise NotReadable(_("The file is empty."))
    if content.startswith(b"PK\x03\x04"):
        return table.read_xlsx(content)
    if start == b"<":
        return frab.read(content.removeprefix(b"\xef\xbb\xbf").lstrip())
    if start in (b"{", b"["):
        return _read_json(content)
    if b"\x00" in content[:1000]:
        raise NotReadable(_("Expected XML, JSON, CSV or XLSX; found something else."))
    return table.read_csv(content)


def _read_json(content):
    try:
        whole = json.loads(content.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise NotReadable(_("Expected JSON; found: %(error)s") % {"error": error}) from error
    if isinstance(whole, list):
        return pretalx.read(whole)
    if "schedule" in whole:
        return schedule_json.read(whole)
    if isinstance(whole.get("results"), list):
        return pretalx.read(whole["results"])
    if isinstance(whole.get("sessions"), list):
        return coscup.read(whole)
    raise NotReadable(
        _("Expected “schedule”, “sessions” or “results”; found: %(found)s")
        % {"found": ", ".join(map(str, list(whole)[:8])) or "{}"}
    )
